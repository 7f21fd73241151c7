import type { Database } from 'better-sqlite3'
import type { ConversationId } from '../../core/ids'

/**
 * Where conversations lie: in the file, or in a database in memory that is attached to it, so that both are written in one
 * transaction. Nothing of the second ever comes to a disk.
 */
export const PLACES = ['main', 'private'] as const

export type Place = (typeof PLACES)[number]

const TABLES = ['conversation', 'turn', 'message', 'kept_back', 'left_branch']

/** Attaches an empty place in memory with the very tables of the file. */
export function attachPrivate(database: Database): void {
  // Sorting and undoing would otherwise go by temporary files.
  database.pragma('temp_store = MEMORY')
  database.exec(`ATTACH ':memory:' AS private`)
  const names = TABLES.map((name) => `'${name}'`).join(', ')
  const kept = database
    .prepare<[], string>(
      `SELECT sql FROM main.sqlite_master WHERE tbl_name IN (${names}) AND type IN ('table', 'index') AND sql IS NOT NULL
       ORDER BY type DESC, rowid`,
    )
    .pluck()
  for (const sql of kept.all()) database.exec(inPrivate(sql))
}

/** Connections are in the file, and no reference leads out of a database. */
function inPrivate(sql: string): string {
  const named = sql.replace(/^CREATE (TABLE|INDEX|UNIQUE INDEX) (?="?\w)/, 'CREATE $1 private.')
  if (named === sql) throw new Error('this part of the schema cannot be kept in memory')
  return named.replaceAll(/ REFERENCES "?connection"?\(id\)/g, '')
}

/** Which place a conversation is in; the file for one that is in neither. */
export function placeFinder(database: Database): (id: ConversationId) => Place {
  const isPrivate = database
    .prepare<[ConversationId], number>(`SELECT 1 FROM private.conversation WHERE id = ?`)
    .pluck()
  return (id) => (isPrivate.get(id) === 1 ? 'private' : 'main')
}

/** The same repository over each place. */
export function inBoth<Repository>(make: (place: Place) => Repository): Readonly<Record<Place, Repository>> {
  return { main: make('main'), private: make('private') }
}
