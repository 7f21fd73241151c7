import type { Database } from 'better-sqlite3'
import type { ConnectionId, KeyId } from '../../core/ids'
import type { ProviderId } from '../../core/provider'
import { PLACES } from './places'

/** A configured endpoint of a provider. Its key is in the vault; here is only the key's id. */
export interface Connection {
  readonly id: ConnectionId
  readonly provider: ProviderId
  readonly label: string
  readonly baseUrl: string
  /** The key it uses; its other keys, if any, are among what is known of keys. */
  readonly keyId: KeyId | null
  /** Whether its other keys are asked in their order when one is refused. */
  readonly failover: boolean
  readonly createdMs: number
}

const COLUMNS = `id, provider, label, base_url AS baseUrl, key_id AS keyId, failover, created_ms AS createdMs`

/** As SQLite has it. */
type StoredConnection = Omit<Connection, 'failover'> & { readonly failover: number }

/** Connections, oldest first. */
export function connectionRepository(database: Database) {
  const all = database.prepare<[], StoredConnection>(`SELECT ${COLUMNS} FROM connection ORDER BY created_ms, id`)
  const one = database.prepare<[ConnectionId], StoredConnection>(`SELECT ${COLUMNS} FROM connection WHERE id = ?`)
  const insert = database.prepare<[StoredConnection]>(
    `INSERT INTO connection (id, provider, label, base_url, key_id, failover, created_ms)
     VALUES (@id, @provider, @label, @baseUrl, @keyId, @failover, @createdMs)`,
  )
  const update = database.prepare<[Omit<StoredConnection, 'provider' | 'createdMs'>]>(
    `UPDATE connection SET label = @label, base_url = @baseUrl, key_id = @keyId, failover = @failover WHERE id = @id`,
  )
  const releases = PLACES.map((place) =>
    database.prepare<[ConnectionId]>(`UPDATE ${place}.conversation SET connection_id = NULL WHERE connection_id = ?`),
  )
  const remove = database.prepare<[ConnectionId]>(`DELETE FROM connection WHERE id = ?`)
  return {
    list: (): Connection[] => all.all().map(fromStored),
    get(id: ConnectionId): Connection | undefined {
      const stored = one.get(id)
      return stored && fromStored(stored)
    },
    add: (connection: Connection): void => void insert.run({ ...connection, failover: Number(connection.failover) }),
    /** Conversations stay and ask for another connection; what was spent over it stays under its label. */
    remove(id: ConnectionId): void {
      for (const release of releases) release.run(id)
      remove.run(id)
    },
    update: ({ id, label, baseUrl, keyId, failover }: Connection): void =>
      void update.run({ id, label, baseUrl, keyId, failover: Number(failover) }),
  }
}

function fromStored(stored: StoredConnection): Connection {
  return { ...stored, failover: stored.failover === 1 }
}
