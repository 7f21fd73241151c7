import type { Result } from '../../shared/ipc/transport'
import type { BudgetHistory } from '../services/budget-history'
import type { BudgetService } from '../services/budget-service'
import type { ChatService } from '../services/chat-service'
import type { ClipboardService } from '../services/clipboard-service'
import type { createConnectionService } from '../services/connection-service'
import type { ConversationService } from '../services/conversation-service'
import type { DataService } from '../services/data-service'
import type { DetailService } from '../services/detail-service'
import type { EraseService } from '../services/erase-service'
import type { DraftService } from '../services/draft-service'
import type { EstimateService } from '../services/estimate-service'
import type { LeftOut } from '../services/left-out'
import type { LinkService } from '../services/external-link'
import type { ForecastService } from '../services/forecast-service'
import type { KeyLimits } from '../services/key-limits'
import type { KeyService } from '../services/key-service'
import { done } from '../services/result'
import type { CheckService } from '../services/check-service'
import type { ModelService } from '../services/model-service'
import type { NetworkService } from '../services/network-service'
import type { PriceBookService } from '../services/price-book-service'
import type { PriceService } from '../services/price-service'
import type { ProofService } from '../services/proof-service'
import type { SaveService } from '../services/save-service'
import type { SettingsService } from '../services/settings-service'
import type { SpendReportService } from '../services/spend-report-service'
import type { SpendService } from '../services/spend-service'
import type { VaultService } from '../services/vault-service'
import type { Handlers } from './router'

export interface Services {
  readonly budgets: BudgetService
  readonly chat: ChatService
  readonly clipboard: ClipboardService
  readonly connections: ReturnType<typeof createConnectionService>
  readonly conversations: ConversationService
  readonly data: DataService
  readonly details: DetailService
  readonly erase: EraseService
  readonly drafts: DraftService
  readonly estimates: EstimateService
  readonly history: BudgetHistory
  readonly keyLimits: KeyLimits
  readonly keys: KeyService
  readonly leftOut: LeftOut
  readonly links: LinkService
  readonly spend: SpendService
  readonly reports: SpendReportService
  readonly forecasts: ForecastService
  readonly checks: CheckService
  readonly models: ModelService
  readonly network: NetworkService
  readonly prices: PriceService
  readonly priceBook: PriceBookService
  readonly proof: ProofService
  readonly saving: SaveService
  readonly settings: SettingsService
  readonly vault: VaultService
  readonly version: string
  readonly restart: () => Result<null>
  readonly demo: boolean
}

