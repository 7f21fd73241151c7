import type { BridgeEvent } from '../shared/ipc/transport'
import { createCatalog } from './catalog/catalog'
import { createDial } from './egress/dial'
import { createEgress } from './egress/egress'
import { createHandlers } from './ipc/handlers'
import { createRouter, type Router } from './ipc/router'
import { createLog, createRedactor } from './log'
import type { AskWhere, Cipher, Clipboard, Clock, Fetch, NewId, OpenExternal, Paths, TokenCounter } from './ports'
import { providers } from './providers/registry'
import { createAnswerNews } from './services/answer-news'
import { createBudgetHistory } from './services/budget-history'
import { createBudgetService } from './services/budget-service'
import { createChatService } from './services/chat-service'
import { createClipboardService } from './services/clipboard-service'
import { createConnectionService } from './services/connection-service'
import { createDataService } from './services/data-service'
import { createDetailService } from './services/detail-service'
import { createConversationService } from './services/conversation-service'
import { createEraseService } from './services/erase-service'
import { createDraftService } from './services/draft-service'
import { createEstimateService } from './services/estimate-service'
import { createEventHub } from './services/event-hub'
import { createLeftOut } from './services/left-out'
import { createLinkService } from './services/external-link'
import { createCheckService } from './services/check-service'
import { createForecastService } from './services/forecast-service'
import { createKeyLimits } from './services/key-limits'
import { releaseSessionKeys } from './services/key-order'
import { createKeyService } from './services/key-service'
import { createLateSettlement, onTimer } from './services/late-settlement'
import { createLoopGuard, ruleOf } from './services/loop-guard'
import { createModelService } from './services/model-service'
import { createNetworkService } from './services/network-service'
import { createPriceBookService } from './services/price-book-service'
import { createPriceService } from './services/price-service'
import { createPromptMeter } from './services/prompt-meter'
import { createProofService } from './services/proof-service'
import { done } from './services/result'
import { createSaveService } from './services/save-service'
import { createSettingsService } from './services/settings-service'
import { createRetentionService } from './services/retention-service'
import { createRunningTurns } from './services/running-turns'
import { createSpendReportService } from './services/spend-report-service'
import { createSpendService } from './services/spend-service'
import { createTitleService } from './services/title-service'
import { createVaultService, isUnasked } from './services/vault-service'
import { recoverTurns } from './services/turn-recovery'
import type { CallRow } from './storage/calls'
import { StorageError } from './storage/database'
import { finishErasing } from './storage/erase'
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
  readonly clipboard: Clipboard
  readonly askWhere: AskWhere
  readonly tokenCounter: TokenCounter
  readonly version: string
  /** Says in the window that everything is invented. */
  readonly demo: boolean
  readonly applyTheme: (theme: 'system' | 'light' | 'dark') => void
  readonly writeLog: (line: string) => void
  /** Ends the app and starts it anew. */
  readonly restart: () => void
  /** Empties what the window's engine keeps of its own. */
  readonly clearWindowData: () => Promise<void>
  /** Longest silence of a provider before a call counts as timed out, in milliseconds. */
  readonly idleMs: number
}

export interface Latchkey {
  readonly router: Router
  /** Writes down that somebody else than the own page has asked for something. */
  strangerRefused(stranger: string): void
  subscribe(listener: (event: BridgeEvent) => void): () => void
  /** The page does not answer, or has ended: what it shows is not opened by itself again. */
  windowFailed(): void
  /** It answers again. */
  windowRecovered(): void
  /** Whether everything was deleted: there is nothing more to be done but to end. */
  isErased(): boolean
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
  const running = createRunningTurns()
  let closed = false
  let erased = false
  // What stands there was deleted, and that was not finished.
  if (!finishErasing(outside.paths)) throw new StorageError('in_use')
  const storage = openStorage(outside.paths)
  const prices = createPriceService({ storage, catalog, clock, newId, changed: () => pricesChanged() })
  const pricesOf = prices.bookFor
  // Before anything can start a new answer.
  recoverTurns({ storage, pricesOf, clock, log })
  const vault = await openVault({ ...outside, redactor })
  const dial = createDial()
  const egress = createEgress({ ...outside, dial, log: storage.egressLog })
  const restoreFetch = egress.guardGlobalFetch()

