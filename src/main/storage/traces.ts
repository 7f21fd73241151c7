import { statSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import type { ConversationId } from '../../core/ids'
import type { Paths } from '../ports'
import { copiesIn, isWholeCopy, ownFilesIn, removeOwn } from './own-files'

const PATIENCE_MS = 250

/** What deleted rows leave behind in files, and taking it away. `secure_delete` overwrites them; this does the rest. */
export function traceRepository(database: Database, paths: Paths) {
  const { profile } = paths
  /** All of them, even if one stays. Returns how many whole ones have gone. */
  const remove = (names: readonly string[]): number => {
    const gone = names.filter((name) => removeOwn(profile, name).length === 0)
    return gone.filter(isWholeCopy).length
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
    copyCount: (): number => copiesIn(profile).filter(isWholeCopy).length,
    /** Returns how many there were. */
    removeCopies: (): number => remove(copiesIn(profile)),
    /** Copies that hold one of these, or cannot be asked. Returns how many there were. */
    removeCopiesWith: (ids: readonly ConversationId[]): number =>
      remove(copiesIn(profile).filter((name) => !isWholeCopy(name) || holdsOneOf(join(profile, name), ids))),
    /** Of all files Latchkey writes. */
    bytes: (): number =>
      ownFilesIn(profile).reduce(
        (sum, name) => sum + (statSync(join(profile, name), { throwIfNoEntry: false })?.size ?? 0),
        0,
      ),
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
