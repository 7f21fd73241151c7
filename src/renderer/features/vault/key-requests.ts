import type { KeyId } from '../../../core/ids'
import type { ProviderId } from '../../../core/provider'
import type { RequestError, Result } from '../../../shared/ipc/transport'
import type { ConnectionView } from '../../../shared/ipc/views'
import type { Request } from '../../bridge/client'
import { providers } from '../../lib/providers'
import { isUsable } from '../../lib/connections'
import { keyStored } from './connection-choice'
import { withKey } from './spare-keys'

export interface NewKey {
  readonly provider: ProviderId
  readonly label: string
  /** Null for the provider's own. */
  readonly baseUrl: string | null
  readonly key: string
  /** Whether it is kept in memory until quit instead of on disk. */
  readonly forSession?: boolean
}

export interface Added {
  /** The connection as far as it came: it is there, without a key, when only the key was refused. */
  readonly connection: ConnectionView | null
  readonly error: RequestError | null
}

/** The connection a new key belongs to: one that waits for a key is used before another is made. */
export function waitingConnection(
  connections: readonly ConnectionView[],
  provider?: ProviderId,
): ConnectionView | undefined {
  return connections.find(
    (connection) =>
      !isUsable(connection) &&
      // Keys that wait behind one that is gone are another account's, perhaps: nothing is put before them unasked.
      connection.spareKeys.length === 0 &&
      (provider === undefined || connection.provider === provider),
  )
}

/** Adds a key: first the connection it is for, then the key itself. */
export async function addKey(
  request: Request,
  connections: readonly ConnectionView[],
  { provider, label, baseUrl, key, forSession = false }: NewKey,
): Promise<Added> {
  const waiting = waitingConnection(connections, provider)
  const connected =
    waiting === undefined
      ? await request('connection.add', { provider, label, baseUrl })
      : await request('connection.update', { connectionId: waiting.id, label, baseUrl })
  if (!connected.ok) return { connection: null, error: connected.error }
  const stored = await saveKey(request, connected.value, key, forSession)
  return stored.ok ? { connection: stored.value, error: null } : { connection: connected.value, error: stored.error }
}

/** Stores a key for a connection, in the place of the one it uses or of `replaced`. */
export async function saveKey(
  request: Request,
  connection: ConnectionView,
  key: string,
  forSession = false,
  replaced?: KeyId,
): Promise<Result<ConnectionView>> {
  const input = { connectionId: connection.id, key, ...keepOf(forSession) }
  const result =
    replaced === undefined
      ? await request(keyStored(connection) ? 'key.replace' : 'key.set', input)
      : await request('key.replace', { ...input, keyId: replaced })
  return result.ok ? { ok: true, value: withKey(connection, result.value, replaced) } : result
}

/** Stores one more key for a connection, behind those it has. */
export function saveAnotherKey(
  request: Request,
  connection: ConnectionView,
  key: string,
  forSession = false,
): Promise<Result<ConnectionView>> {
  return request('key.add', { connectionId: connection.id, key, ...keepOf(forSession) })
}

function keepOf(forSession: boolean) {
  return forSession ? { keep: 'session' as const } : {}
}

/** Whether a connection leads to its provider's own address, where a list of models can be asked for unasked. */
export function leadsHome({ provider, baseUrl }: Pick<ConnectionView, 'provider' | 'baseUrl'>): boolean {
  const own = providers[provider].baseUrl
  return own !== '' && withoutSlash(baseUrl) === withoutSlash(own)
}

/** A base URL without the slashes it may end in. */
export function withoutSlash(url: string): string {
  return url.trim().replace(/\/+$/, '')
}
