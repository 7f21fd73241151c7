import type { ConnectionId } from '../../../core/ids'
import type { ConnectionView } from '../../../shared/ipc/views'

/** Whether a connection has a key, even one that cannot be opened now. */
export function hasKey(connection: ConnectionView): boolean {
  return connection.key.state !== 'none'
}

/**
 * The connection a message goes out on: the conversation's own for as long as it exists, whether or not it has a key,
 * because nobody else's key may answer in its place; otherwise the first that has a key.
 */
export function chooseConnection(
  own: ConnectionId | null,
  connections: readonly ConnectionView[],
): ConnectionView | null {
  return connections.find(({ id }) => id === own) ?? connections.find(hasKey) ?? null
}
