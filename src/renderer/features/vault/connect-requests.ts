import type { ConnectionId } from '../../../core/ids'
import type { CheckView, ConnectionView } from '../../../shared/ipc/views'
import type { Request } from '../../bridge/client'
import { providers } from '../../lib/providers'
import { type Added, type NewKey, saveKey, withoutSlash } from './key-requests'
import { keysOf } from './spare-keys'

export interface NewConnection extends NewKey {
  /** The connection an earlier try of the same form has made. */
  readonly earlierId: ConnectionId | null
}

export interface Connected extends Added {
  /** What the server said; null while it was not asked, because something was refused before. */
  readonly check: CheckView | null
}

/**
 * Connects a server that may do without a key: makes the connection, stores the key if there is one, then asks for the
 * models. A second try goes over the connection of the first, and so does one to a server that is known already.
 */
export async function connect(
  request: Request,
  connections: readonly ConnectionView[],
  { earlierId, ...entered }: NewConnection,
): Promise<Connected> {
  const { provider, label, baseUrl, key, forSession } = entered
  const known = connections.find(({ id }) => id === earlierId) ?? connections.find((each) => isSame(each, entered))
  const connected =
    known === undefined
      ? await request('connection.add', { provider, label, baseUrl })
      : await request('connection.update', { connectionId: known.id, label, baseUrl })
  if (!connected.ok) return { connection: null, error: connected.error, check: null }
  const stored = key === '' ? connected : await saveKey(request, connected.value, key, forSession)
  if (!stored.ok) return { connection: connected.value, error: stored.error, check: null }
  const check = await request('connection.check', { connectionId: stored.value.id })
  if (!check.ok) return { connection: stored.value, error: check.error, check: null }
  return { connection: stored.value, error: null, check: check.value }
}

function isSame(connection: ConnectionView, { provider, baseUrl }: NewKey): boolean {
  const url = baseUrl ?? providers[provider].baseUrl
  return (
    connection.provider === provider &&
    keysOf(connection).length === 0 &&
    withoutSlash(connection.baseUrl) === withoutSlash(url)
  )
}
