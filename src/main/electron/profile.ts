import { app } from 'electron'
import type { Paths } from '../ports'

/** The profile folder: Electron's user data, which `--user-data-dir` moves. */
export function profilePaths(): Paths {
  return { profile: app.getPath('userData') }
}
