import { app } from 'electron'
import type { Paths } from '../ports'

/** Chromium and Electron switches that would write keys to a log or hand the app to a debugger. */
const UNSAFE_SWITCHES = [
  'log-net-log',
  'remote-debugging-port',
  'remote-debugging-pipe',
  'enable-logging',
  'proxy-server',
  'host-resolver-rules',
  'js-flags',
]

/** The profile folder: Electron's user data, which `--user-data-dir` moves. */
export function profilePaths(): Paths {
  return { profile: app.getPath('userData') }
}

/** Whether a packaged build was started with a switch it must not honour. Development builds and tests need some. */
export function startedUnsafely(): boolean {
  return app.isPackaged && UNSAFE_SWITCHES.some((name) => app.commandLine.hasSwitch(name))
}
