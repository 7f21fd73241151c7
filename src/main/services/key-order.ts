import type { ConnectionId, KeyId } from '../../core/ids'
import type { Vault } from '../vault/vault'
import type { Connection } from '../storage/connections'
import type { Storage } from '../storage/storage'

interface Needs {
  readonly storage: Storage
  readonly vault: Vault
}

/** Enough for every account of one person; more are a mistake, or somebody else's keys. */
export const MOST_KEYS = 10

/** The keys of a connection that are there, in the order in which they are asked: the one it uses first. */
export function keysInOrder({ storage, vault }: Needs, { id, keyId }: Connection): KeyId[] {
  const others = storage.keys.of(id).filter((other) => other !== keyId && vault.status(other) !== null)
  return keyId === null ? others : [keyId, ...others]
}

/** The key of a connection that is meant, or the one it uses; undefined when it has no such key. */
export function keyOf(needs: Needs, connection: Connection, meant: KeyId | undefined): KeyId | null | undefined {
  if (meant === undefined) return connection.keyId
  return keysInOrder(needs, connection).includes(meant) ? meant : undefined
}

/** The keys a failed attempt may go on to; none unless its user has switched that on. */
export function failoverOrder(needs: Needs, connectionId: ConnectionId): KeyId[] {
  const connection = needs.storage.connections.get(connectionId)
  // Without the key it uses a connection asks for one: the others only follow.
  return connection === undefined || !connection.failover || connection.keyId === null
    ? []
    : keysInOrder(needs, connection)
}

/**
 * A key that was in memory until quit is not waited for: its connection has none until one is entered, which then takes
 * over its label.
 */
export function releaseSessionKeys({ storage, vault }: Needs): void {
  if (vault.protection() === 'damaged') return
  const gone = storage.keys.inSession().filter(({ id }) => vault.status(id) === null)
  storage.transaction(() => {
    for (const { id, position } of gone) if (position > 0) storage.keys.remove(id)
    for (const connection of storage.connections.list()) {
      const isGone = gone.some(({ id }) => id === connection.keyId)
      if (isGone) storage.connections.update({ ...connection, keyId: null })
    }
  })
}