/** One line per row of the contract. */
export function createHandlers(services: Services): Handlers {
  const { budgets, chat, checks, clipboard, connections, conversations, data, drafts, estimates, links, models } =
    services
  const { forecasts, history, keyLimits, keys, network, prices, proof, reports, saving, settings, spend, vault } =
    services
  /** A key that is kept is taken off the clipboard if asked, and out of the drafts unasked. */
  const entered =
    <Input extends { readonly key: string }, Answer>(keep: (input: Input) => Promise<Result<Answer>>) =>
    async (input: Input): Promise<Result<Answer>> => {
      const kept = await keep(input)
      if (kept.ok) {
        clipboard.entered(input.key)
        await drafts.keyAdded()
      }
      return kept
    }
  return {
    'app.open': () =>
      done({
        ...connections.status(),
        version: services.version,
        demo: services.demo,
        models: models.all(),
        connectionModels: models.byConnection(),
        settings: settings.view(),
        conversations: conversations.list(),
        month: spend.month(),
        budgets: budgets.list(),
        drafts: drafts.list(),
        leftOut: services.leftOut.begin(),
      }),
    'conversation.list': () => done(conversations.list()),
    'conversation.open': conversations.open,
    'conversation.shows': services.leftOut.shows,
    'conversation.forgetLeftOut': services.leftOut.forget,
    'conversation.older': conversations.older,
    'conversation.rename': conversations.rename,
    'conversation.delete': conversations.delete,
    'conversation.restore': conversations.restore,
    'conversation.showBranch': conversations.showBranch,
    'conversation.deleted': data.deleted,
    'conversation.deleteForGood': data.deleteForGood,
    'conversation.setModel': conversations.setModel,
    'conversation.setCaching': conversations.setCaching,
    'conversation.setRetention': data.setConversationRetention,
    'message.details': services.details.ofMessage,
    'turn.start': async (input) => {
      const started = await chat.start(input)
      const fromDraft = input.editOf === undefined && input.besideDraft !== true
      if (started.ok && fromDraft && input.private !== true) drafts.sent(input.conversationId)
      return started
    },
    'turn.retry': chat.retry,
    'turn.retryNow': chat.retryNow,
    'turn.stop': chat.stop,
    'turn.seen': chat.seen,
    'draft.keep': drafts.keep,
    'estimate.send': estimates.send,
    'estimate.models': estimates.models,
    'budget.list': () => done(budgets.list()),
    'budget.set': budgets.set,
    'budget.remove': budgets.remove,
    'budget.pause': budgets.pause,
    'budget.resume': budgets.resume,
    'budget.history': history.list,
    'budget.saveHistory': saving.decisions,
    'connection.add': connections.add,
    'connection.update': connections.update,
    'connection.remove': connections.remove,
    'connection.check': checks.check,
    'vault.retry': vault.retry,
    'vault.setPassphrase': vault.setPassphrase,
    'vault.removePassphrase': vault.removePassphrase,
    'vault.cancelPassphrase': vault.cancelPassphrase,
    'vault.unlock': vault.unlock,
    'vault.lock': vault.lock,
    'vault.forgetPassphrase': vault.forgetPassphrase,
    'settings.setTheme': settings.setTheme,
    'settings.setStopMode': settings.setStopMode,
    'settings.setBudgetDays': (input) => {
      const answer = settings.setBudgetDays(input)
      budgets.changed()
      return answer
    },
    'settings.setBackground': settings.setBackground,
    'settings.setAskAbove': settings.setAskAbove,
    'settings.setSendKey': settings.setSendKey,
    'settings.setLoop': settings.setLoop,
    'settings.setLockAfter': settings.setLockAfter,
    'settings.setFavourite': settings.setFavourite,
    'settings.setNetwork': settings.setNetwork,
    'settings.setRetention': (input) => {
      const answer = data.setRetention(input)
      drafts.sweep()
      return answer
    },
    'retention.preview': data.preview,
    'data.look': () => done(data.look()),
    'data.purge': data.purge,
    'data.deleteEverything': services.erase.deleteEverything,
    'app.restart': services.restart,
    'network.list': network.list,
    'network.clear': network.clear,
    'network.export': network.export,
    'key.set': entered(connections.setKey),
    'key.replace': entered(connections.replaceKey),
    'key.add': entered(connections.addKey),
    'key.order': connections.orderKeys,
    'connection.setFailover': connections.setFailover,
    'key.cancel': connections.cancelKey,
    'key.describe': keys.describe,
    'key.checkLimit': keyLimits.check,
    'key.remove': connections.removeKey,
    'key.status': () => done(connections.status()),
    'clipboard.clearIf': clipboard.clearIf,
    'spend.month': spend.spend,
    'spend.page': reports.page,
    'spend.report': reports.report,
    'spend.calls': reports.calls,
    'spend.call': reports.call,
    'spend.export': reports.export,
    'spend.save': saving.spend,
    'saving.cancel': saving.cancel,
    'spend.forecast': forecasts.forecast,
    'price.book': services.priceBook.book,
    'price.list': prices.list,
    'price.preview': prices.preview,
    'price.set': prices.set,
    'price.remove': prices.remove,
    'ledger.verify': proof.verify,
    'ledger.rebuild': proof.rebuild,
    'ledger.cancel': proof.cancel,
    'link.open': links.open,
  }
}
