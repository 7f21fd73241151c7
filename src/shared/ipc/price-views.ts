import type { CallId, ConnectionId, PriceId } from '../../core/ids'
import type { PriceFigures } from '../../core/price-changes'
import type { PriceRow } from '../../core/price-book'
import type { ProviderId } from '../../core/provider'
import type { OwnPriceView, SettledMonthView, SettledPriceView } from './views'

// What the Prices page is shown, as in views.ts.

/** What makes a row a price of the user's own. */
export interface OwnRowView {
  readonly priceId: PriceId
  readonly connectionId: ConnectionId
  readonly createdMs: number
  /** Since when it counts no more; null while it does. */
  readonly removedMs: number | null
  /** The row that would count without it; null where there is none. */
  readonly insteadOf: string | null
  /** The months whose sums it has changed by settling calls. */
  readonly settled: readonly SettledMonthView[]
}

/** A price of one model for one stretch of time. Amounts are decimal dollars: per million tokens, and per use for fees. */
export interface PriceRowView extends PriceRow {
  readonly modelName: string
  /** Null for a row of the book. */
  readonly own: OwnRowView | null
  /** Connections that offer a model it prices, now or later. */
  readonly usedBy: readonly ConnectionId[]
  /** Calls it has priced, and the local days of the first and the last. */
  readonly callCount: number
  readonly firstDay: string | null
  readonly lastDay: string | null
}

/** Calls of one connection that lack a price for one model. */
export interface UnpricedView {
  readonly connectionId: ConnectionId
  readonly connectionLabel: string
  readonly provider: ProviderId
  /** The model a price is missing for, which may have answered under another name than it was asked by. */
  readonly model: string
  readonly modelName: string
  /** The one model that was asked for; null where there were several. */
  readonly requested: string | null
  /**
   * Whether a price of the user's own can settle them: their connection is there, the provider asked bills them, and some of
   * what they used was counted.
   */
  readonly canSet: boolean
  readonly isUpstream: boolean
  readonly callCount: number
  readonly inputTokens: number
  readonly outputTokens: number
  /** What has no price: kinds of token, `fee:` with its kind, `provider_cost`. */
  readonly kinds: readonly string[]
  /** The UTC day of the first, which is what prices begin with. */
  readonly since: string
  /** Local days. */
  readonly firstDay: string
  readonly lastDay: string
}

/** Every price, and what has none. */
export interface PriceBookView {
  /** When it was asked for: what counts now, and what will. */
  readonly atMs: number
  readonly rows: readonly PriceRowView[]
  readonly unpriced: readonly UnpricedView[]
}

/** A call that would be settled. */
export interface SettledCallView {
  readonly id: CallId
  readonly startedMs: number
  readonly localDay: string
  readonly pico: string
  /** Something it used would still lack a price. */
  readonly isOpen: boolean
}

/** What setting a price of the user's own would do. Nothing of it is done. */
export interface PricePreviewView extends Omit<SettledPriceView, 'price'> {
  /** The instant both prices are compared at: now, or the nearest one the new price counts at. */
  readonly at: string
  /** What counts at this connection until then; null where no price is known. */
  readonly before: (PriceFigures & { readonly isOwn: boolean }) | null
  readonly after: PriceFigures
  /** Own prices it takes days from. */
  readonly replaces: readonly OwnPriceView[]
  /** The newest of those that would be settled, 50 at most. */
  readonly calls: readonly SettledCallView[]
}
