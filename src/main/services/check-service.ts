import { failure } from '../../core/failure'
import type { ConnectionId } from '../../core/ids'
import { PROVIDERS } from '../../core/provider'
import type { Result } from '../../shared/ipc/transport'
import type { CheckView } from '../../shared/ipc/views'
import type { Egress } from '../egress/egress'
import type { Redactor } from '../log'
import type { Clock } from '../ports'
import type { ProviderRegistry } from '../providers/provider-adapter'
import type { Storage } from '../storage/storage'
import type { Vault } from '../vault/vault'
import { mayBePrivate, originOf } from './base-url'
import type { EventHub } from './event-hub'
import { lendKey } from './lend-key'
import type { ModelService } from './model-service'
import { done, refused } from './result'

/** A list of names takes a second; a server that needs longer is not there. */
const PATIENCE_MS = 15_000

interface Needs {
  readonly storage: Storage
  readonly vault: Vault
  readonly egress: Egress
  readonly providers: ProviderRegistry
  readonly models: ModelService
  readonly hub: EventHub
  readonly clock: Clock
  readonly redactor: Redactor
}

/** Checks a connection by the one request that costs nothing, and keeps the list of models it answers with. */
export function createCheckService(needs: Needs) {
  const isClean = (text: string): boolean => needs.redactor.redact(text) === text

  return {
    async check({ connectionId }: { connectionId: ConnectionId }): Promise<Result<CheckView>> {
      const connection = needs.storage.connections.get(connectionId)
      if (connection === undefined) return refused('not_found', 'connectionId')
      const origin = originOf(connection.baseUrl)
      const lent = await lendKey(needs.vault, connection)
      if (!lent.ok) return done({ ok: false, failure: failure(lent.code) })
      const adapter = await needs.providers[PROVIDERS[connection.provider].dialect]()
      const privateNetwork = mayBePrivate(connection.provider)
      const route = { origin, connectionId, purpose: 'models', callId: null, secret: lent.key, privateNetwork } as const
      const list = await adapter.listModels({
        key: lent.key,
        baseUrl: connection.baseUrl,
        fetch: needs.egress.fetchFor(route),
        within: (work) => needs.egress.within(route, work),
        signal: AbortSignal.timeout(PATIENCE_MS),
        redact: needs.redactor.redact,
        now: needs.clock.now,
      })
      if (!list.ok) return done(list)
      // It may have been removed or moved while the provider thought about it.
      if (needs.storage.connections.get(connectionId)?.baseUrl !== connection.baseUrl) {
        return refused('not_found', 'connectionId')
      }
      // A list that repeats the key is no list of models.
      const models = list.models.filter((model) => isClean(`${model.id} ${model.name ?? ''}`))
      needs.storage.modelLists.put(connectionId, { checkedMs: needs.clock.now(), models })
      needs.hub.emit('models.changed', { connectionModels: needs.models.byConnection() })
      return done({ ok: true, modelCount: models.length })
    },
  }
}

/** What can be asked of it. */
export type CheckService = ReturnType<typeof createCheckService>
