import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import type { ConversationId } from '../../core/ids'
import type { Paths } from '../ports'

/** Copies from before a migration, whole or cut short, with their journals. */
const COPY = /^latchkey\.db\.before-v\d+/
const WHOLE_COPY = /^latchkey\.db\.before-v\d+$/
const PATIENCE_MS = 250
const OWN = /^(?:latchkey\.db|lock\.db|vault\.json)/

/** What deleted rows leave behind in files, and taking it away. `secure_delete` overwrites them; this does the rest. */
export function traceRepository(database: Database, paths: Paths) {
  const copies = (): string[] => readdirSync(paths.profile).filter((name) => COPY.test(name))
  const remove = (names: readonly string[]): number => {
    for (const name of names) rmSync(join(paths.profile, name), { force: true })
    return names.filter((name) => WHOLE_COPY.test(name)).length
  }
  return {
    /**
     * Writes everything into the file and empties the log before it, in which what was there before still stands. False
     * when somebody else reads just now; then try again.
     */
    emptyLog(): boolean {
      const patience = Number(database.pragma('busy_timeout', { simple: true }))
      // Nobody else should read; whoever does is not waited for, since everything else would wait as well.
      database.pragma(`busy_timeout = ${PATIENCE_MS}`)
      try {
        const [state] = database.pragma('wal_checkpoint(TRUNCATE)') as { readonly busy: number }[]
        return state?.busy === 0
      } finally {
        database.pragma(`busy_timeout = ${patience}`)
      }
    },
    /** Writes the whole file anew, from rows that are there. Needs as much memory as the file is long. */
    rewrite: (): void => void database.exec('VACUUM main'),
    copyCount: (): number => copies().filter((name) => WHOLE_COPY.test(name)).length,
    /** Returns how many there were. */
    removeCopies: (): number => remove(copies()),
    /** Copies that hold one of these, or cannot be asked. Returns how many there were. */
    removeCopiesWith: (ids: readonly ConversationId[]): number =>
      remove(copies().filter((name) => !WHOLE_COPY.test(name) || holdsOneOf(join(paths.profile, name), ids))),
    /** Of all files Latchkey writes. */
    bytes: (): number =>
      readdirSync(paths.profile)
        .filter((name) => OWN.test(name))
        .reduce((sum, name) => sum + (statSync(join(paths.profile, name), { throwIfNoEntry: false })?.size ?? 0), 0),
  }
}

function holdsOneOf(path: string, ids: readonly ConversationId[]): boolean {
  try {
    const copy = new Sqlite(path, { readonly: true })
    try {
      const one = copy.prepare<[ConversationId]>(`SELECT 1 FROM conversation WHERE id = ?`)
      return ids.some((id) => one.get(id) !== undefined)
    } finally {
      copy.close()
    }
  } catch {
    return true
  }
}
