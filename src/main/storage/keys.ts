import type { Database } from 'better-sqlite3'
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
}

/** A use within so many milliseconds of the last one is not written down. */
const USED_AGAIN_MS = 60_000

/** What is known of the keys that are there. */
export function keyRepository(database: Database) {
  const facts = database.prepare<[KeyId], KeyFacts>(
    `SELECT label, expires_ms AS expiresMs, last_used_ms AS lastUsedMs, remind_months AS remindMonths
     FROM connection_key WHERE key_id = ?`,
  )
  const first = database.prepare<[ConnectionId], Pick<KeyDescription, 'label' | 'remindMonths'>>(
    `SELECT label, remind_months AS remindMonths FROM connection_key WHERE connection_id = ? ORDER BY position LIMIT 1`,
  )
  const remove = database.prepare<[ConnectionId]>(`DELETE FROM connection_key WHERE connection_id = ?`)
  const insert = database.prepare<[Pick<KeyDescription, 'label' | 'remindMonths'> & { id: KeyId; of: ConnectionId }]>(
    `INSERT INTO connection_key (key_id, connection_id, label, position, remind_months)
     VALUES (@id, @of, @label, 0, @remindMonths)`,
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
  return {
    get: (id: KeyId): KeyFacts | undefined => facts.get(id),
    /** Of the key before it the label and the reminder stay; when that one expired says nothing about this one. */
    replace(connectionId: ConnectionId, id: KeyId): void {
      const { label, remindMonths } = first.get(connectionId) ?? { label: null, remindMonths: null }
      remove.run(connectionId)
      insert.run({ id, of: connectionId, label, remindMonths })
    },
    removeOf: (connectionId: ConnectionId): void => void remove.run(connectionId),
    describe: (id: KeyId, description: KeyDescription): void => void describe.run({ ...description, id }),
    /** When its provider says that it expires. */
    expires: (id: KeyId, atMs: number): void => void expires.run(atMs, id),
    /** At most once a minute. Whether it was written down. */
    used: (id: KeyId, at: number): boolean => used.run({ id, at }).changes > 0,
  }
}
