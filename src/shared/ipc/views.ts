import type { Branch } from '../../core/branches'
import type { BudgetAction, BudgetPeriod, BudgetScope, BudgetStep } from '../../core/budget'
import type { CacheChoice } from '../../core/caching'
import type { MessagePart, MessageState, Thought } from '../../core/conversation'
import type { Failure, FailureCode } from '../../core/failure'
import type { BudgetId, CallId, ConnectionId, ConversationId, KeyId, MessageId, PriceId, TurnId } from '../../core/ids'
import type { KeyLimit } from '../../core/key-limit'
import type { ModelInfo } from '../../core/model'
import type { Rates } from '../../core/price-book'
import type { ProviderId } from '../../core/provider'
import type { CostClass } from '../../core/pricing'
import type { Retention } from '../../core/retention'
import type { StopReason } from '../../core/stream-part'
import type { UsageFlag } from '../../core/usage'
import type { BudgetMetView, LoopSettings } from './budget-views'
import type { ConversationRetentionView } from './data-views'
import type { NetworkSettingsView } from './network-views'
import type { VaultView } from './vault-views'

export type { VaultCause, VaultView } from './vault-views'

// What the window is shown. Money is a decimal string of pico-dollars, times are epoch milliseconds. No key is ever here.

/** What may be known of a stored key: never the key. */
export interface StoredKeyView {
  readonly id: KeyId
  /** `locked`: sealed on disk, but it cannot be opened now. `session`: in memory until quit. */
  readonly state: 'sealed' | 'session' | 'locked'
  /** The last four characters, or null for a key shorter than 16. */
  readonly last4: string | null
  readonly addedMs: number
  /** The user's own name for it; null where the connection's says enough. */
  readonly label: string | null
  /** The first instant at which it is no longer valid, as the user or its provider says. */
  readonly expiresMs: number | null
  /** When it was last lent for a call, to the minute. */
  readonly lastUsedMs: number | null
  /** Months after it was added at which its user wants to be told; null for never. */
  readonly remindMonths: number | null
  /** What its provider said against it when it was last asked with it; null since it was last answered with. */
  readonly refusal: { readonly code: FailureCode; readonly atMs: number } | null
  /** What this key has cost in the current local month. */
  readonly spend: CostView
  /** Null while its provider has not been asked in this run, or does not say. */
  readonly limit: KeyLimitView | null
}

export type KeyView = { readonly state: 'none' } | StoredKeyView

/** What a provider said a key may spend, when it was last asked by hand. */
export interface KeyLimitView extends KeyLimit {
  readonly checkedMs: number
}

/** How asking for the limit of a key went. It costs nothing. */
export type KeyCheckView =
  | { readonly ok: true; readonly key: KeyView }
  | { readonly ok: false; readonly failure: Failure }

export interface ConnectionView {
  readonly id: ConnectionId
  readonly provider: ProviderId
  readonly label: string
  readonly baseUrl: string
  /** The host a key of this connection is sent to, and no other. */
  readonly host: string
  /** The key it uses. */
  readonly key: KeyView
  /** Its other keys, in the order in which they are asked when one is refused, if `failover` is on. */
  readonly spareKeys: readonly StoredKeyView[]
  readonly failover: boolean
}

export interface CostView {
  /** Null while any part is unpriced. */
  readonly pico: string | null
  /** The part that is priced; equal to `pico` when nothing is missing. */
  readonly atLeast: string
  /** Upper bound when the truth is a range. */
  readonly upper: string | null
  readonly costClass: CostClass
  /** Null when not reported. */
  readonly inputTokens: number | null
  readonly outputTokens: number | null
}

/** The key of the last request for an answer. */
export interface AnswerKeyView {
  readonly id: KeyId
  /** Null where its user has given it none, and once it is gone. */
  readonly label: string | null
  /** Why the key before it gave way to it; null when none did. */
  readonly after: FailureCode | null
}

export interface MessageView {
  readonly id: MessageId
  readonly parentId: MessageId | null
  readonly turnId: TurnId
  readonly role: 'user' | 'assistant'
  readonly parts: readonly MessagePart[]
  readonly state: MessageState
  readonly createdMs: number
  readonly provider: ProviderId | null
  readonly connectionId: ConnectionId | null
  readonly model: string | null
  readonly modelName: string | null
  readonly failure: Failure | null
  readonly stopReason: StopReason | null
  /** The cost of every attempt at this answer; null for the user's messages and while it runs. */
  readonly cost: CostView | null
  /** What is doubtful about that figure. */
  readonly usageFlags: readonly UsageFlag[]
  /** It was stopped, and its provider is still writing: the figure comes when that has ended. */
  readonly counting: boolean
  /** What prompt caching has saved on it, net of what writing the cache cost; below zero where that was more. */
  readonly cacheSaved: string | null
  /** A budget left room for no longer answer than this, in tokens; null where no budget was in the way. */
  readonly budgetTokens: number | null
  /** Null for the user's own, and where no key was needed. */
  readonly key: AnswerKeyView | null
  /** How long it thought; null where it did not, or nobody knows. */
  readonly thought: Thought | null
  /** Its other versions: edits of the user's own, other answers to the same question. Null where there is none. */
  readonly branch: Branch | null
}

