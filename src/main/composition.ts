import type { BridgeEvent } from '../shared/ipc/transport'
import { createCatalog } from './catalog/catalog'
import { createEgress } from './egress/egress'
import { createHandlers } from './ipc/handlers'
import { createRouter, type Router } from './ipc/router'
import { createLog, createRedactor } from './log'
import type { Cipher, Clock, Fetch, NewId, OpenExternal, Paths } from './ports'
import { providers } from './providers/registry'
import { createChatService } from './services/chat-service'
import { createConnectionService } from './services/connection-service'
import { createConversationService } from './services/conversation-service'
import { createEventHub } from './services/event-hub'
import { createLinkService, type LinkService } from './services/external-link'
import { modelViews } from './services/model-service'
import type { RunningTurns } from './services/running-turns'
import { createSpendService } from './services/spend-service'
import { recoverTurns } from './services/turn-recovery'
import { openStorage } from './storage/storage'
import { openVault } from './vault/vault'

/** Everything the outside supplies. */
export interface Outside {
  readonly cipher: Cipher
  readonly clock: Clock
  readonly newId: NewId
  readonly paths: Paths
  readonly fetch: Fetch
  readonly openExternal: OpenExternal
  readonly version: string
  readonly writeLog: (line: string) => void
  /** Longest silence of a provider before a call counts as timed out, in milliseconds. */
  readonly idleMs: number
}

export interface Latchkey {
  readonly router: Router
  readonly links: LinkService
  subscribe(listener: (event: BridgeEvent) => void): () => void
  /** Books what runs, then closes the files. Synchronous, so that nothing can cut it short but a kill. */
  close(): void
}

/** Builds the whole of the main process from its ports. Throws StorageError when the data cannot be opened. */
export async function composeLatchkey(outside: Outside): Promise<Latchkey> {
  const { clock, newId } = outside
  const redactor = createRedactor()
  const log = createLog(redactor, outside.writeLog)
  const catalog = createCatalog()
  const hub = createEventHub(log)
  const running: RunningTurns = new Map()
  const storage = openStorage(outside.paths)
  // Before anything can start a new answer.
  recoverTurns({ storage, catalog, clock, log })
  const vault = await openVault({ ...outside, redactor })
  const egress = createEgress({ ...outside, log: storage.egressLog })
  const restoreFetch = egress.guardGlobalFetch()

  const spend = createSpendService({ storage, catalog, clock })
  const conversations = createConversationService({ storage, catalog, hub, running })
  const connections = createConnectionService({ storage, vault, hub, clock, newId })
  const links = createLinkService(outside.openExternal)
  const chat = createChatService({
    storage,
    vault,
    catalog,
    providers,
    egress,
    hub,
    clock,
    newId,
    log,
    redactor,
    running,
    conversations,
    spend,
  })
  const models = () => modelViews(catalog, clock)
  const services = { chat, connections, conversations, links, spend, models, version: outside.version }

  // What a crash left sealed although its connection no longer wants it.
  connections.forgetUnused()
  const router = createRouter(createHandlers(services), log)
  let closed = false

  return {
    router: {
      dispatch: async (name, input) =>
        closed ? { ok: false, error: { code: 'shutting_down' } } : router.dispatch(name, input),
    },
    links,
    subscribe: hub.subscribe,
    close() {
      closed = true
      chat.interruptAll()
      storage.close()
      restoreFetch()
    },
  }
}