  const spend = createSpendService({ storage, catalog, clock })
  const forecasts = createForecastService({ storage, clock })
  const reports = createSpendReportService({ storage, catalog, clock, log, forecasts })
  const saving = createSaveService({ ...outside, storage, catalog, hub, log, reports })
  const models = createModelService({ storage, catalog, clock, pricesOf })
  const settings = createSettingsService({
    storage,
    applyTheme: outside.applyTheme,
    applyNetwork: dial.configure,
  })
  const retention = createRetentionService({
    storage,
    clock,
    log,
    schedule: onTimer,
    general: () => settings.view().retention,
    changed: () => conversations.changed(),
  })
  // Before anything is shown.
  retention.start()
  const { believedMs, viewOf: retentionOf } = retention
  const general = () => settings.view().retention
  const drafts = createDraftService({ storage, vault, redactor, general, believedMs })
  const network = createNetworkService({ storage, believedMs, log })
  const conversations = createConversationService({ storage, catalog, hub, running, models, clock, retentionOf })
  const keysChanged = (): void => connections.keysChanged()
  const keys = createKeyService({
    storage,
    vault,
    clock,
    log,
    limitOf: (keyId) => keyLimits.of(keyId),
    changed: keysChanged,
  })
  const keyLimits = createKeyLimits({ storage, vault, egress, clock, viewOf: keys.viewOf, changed: keysChanged })
  const connections = createConnectionService({
    storage,
    vault,
    keys,
    hub,
    clock,
    newId,
    models,
    removed: () => budgets.changed(),
  })
  const checks = createCheckService({ storage, vault, egress, providers, models, hub, clock, redactor })
  const proof = createProofService({ storage, hub, changed: () => news.spent() })
  const pricesChanged = (): void => {
    hub.emit('models.changed', { connectionModels: models.byConnection() })
    news.spent()
  }
  const late = createLateSettlement({
    storage,
    vault,
    egress,
    clock,
    log,
    schedule: onTimer,
    enabled: () => settings.view().background.lateCosts,
    settled: (id) => news.booked(storage.calls.get(id)?.messageId ?? null),
  })
  const leftOut = createLeftOut(storage)
  const links = createLinkService(outside.openExternal, clock)
  const calendar = () => settings.view().budgetDays
  const budgets = createBudgetService({ storage, clock, newId, hub, calendar })
  const history = createBudgetHistory({ storage, catalog })
  const loop = createLoopGuard({ storage, clock, rule: () => ruleOf(settings.view().loop) })
  const news = createAnswerNews({ storage, catalog, hub, conversations, spend, budgets })
  const { tokenCounter } = outside
  const meter = createPromptMeter({ storage, tokenCounter })
  const estimates = createEstimateService({ storage, models, meter, budgets, conversations, pricesOf, clock })
  const asking = {
    storage,
    vault,
    catalog,
    pricesOf,
    providers,
    egress,
    hub,
    clock,
    newId,
    log,
    redactor,
    running,
    conversations,
    budgets,
    loop,
    meter,
    models,
    settings,
    news,
    callEnded: late.callEnded,
    keyUsed: keys.used,
    keyEnded: keys.ended,
    takenBack: (call: CallRow) => news.booked(call.messageId),
  }
  const titles = createTitleService(asking)
  const chat = createChatService({ ...asking, answered: titles.afterAnswer })
  const clipboard = createClipboardService(outside)
  const vaultService = createVaultService({
    vault,
    clock,
    log,
    schedule: onTimer,
    lockAfterMinutes: () => settings.view().lockAfterMinutes,
    changed: keysChanged,
    unlocked() {
      // What was let go of while the file could not be read.
      connections.forgetUnused()
      late.resume()
    },
  })
  const data = createDataService({ storage, vault, retention, settings })
  const endAll = (): void => {
    closed = true
    chat.interruptAll()
    titles.interruptAll()
    saving.close()
    outside.tokenCounter.close()
    late.close()
    vaultService.close()
  }
  const erase = createEraseService({
    ...outside,
    storage,
    vault,
    data,
    log,
    closeAll() {
      erased = true
      endAll()
      retention.stop()
      storage.close()
    },
  })
  const { version, demo } = outside
  const services = {
    budgets,
    chat,
    checks,
    clipboard,
    connections,
    conversations,
    data,
    details: createDetailService({ storage, catalog, vault }),
    erase,
    drafts,
    estimates,
    forecasts,
    history,
    keyLimits,
    keys,
    leftOut,
    links,
    models,
    network,
    prices,
    priceBook: createPriceBookService({ storage, catalog, clock, models }),
    proof,
    reports,
    saving,
    settings,
    spend,
    vault: vaultService,
    version,
    demo,
    restart() {
      outside.restart()
      return done(null)
    },
  }

  releaseSessionKeys({ storage, vault })
  // What a crash left sealed although its connection no longer wants it.
  connections.forgetUnused()
  late.resume()
  const router = createRouter(createHandlers(services), log, (input) => vaultService.noteRequest(isUnasked(input)))

  return {
    router: {
      async dispatch(name, input) {
        if (erased && name === 'app.restart') return services.restart()
        if (closed) return { ok: false, error: { code: 'shutting_down' } }
        return router.dispatch(name, input)
      },
    },
    strangerRefused: (stranger) => outside.writeLog(redactor.redact(`refused a request of ${stranger}`)),
    subscribe: hub.subscribe,
    windowFailed: leftOut.windowFailed,
    windowRecovered: leftOut.windowRecovered,
    isErased: () => erased,
    close() {
      if (!erased) {
        endAll()
        retention.close()
        storage.close()
      }
      restoreFetch()
    },
  }
}