/** A price of the user's own for one connection; USD per million tokens by kind of token, and per use for fees. */
export interface OwnPriceView {
  readonly id: PriceId
  readonly connectionId: ConnectionId
  readonly model: string
  readonly from: string
  readonly to: string | null
  readonly rates: Rates
  readonly fees: Readonly<Record<string, string>>
  readonly createdMs: number
}

/** What a price of the user's own has settled, or would, of one local calendar month. */
export interface SettledMonthView {
  readonly month: string
  readonly callCount: number
  readonly pico: string
}

/** What a new price has settled of what was booked without one. */
export interface SettledPriceView {
  readonly price: OwnPriceView
  readonly callCount: number
  /** How many of these still lack a price for something else they used. */
  readonly openCount: number
  readonly pico: string
  /** Local calendar months whose sums have changed. */
  readonly months: readonly string[]
  /** What was settled of each of them. Together they are all of it. */
  readonly perMonth: readonly SettledMonthView[]
}

/** Whether the ledger is what was booked, or where it first is not. */
export type LedgerProofView =
  | { readonly ok: true; readonly entries: number; readonly lastHash: string }
  | { readonly ok: false; readonly kind: 'entry'; readonly seq: number; readonly callId: CallId | null }
  | { readonly ok: false; readonly kind: 'end'; readonly seq: number }
  | { readonly ok: false; readonly kind: 'day'; readonly localDay: string }
  | { readonly ok: false; readonly kind: 'month'; readonly month: string }

/** How many sums were not those of a sound ledger, and are now; or why nothing was changed. */
export type RebuiltView =
  | {
      readonly ok: true
      readonly entries: number
      /** How many calls and days, and whether sums of months were among them. */
      readonly mended: { readonly calls: number; readonly days: number; readonly months: boolean }
    }
  | Extract<LedgerProofView, { readonly ok: false }>

/** How far verifying has come, or writing sums anew. */
export interface LedgerProgressView {
  readonly work: 'verify' | 'rebuild'
  /** What is looked at now, and how many of them. */
  readonly of: 'entries' | 'calls' | 'days' | 'months'
  readonly done: number
  readonly total: number
  /** Of all there is to do. */
  readonly permille: number
}

export interface ConversationSummary {
  readonly id: ConversationId
  readonly title: string
  readonly updatedMs: number
  readonly running: boolean
  /** Its content is in memory alone, and gone when Latchkey quits. */
  readonly isPrivate: boolean
}

export interface ConversationView extends ConversationSummary {
  readonly connectionId: ConnectionId | null
  readonly model: string | null
  /** The newest part of the branch that is shown, oldest first. */
  readonly messages: readonly MessageView[]
  /** How many messages of that branch come before the part. */
  readonly older: number
  /** How many of those are the user's. */
  readonly olderQuestions: number
  /** The answer that runs now, with the number of its last event: earlier ones are already in `messages`. */
  readonly runningTurn: RunningTurnView | null
  /** Everything this conversation has cost, earlier versions of answers included. */
  readonly spend: CostView
  /** Whether its prompts are cached, and for how long. */
  readonly caching: CacheChoice
  /** What lies in a provider's cache of it; null when nothing does, or nobody says for how long. */
  readonly cache: CacheView | null
  readonly retention: ConversationRetentionView
}

/** A part of the branch that is shown, with what comes before it. */
export type PathPartView = Pick<ConversationView, 'messages' | 'older' | 'olderQuestions'>

/** An answer that runs now. */
export interface RunningTurnView {
  readonly turnId: TurnId
  readonly messageId: MessageId
  readonly seq: number
  /** Set while nothing is asked, because the last attempt is to be repeated. */
  readonly waiting: WaitingView | null
}

/** A pause before an automatic retry. */
export interface WaitingView {
  readonly untilMs: number
  /** The attempt that comes next, 2 or 3. */
  readonly attempt: number
  readonly failure: Failure
}

/** A prefix of a conversation in a provider's cache. */
export interface CacheView {
  readonly connectionId: ConnectionId
  readonly model: string
  readonly tokens: number
  readonly untilMs: number
}

/** A limit the user has set, and how far it is used. Amounts are decimal strings of pico-dollars. */
export interface BudgetView {
  readonly id: BudgetId
  readonly scope: BudgetScope
  readonly period: BudgetPeriod
  readonly limit: string
  readonly steps: readonly BudgetStep[]
  /** Booked in the current period; of a budget per request or for each conversation, zero here. */
  readonly settled: string
  /** Held for calls that run now. */
  readonly reserved: string
  /** Where settled and reserved together have got to: the severest step passed. `over`: past the limit itself. */
  readonly level: BudgetLevel
  /** It stops nothing until then, null for until it is resumed; null while it holds. */
  readonly pause: { readonly untilMs: number | null } | null
}

export type BudgetLevel = 'fine' | BudgetAction | 'over' | 'paused'

