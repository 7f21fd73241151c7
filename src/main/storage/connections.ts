import type { Database } from 'better-sqlite3'
import type { ConnectionId, KeyId } from '../../core/ids'
import type { ProviderId } from '../../core/provider'

/** A configured endpoint of a provider. Its key is in the vault; here is only the key's id. */
export interface Connection {
  readonly id: ConnectionId
  readonly provider: ProviderId
  readonly label: string
  readonly baseUrl: string
  readonly keyId: KeyId | null
  readonly createdMs: number
}

const COLUMNS = `id, provider, label, base_url AS baseUrl, key_id AS keyId, created_ms AS createdMs`

/** Connections, oldest first. */
export function connectionRepository(database: Database) {
  const all = database.prepare<[], Connection>(`SELECT ${COLUMNS} FROM connection ORDER BY created_ms, id`)
  const one = database.prepare<[ConnectionId], Connection>(`SELECT ${COLUMNS} FROM connection WHERE id = ?`)
  const insert = database.prepare<[Connection]>(
    `INSERT INTO connection (id, provider, label, base_url, key_id, created_ms)
     VALUES (@id, @provider, @label, @baseUrl, @keyId, @createdMs)`,
  )
  const update = database.prepare<[Pick<Connection, 'id' | 'label' | 'baseUrl' | 'keyId'>]>(
    `UPDATE connection SET label = @label, base_url = @baseUrl, key_id = @keyId WHERE id = @id`,
  )
  const release = database.prepare<[ConnectionId]>(
    `UPDATE conversation SET connection_id = NULL WHERE connection_id = ?`,
  )
  const remove = database.prepare<[ConnectionId]>(`DELETE FROM connection WHERE id = ?`)
  return {
    list: (): Connection[] => all.all(),
    get: (id: ConnectionId): Connection | undefined => one.get(id),
    add: (connection: Connection): void => void insert.run(connection),
    /** Conversations stay and ask for another connection; what was spent over it stays under its label. */
    remove(id: ConnectionId): void {
      release.run(id)
      remove.run(id)
    },
    update: ({ id, label, baseUrl, keyId }: Connection): void => void update.run({ id, label, baseUrl, keyId }),
  }
}
