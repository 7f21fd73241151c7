import type { Database } from 'better-sqlite3'
import type { FailureCode } from '../../core/failure'
import type { ConnectionId, KeyId } from '../../core/ids'

/** What the user says of a key. */
export interface KeyDescription {
  readonly label: string | null
  /** The first instant at which it is no longer valid. */
  readonly expiresMs: number | null
  /** Months after it was added at which its user wants to be told. */
  readonly remindMonths: number | null
}

/** What is known of a key. Nothing here opens anything: the key itself is in the vault. */
export interface KeyFacts extends KeyDescription {
  readonly lastUsedMs: number | null
  /** What its provider last said against it; both null since it was last answered with. */
  readonly refusedCode: FailureCode | null
  readonly refusedMs: number | null
}

/** A key to be written down. `session`: it is in memory only, and gone after the next start. */
export interface NewKey {
  readonly id: KeyId
  readonly of: ConnectionId
  readonly session: boolean
}

type Kept = Pick<KeyDescription, 'label' | 'remindMonths'> & { readonly position: number }
type Row = Kept & Omit<NewKey, 'session'> & { readonly session: number }

/** A use within so many milliseconds of the last one is not written down. */
const USED_AGAIN_MS = 60_000

/** What is known of the keys that are there. The one a connection uses is at position 0, the others follow. */
export function keyRepository(database: Database) {
  const facts = database.prepare<[KeyId], KeyFacts>(
    `SELECT label, expires_ms AS expiresMs, last_used_ms AS lastUsedMs, remind_months AS remindMonths,
       refused_code AS refusedCode, refused_ms AS refusedMs
     FROM connection_key WHERE key_id = ?`,
  )
  const of = database
    .prepare<[ConnectionId], KeyId>(`SELECT key_id FROM connection_key WHERE connection_id = ? ORDER BY position`)
    .pluck()
  const all = database.prepare<[], KeyId>(`SELECT key_id FROM connection_key`).pluck()
  const before = database.prepare<[ConnectionId, KeyId | null, KeyId | null], Kept>(
    `SELECT label, remind_months AS remindMonths, position FROM connection_key
     WHERE connection_id = ? AND CASE WHEN ? IS NULL THEN position = 0 ELSE key_id = ? END`,
  )
  const removeAt = database.prepare<[ConnectionId, number]>(
    `DELETE FROM connection_key WHERE connection_id = ? AND position = ?`,
  )
  const remove = database.prepare<[KeyId]>(`DELETE FROM connection_key WHERE key_id = ?`)
  const removeOf = database.prepare<[ConnectionId]>(`DELETE FROM connection_key WHERE connection_id = ?`)
  const insert = database.prepare<[Row]>(
    `INSERT INTO connection_key (key_id, connection_id, label, position, remind_months, session)
     VALUES (@id, @of, @label, @position, @remindMonths, @session)`,
  )
  const last = database
    .prepare<[ConnectionId], number>(`SELECT COALESCE(MAX(position), 0) FROM connection_key WHERE connection_id = ?`)
    .pluck()
  // Positions are unique at every moment, so that keys are moved out of the way before they are put into order.
  const aside = database.prepare<[number, ConnectionId]>(
    `UPDATE connection_key SET position = position + ? WHERE connection_id = ?`,
  )
  const place = database.prepare<[number, KeyId]>(`UPDATE connection_key SET position = ? WHERE key_id = ?`)
  const inSession = database.prepare<[], { id: KeyId; position: number }>(
    `SELECT key_id AS id, position FROM connection_key WHERE session = 1`,
  )
  const describe = database.prepare<[KeyDescription & { readonly id: KeyId }]>(
    `UPDATE connection_key SET label = @label, expires_ms = @expiresMs, remind_months = @remindMonths WHERE key_id = @id`,
  )
  const expires = database.prepare<[number, KeyId]>(`UPDATE connection_key SET expires_ms = ? WHERE key_id = ?`)
  // A clock that was set back must not keep later uses from being noted.
  const used = database.prepare<{ id: KeyId; at: number }>(
    `UPDATE connection_key SET last_used_ms = @at
     WHERE key_id = @id AND (last_used_ms IS NULL OR abs(@at - last_used_ms) >= ${USED_AGAIN_MS})`,
  )
  const refused = database.prepare<{ id: KeyId; code: FailureCode | null; at: number | null }>(
    `UPDATE connection_key SET refused_code = @code, refused_ms = @at WHERE key_id = @id AND refused_code IS NOT @code`,
  )
  return {
    get: (id: KeyId): KeyFacts | undefined => facts.get(id),
    /** The keys of a connection in their order. */
    of: (connectionId: ConnectionId): KeyId[] => of.all(connectionId),
    all: (): KeyId[] => all.all(),
    /** Those that were kept in memory only when they were entered. */
    inSession: (): { readonly id: KeyId; readonly position: number }[] => inSession.all(),

    /**
     * In the place of `old`, or of what was used last where there is none. Of the key before it the label and the
     * reminder stay; when that one expired says nothing about this one.
     */
    replace({ session, ...key }: NewKey, old: KeyId | null): void {
      const kept = before.get(key.of, old, old) ?? { label: null, remindMonths: null, position: 0 }
      removeAt.run(key.of, kept.position)
      insert.run({ ...key, ...kept, session: Number(session) })
    },
    /** Behind the others. */
    append: ({ session, ...key }: NewKey): void =>
      void insert.run({
        ...key,
        label: null,
        remindMonths: null,
        position: (last.get(key.of) ?? 0) + 1,
        session: Number(session),
      }),
    /** Puts keys of a connection into this order, before any others it may have. */
    order(connectionId: ConnectionId, ids: readonly KeyId[]): void {
      aside.run((last.get(connectionId) ?? 0) + ids.length + 1, connectionId)
      ids.forEach((id, position) => place.run(position, id))
    },
    remove: (id: KeyId): void => void remove.run(id),
    removeOf: (connectionId: ConnectionId): void => void removeOf.run(connectionId),
    describe: (id: KeyId, description: KeyDescription): void => void describe.run({ ...description, id }),
    /** When its provider says that it expires. */
    expires: (id: KeyId, atMs: number): void => void expires.run(atMs, id),
    /** At most once a minute. Whether it was written down. */
    used: (id: KeyId, at: number): boolean => used.run({ id, at }).changes > 0,
    /** What its provider says against it from now on; null for nothing any more. Whether that is news. */
    refused: (id: KeyId, code: FailureCode | null, at: number): boolean =>
      refused.run({ id, code, at: code === null ? null : at }).changes > 0,
  }
}