/** What sending would cost. Amounts are null while the model has no price. */
export interface EstimateView {
  /** Tokens of the prompt, about. */
  readonly promptTokens: number
  /** Whether a tokenizer counted, or only the length was looked at. */
  readonly counted: boolean
  /** Cost of prompt and answer, from a short answer to a long one. */
  readonly low: string | null
  readonly high: string | null
  /** With the longest prompt it can be and the longest answer it may give: what budgets hold. */
  readonly most: string | null
  /** How much of the prompt is expected to be read from the cache. */
  readonly cachedTokens: number
  /** Budgets this message would count towards, with their use; those for each conversation with this one's. */
  readonly budgets: readonly BudgetView[]
  /** What it would run into of them; null for nothing. */
  readonly meets: BudgetMetView | null
}

/** What sending would cost on one of the models. */
export interface ModelEstimateView {
  readonly connectionId: ConnectionId
  readonly model: string
  readonly low: string | null
  readonly high: string | null
  /** Tokens now in another model's cache that this one would read anew, and what that costs of the above. */
  readonly rereadTokens: number
  readonly reread: string | null
  /** False when the prompt does not fit into what it can read. */
  readonly fits: boolean
  /** What it would run into of the budgets; null for nothing. */
  readonly meets: BudgetMetView | null
}

export interface ModelView extends ModelInfo {
  /** USD per million tokens as decimal strings, today; null when unpriced. */
  readonly inputPrice: string | null
  readonly outputPrice: string | null
  /** What is doubtful about the price: `high` is sure, null when there is none. */
  readonly priceConfidence: 'high' | 'medium' | 'low' | null
}

/** The models a connection offers. */
export interface ConnectionModelsView {
  readonly connectionId: ConnectionId
  /** When the provider last listed them; null while only the shipped catalogue speaks. */
  readonly checkedMs: number | null
  readonly models: readonly ModelView[]
}

/** How a check of a connection went. It costs nothing. */
export type CheckView =
  | { readonly ok: true; readonly modelCount: number }
  | { readonly ok: false; readonly failure: Failure }

export interface SettingsView {
  readonly theme: 'system' | 'light' | 'dark'
  /** `provider/model`, in the order they were chosen. */
  readonly favouriteModels: readonly string[]
  /** `provider/model`, newest first. */
  readonly recentModels: readonly string[]
  /** What Stop does: ends the request, or lets it run unseen so that its cost is exact. */
  readonly stopMode: 'end' | 'count'
  /** Which calendar budgets go by. */
  readonly budgetDays: 'local' | 'utc'
  /** Whether requests may leave that nobody asked for by hand, by what they are for. */
  readonly background: BackgroundView
  readonly network: NetworkSettingsView
  /** Minutes without a request of the window after which the passphrase is asked for again; 0 for never. */
  readonly lockAfterMinutes: LockAfterMinutes
  /** How long conversations are kept that have no time of their own. */
  readonly retention: Retention
  /** Whether the user has ever said so: it is asked once. */
  readonly retentionAnswered: boolean
  readonly sendKey: SendKey
  readonly askAbove: AskAbove
  readonly loop: LoopSettings
}

/** Dollars an estimate must pass for its message to be asked about. */
export type AskAbove = 'never' | 'usd0.10' | 'usd1' | 'usd5'

/** What sends a message: Enter, or only Enter with Control or Command. */
export type SendKey = 'enter' | 'mod_enter'

export type LockAfterMinutes = 0 | 5 | 15 | 60

export interface BackgroundView {
  /** Titles written by the cheapest model of the connection; paid. */
  readonly titles: boolean
  /** Repeating a request that failed before its answer began; the repeated one is paid. */
  readonly retries: boolean
  /** Asking a provider for its models as soon as a key is entered; free. */
  readonly keyChecks: boolean
  /** Asking OpenRouter what a stopped answer has cost; free. */
  readonly lateCosts: boolean
}

export interface MonthView {
  /** Local calendar month, `2026-11`. */
  readonly month: string
  readonly spend: CostView
  readonly callCount: number
}

export interface AppView {
  /** Started to be tried out: everything in it is invented. */
  readonly demo: boolean
  readonly version: string
  readonly vault: VaultView
  readonly connections: readonly ConnectionView[]
  readonly models: readonly ModelView[]
  readonly connectionModels: readonly ConnectionModelsView[]
  readonly settings: SettingsView
  readonly conversations: readonly ConversationSummary[]
  readonly month: MonthView
  readonly budgets: readonly BudgetView[]
  /** Not to be opened by itself: the page hung or ended the last time it was shown. */
  readonly leftOut: ConversationId | null
  /** What was written and not sent. */
  readonly drafts: readonly DraftView[]
}

/** A text that waits to be sent. */
export interface DraftView {
  /** Null for a conversation that has not begun. */
  readonly conversationId: ConversationId | null
  readonly text: string
}

/** A piece of a running answer, in order of arrival. */
export interface DeltaView {
  readonly type: 'text' | 'reasoning'
  readonly text: string
}
