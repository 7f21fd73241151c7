import type { FailureCode } from '../../core/failure'
import type { CallId, ConnectionId, ConversationId, KeyId, MessageId } from '../../core/ids'
import type { CostClass } from '../../core/pricing'
import type { ProviderId } from '../../core/provider'
import type { SpendQuery, TimeStep } from '../../core/spend-query'
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

/** Calls that belong together in a report. */
export interface SpendPartView {
  /**
   * A local day; the Monday of a week; a month, `2026-11`; a provider; a model as it was asked for; a key or `none`; a
   * conversation, `private` for all private ones, or `none`; a purpose. As a filter it finds these very calls.
   */
  readonly key: string
  /** What it is called here. Null for a conversation that is deleted or private, and for what goes by its key alone. */
  readonly name: string | null
  /** Null where several were asked. */
  readonly provider: ProviderId | null
  readonly spend: CostView
  readonly callCount: number
  /** Answers that were asked for by hand among them. */
  readonly messages: number
  readonly lastMs: number
}

/** The calls of one class: every call is of that of its most doubtful line. */
export interface SpendClassView {
  readonly costClass: CostClass
  readonly callCount: number
  readonly spend: CostView
  /** By how much more it may have been; null where nobody can say. */
  readonly atStake: string | null
}

/** How many calls there were, and what they come to. */
export interface SpendCountView {
  readonly callCount: number
  readonly spend: CostView
}

/** A step of the time axis at one provider. */
export interface SpendStepView {
  /** A local day; the Monday of a week, which may lie before the range; a month, `2026-11`. */
  readonly key: string
  readonly provider: ProviderId
  readonly spend: CostView
  readonly callCount: number
}

/** What the calls of a range have cost, whole and in parts. All of it is of one moment. */
export interface SpendReportView {
  readonly query: SpendQuery
  readonly total: CostView
  readonly callCount: number
  /** Answers that were asked for by hand: what the cost of a message is a mean over. */
  readonly messages: number
  /** Calls under way, of whose cost nothing is booked yet. */
  readonly inFlight: number
  /** From the most doubtful on; only those there are. Together they are the total. */
  readonly classes: readonly SpendClassView[]
  /** At most 500: dearest first, and in order of time where they are steps of it. With `more` they are the total. */
  readonly groups: readonly SpendPartView[]
  /** What was left out; null when nothing was. */
  readonly more: (SpendCountView & { readonly groupCount: number }) | null
  /** By which steps the axis goes. */
  readonly step: TimeStep
  /** In order of time, steps without a call left out. Together they are the total. */
  readonly series: readonly SpendStepView[]
  /** By what it was for, everything but answers asked for by hand; `key` is a purpose. Part of the total. */
  readonly background: readonly SpendPartView[]
  /** By how they ended: part of the total. */
  readonly failed: SpendCountView
  readonly stopped: SpendCountView
  /** What prompt caching has saved, net; null when no call says. */
  readonly cacheSaved: string | null
}

/** How the current month goes. */
export interface ForecastView {
  /** Local calendar month, `2026-11`. */
  readonly month: string
  readonly today: string
  readonly lastDay: string
  /** Whole days after today. */
  readonly daysLeft: number
  readonly spent: CostView
  /** Between what it will probably end; null until the third day of the month and of use. */
  readonly range: { readonly least: string; readonly most: string } | null
  /** What the range leaves out: calls of this month without a price, and those that are not booked yet. */
  readonly unpricedCalls: number
  readonly inFlight: number
}

/** Some calls. */
export interface CallsView {
  /** Newest first, by local day and within one in the order they were made. At most 100. */
  readonly calls: readonly CallView[]
  /** The call to go on before; null at the end. */
  readonly next: CallId | null
}

/** What the Spend page shows of a range. All of it is of one moment. */
export interface SpendPageView extends CallsView {
  readonly report: SpendReportView
  /** At most 500, dearest first. */
  readonly providers: readonly SpendPartView[]
  readonly conversations: readonly SpendPartView[]
  /** Of the current month, whatever the range is. */
  readonly forecast: ForecastView
}

/** The price a line was reckoned by. */
export interface LinePriceView {
  readonly id: string
  /** Where it was read; empty for the user's own. */
  readonly source: string
  /** The day it was read; null where nobody says. */
  readonly checked: string | null
  readonly validFrom: string
  readonly confidence: 'high' | 'medium' | 'low'
  readonly own: boolean
}

/** A line of the ledger as it was booked. */
export interface LedgerLineView {
  readonly seq: number
  readonly role: string
  readonly model: string
  /** A token bucket, `fee:` with its kind, or `provider_cost`. */
  readonly bucket: string
  readonly units: number
  /** USD per million tokens, or per unit of a fee; null where none counts. */
  readonly unitPrice: string | null
  readonly multiplier: string
  readonly pico: string | null
  readonly upper: string | null
  readonly costClass: CostClass
  readonly price: LinePriceView | null
  /** The line this one corrects, and why. */
  readonly corrects: number | null
  readonly reason: 'price_override' | 'generation' | 'duplicate' | null
  readonly bookedMs: number
}

/** One call with everything that is booked of it. */
export interface CallDetailView extends CallView {
  readonly keyId: KeyId | null
  /** Null where its user has given it none, and once it is gone. */
  readonly keyLabel: string | null
  readonly modelAnswered: string | null
  readonly localDay: string
  readonly utcDay: string
  /** Local minus UTC when it left. */
  readonly utcOffsetMinutes: number
  readonly firstByteMs: number | null
  readonly endedMs: number | null
  readonly responseId: string | null
  readonly failureCode: FailureCode | null
  /** In the order they were booked. Together they are the cost. */
  readonly lines: readonly LedgerLineView[]
  /** What the provider reported, word for word; null where it did not, and of private conversations. */
  readonly usageText: string | null
  /** Where its answer stands; null once that is gone. */
  readonly message: { readonly conversationId: ConversationId; readonly messageId: MessageId } | null
  /** All attempts at the same answer in order, this one included; alone where it was for none. */
  readonly attempts: readonly CallView[]
}

/** A piece of a file. The pieces one after the other are the file. */
export interface SpendExportView {
  readonly text: string
  /** Rows in this piece. */
  readonly rowCount: number
  /** To be asked for the next piece with; null with the last. */
  readonly next: CallId | null
}

/** A file is there, whole. */
export interface SavedView {
  readonly rowCount: number
}
