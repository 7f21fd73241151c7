import type { MessageState } from '../../core/conversation'
import type { FailureCode } from '../../core/failure'
import type { CallId, KeyId, MessageId } from '../../core/ids'
import type { PricedLine } from '../../core/pricing'
import type { ProviderId } from '../../core/provider'
import type { StopReason } from '../../core/stream-part'
import type { UsageFlag } from '../../core/usage'
import type { CostView } from './views'

// What the details of an answer show, as in views.ts. Null is always unknown, and never zero.

/** How an answer came about, and what every attempt at it has cost. */
export interface MessageDetailsView {
  readonly messageId: MessageId
  readonly state: MessageState
  readonly stopReason: StopReason | null
  /** A budget left room for no longer answer than this, in tokens; null where no budget was in the way. */
  readonly budgetTokens: number | null
  readonly createdMs: number
  readonly provider: ProviderId | null
  /** The model asked for, and what it is called. */
  readonly model: string | null
  readonly modelName: string | null
  /** Of all attempts together; null while one runs. */
  readonly cost: CostView | null
  readonly cacheSaved: string | null
  readonly usageFlags: readonly UsageFlag[]
  /** Every request that left for it, oldest first. */
  readonly attempts: readonly AttemptView[]
}

/** One request for an answer. */
export interface AttemptView {
  readonly callId: CallId
  readonly state: 'in_flight' | 'done' | 'stopped' | 'failed' | 'cut_off' | 'interrupted'
  /** A repetition nobody asked for by hand. */
  readonly automatic: boolean
  readonly provider: ProviderId
  /** As it was called when the request left. */
  readonly connectionLabel: string
  /** Null where none was needed. */
  readonly key: AttemptKeyView | null
  readonly modelAsked: string
  /** As the response names it. */
  readonly modelAnswered: string | null
  readonly startedMs: number
  readonly firstByteMs: number | null
  readonly endedMs: number | null
  /** Output tokens between the first byte and the end, thinking included; null where that would be a guess. */
  readonly tokensPerSecond: number | null
  readonly responseId: string | null
  readonly requestId: string | null
  readonly failure: { readonly code: FailureCode; readonly status: number | null } | null
  /** Null while it runs. */
  readonly cost: CostView | null
  readonly cacheSaved: string | null
  readonly usageFlags: readonly UsageFlag[]
  /** Part of the output, for information. */
  readonly thinkingTokens: number | null
  /** What was used, by kind; what adds up to the cost. */
  readonly lines: readonly DetailLineView[]
  /** Where the unit prices of these lines were read, each row once. */
  readonly prices: readonly PriceSourceView[]
  /** What the provider reported, as JSON; cut off where it is very long. */
  readonly report: string | null
}

/** The key a request went with. */
export interface AttemptKeyView {
  readonly id: KeyId
  /** Null where its user has given it none, and once it is gone. */
  readonly label: string | null
  readonly last4: string | null
  readonly gone: boolean
  /** Why the key of the attempt before gave way to it; null when none did. */
  readonly after: FailureCode | null
}

/** A line of the ledger with every later word on it. */
export interface DetailLineView {
  readonly role: PricedLine['role']
  readonly model: string
  readonly bucket: PricedLine['bucket']
  readonly units: number
  /** USD per million tokens, or per use of a fee. */
  readonly unitPrice: string | null
  readonly multiplier: string
  readonly priceId: string | null
  /** In pico-dollars; null when no price is known, or when an amount the provider states carries the money. */
  readonly pico: string | null
  readonly upper: string | null
  readonly costClass: PricedLine['costClass']
  /** Why it is not what was booked first. */
  readonly corrected: 'price_override' | 'generation' | 'duplicate' | null
}

/** The price row a line was priced by. */
export interface PriceSourceView {
  readonly id: string
  /** `unknown`: a row that this version does not ship any more. */
  readonly kind: 'shipped' | 'own' | 'local' | 'unknown'
  /** From when on it counts, an instant in UTC; null when the row is unknown. */
  readonly from: string | null
  readonly confidence: 'high' | 'medium' | 'low' | null
  /** Where its figures were read, and the day each was. */
  readonly sources: readonly { readonly source: string; readonly checked: string }[]
}
