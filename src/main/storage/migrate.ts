import type { Database } from 'better-sqlite3'
import { migrations } from './migrations'

/** The file was written by a newer Latchkey; it is left untouched. */
export class NewerFileError extends Error {
  override readonly name = 'NewerFileError'
}

/** The schema version of an open file; 0 for a new one. */
export function versionOf(database: Database): number {
  return Number(database.pragma('user_version', { simple: true }))
}

/**
 * Brings a file to the newest version, each step in a transaction of its own. `keepCopy` is called once, before the
 * first change to a file that already holds something.
 */
export function migrate(database: Database, keepCopy: (version: number) => void, steps = migrations): void {
  const version = versionOf(database)
  if (version > steps.length) throw new NewerFileError(`schema ${version} is newer than ${steps.length}`)
  if (version > 0 && version < steps.length) keepCopy(version)
  for (const [index, step] of steps.entries()) {
    if (index < version) continue
    database.transaction(() => {
      if (typeof step === 'string') database.exec(step)
      else step(database)
      database.pragma(`user_version = ${index + 1}`)
    })()
  }
}
