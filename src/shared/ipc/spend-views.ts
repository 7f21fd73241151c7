import type { CallId, ConnectionId, ConversationId } from '../../core/ids'
import type { ProviderId } from '../../core/provider'
import type { UsageFlag } from '../../core/usage'
import type { CostView, MonthView } from './views'

// What the Spend page is shown, as in views.ts.

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
  /** A repetition nobody asked for by hand. */
  readonly automatic: boolean
  /** Of a private conversation. */
  readonly isPrivate: boolean
  readonly cacheSaved: string | null
}

export interface SpendView extends MonthView {
  /** Newest first, at most 200. */
  readonly calls: readonly CallView[]
  /** By local day and provider, oldest first; `key` is the day. */
  readonly byDay: readonly SpendGroupView[]
  /** Most expensive first. */
  readonly byModel: readonly SpendGroupView[]
  readonly byProvider: readonly SpendGroupView[]
  /** What left in the background, by what it was for: `key` is a purpose, or `retry`. Part of the above, not beside it. */
  readonly background: readonly SpendGroupView[]
  /** What prompt caching has saved this month, net; null when no call of the month says. */
  readonly cacheSaved: string | null
}
