import type { MessagePart, MessageState } from '../../core/conversation'
import type { Failure } from '../../core/failure'
import type { CallId, ConnectionId, ConversationId, MessageId, PriceId, TurnId } from '../../core/ids'
import type { ModelInfo } from '../../core/model'
import type { Rates } from '../../core/price-book'
import type { ProviderId } from '../../core/provider'
import type { CostClass } from '../../core/pricing'
import type { StopReason } from '../../core/stream-part'
import type { UsageFlag } from '../../core/usage'

// What the window is shown. Money is a decimal string of pico-dollars, times are epoch milliseconds. No key is ever here.

/** How keys are kept on this machine. */
export interface VaultView {
  /**
   * `keychain`: sealed on disk under a data key the operating system's keychain wraps. `session`: the system offers no
   * keychain, so keys live in memory until quit. `unavailable`: the keychain exists but cannot be reached now.
   * `damaged`: the file of sealed keys cannot be read and is left as it is.
   */
  readonly protection: 'keychain' | 'session' | 'unavailable' | 'damaged'
  /** The keychain by the name its users know, such as "macOS Keychain". */
  readonly keychain: string
}

/** What may be known of a stored key: never the key. */
export type KeyView =
  | { readonly state: 'none' }
  | {
      /** `locked`: sealed on disk, but it cannot be opened now. `session`: in memory until quit. */
      readonly state: 'sealed' | 'session' | 'locked'
      /** The last four characters, or null for a key shorter than 16. */
      readonly last4: string | null
      readonly addedMs: number
    }

export interface ConnectionView {
  readonly id: ConnectionId
  readonly provider: ProviderId
  readonly label: string
  readonly baseUrl: string
  /** The host a key of this connection is sent to, and no other. */
  readonly host: string
  readonly key: KeyView
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

/** What a new price has settled of what was booked without one. */
export interface SettledPriceView {
  readonly price: OwnPriceView
  readonly callCount: number
  /** How many of these still lack a price for something else they used. */
  readonly openCount: number
  readonly pico: string
  /** Local calendar months whose sums have changed. */
  readonly months: readonly string[]
}

/** Whether the ledger is what was booked, or where it first is not. */
export type LedgerProofView =
  | { readonly ok: true; readonly entries: number; readonly lastHash: string }
  | { readonly ok: false; readonly kind: 'entry'; readonly seq: number; readonly callId: CallId | null }
  | { readonly ok: false; readonly kind: 'end'; readonly seq: number }
  | { readonly ok: false; readonly kind: 'day'; readonly localDay: string }

export interface ConversationSummary {
  readonly id: ConversationId
  readonly title: string
  readonly updatedMs: number
  readonly running: boolean
}

export interface ConversationView extends ConversationSummary {
  readonly connectionId: ConnectionId | null
  readonly model: string | null
  /** The branch that is shown, oldest first. */
  readonly messages: readonly MessageView[]
  /** The answer that runs now, with the number of its last event: earlier ones are already in `messages`. */
  readonly runningTurn: { readonly turnId: TurnId; readonly messageId: MessageId; readonly seq: number } | null
  /** Everything this conversation has cost, earlier versions of answers included. */
  readonly spend: CostView
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
}

/** A part of the month's spend. */
export interface SpendGroupView {
  /** A day, a model's id or a provider's id. */
  readonly key: string
  readonly name: string
  readonly provider: ProviderId | null
  readonly spend: CostView
  readonly callCount: number
}

export interface CallView {
  readonly id: CallId
  readonly conversationId: ConversationId | null
  /** Null once the conversation is gone; the spend stays. */
  readonly conversationTitle: string | null
  readonly provider: ProviderId
  readonly connectionId: ConnectionId
  readonly connectionLabel: string
  readonly purpose: 'answer' | 'title' | 'summary' | 'key_check' | 'estimate'
  /** The model as it was asked for. */
  readonly modelId: string
  /** The model a price is missing for, which may have answered under another name; null when none is missing. */
  readonly unpricedModel: string | null
  readonly model: string
  readonly startedMs: number
  readonly state: 'in_flight' | 'done' | 'stopped' | 'failed' | 'cut_off' | 'interrupted'
  readonly cost: CostView
  /** What is doubtful about that figure. */
  readonly usageFlags: readonly UsageFlag[]
}

export interface MonthView {
  /** Local calendar month, `2026-11`. */
  readonly month: string
  readonly spend: CostView
  readonly callCount: number
}

export interface SpendView extends MonthView {
  /** Newest first, at most 200. */
  readonly calls: readonly CallView[]
  /** By local day and provider, oldest first; `key` is the day. */
  readonly byDay: readonly SpendGroupView[]
  /** Most expensive first. */
  readonly byModel: readonly SpendGroupView[]
  readonly byProvider: readonly SpendGroupView[]
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
}

/** A piece of a running answer, in order of arrival. */
export interface DeltaView {
  readonly type: 'text' | 'reasoning'
  readonly text: string
}
