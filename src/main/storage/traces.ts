import { statSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import type { ConversationId } from '../../core/ids'
import type { Paths } from '../ports'
import { copiesIn, isWholeCopy, ownFilesIn, removeOwn } from './own-files'

const PATIENCE_MS = 250

/** How many whole copies have gone, and the names of what could not be removed. */
export interface RemovedCopies {
  readonly removed: number
  readonly left: readonly string[]
}

/** What deleted rows leave behind in files, and taking it away. `secure_delete` overwrites them; this does the rest. */
export function traceRepository(database: Database, paths: Paths) {
  const { profile } = paths
  /** All of them, even if one stays. */
  const remove = (names: readonly string[]): RemovedCopies => {
    const left = names.filter((name) => removeOwn(profile, name).length > 0)
    return { removed: names.filter((name) => isWholeCopy(name) && !left.includes(name)).length, left }
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
    removeCopies: (): RemovedCopies => remove(copiesIn(profile)),
    /** Copies that hold one of these, or cannot be asked. `held` are those that a copy which stays may hold. */
    removeCopiesWith(ids: readonly ConversationId[]): RemovedCopies & { readonly held: ReadonlySet<ConversationId> } {
      const holds = (name: string, some: readonly ConversationId[]) =>
        !isWholeCopy(name) || holdsOneOf(join(profile, name), some)
      const copies = remove(copiesIn(profile).filter((name) => holds(name, ids)))
      return { ...copies, held: new Set(ids.filter((id) => copies.left.some((name) => holds(name, [id])))) }
    },
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
