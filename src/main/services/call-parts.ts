import { failure } from '../../core/failure'
import type { KeyId } from '../../core/ids'
import { namesIn } from '../../core/price-book'
import { PROVIDERS } from '../../core/provider'
import type { StreamPart } from '../../core/stream-part'
import type { Catalog } from '../catalog/catalog'
import type { Egress, Route } from '../egress/egress'
import type { Redactor } from '../log'
import type { Clock } from '../ports'
import type { ModelRequest, ProviderRegistry } from '../providers/provider-adapter'
import type { Call } from '../storage/calls'
import type { Connection } from '../storage/connections'
import type { Storage } from '../storage/storage'
import type { Vault } from '../vault/vault'
import { mayBePrivate, originOf } from './base-url'
import { cleanPart, withoutContent } from './clean-part'
import { lendKey } from './lend-key'

interface Needs {
  readonly vault: Vault
  readonly providers: ProviderRegistry
  readonly egress: Egress
  readonly redactor: Redactor
  readonly clock: Clock
  readonly catalog: Pick<Catalog, 'names'>
  readonly storage: Pick<Storage, 'priceOverrides'>
  /** A key was lent, and the request is about to leave with it. */
  readonly keyUsed: (keyId: KeyId) => void
}

/**
 * The one request of a call: the key is lent for it alone, and it can reach only the origin that key is bound to.
 * `leaving` is called right before it leaves.
 */
export async function* callParts(
  { vault, providers, egress, redactor, clock, catalog, storage, keyUsed }: Needs,
  call: Pick<Call, 'id'> & {
    readonly purpose: Extract<Call['purpose'], Route['purpose']>
    readonly isPrivate?: boolean
  },
  connection: Connection,
  request: ModelRequest,
  signal: AbortSignal,
  leaving: () => void,
): AsyncGenerator<StreamPart> {
  const origin = originOf(connection.baseUrl)
  const [lent, adapter] = await Promise.all([
    lendKey(vault, connection),
    providers[PROVIDERS[connection.provider].dialect](),
  ])
  if (!lent.ok) return yield { type: 'failure', failure: failure(lent.code) }
  if (signal.aborted) return yield { type: 'stopped' }
  const { purpose, id: callId } = call
  const privateNetwork = mayBePrivate(connection.provider)
  const route = { origin, connectionId: connection.id, purpose, callId, secret: lent.key, privateNetwork } as const
  if (connection.keyId !== null) keyUsed(connection.keyId)
  leaving()
  const parts = adapter.stream(request, {
    key: lent.key,
    baseUrl: connection.baseUrl,
    fetch: egress.fetchFor(route),
    within: (work) => egress.within(route, work),
    signal,
    redact: redactor.redact,
    now: clock.now,
  })
  const isPrivate = call.isPrivate === true
  const own = new Set(
    isPrivate ? storage.priceOverrides.ofConnection(connection.id).flatMap(({ price }) => namesIn(price)) : [],
  )
  for await (const part of parts) {
    const clean = cleanPart(part, redactor)
    yield isPrivate ? withoutContent(clean, request, (name) => catalog.names.has(name) || own.has(name)) : clean
  }
}
