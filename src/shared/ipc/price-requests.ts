import * as z from 'zod/mini'
import { answering, id, price, unasked } from './inputs'
import type { PriceBookView, PricePreviewView } from './price-views'
import type { OwnPriceView, SettledPriceView } from './views'

/** What may be asked about prices: rows of the contract. */
export const priceRequests = {
  /** Every price with what it has priced, and the calls that have none. */
  'price.book': answering<PriceBookView>().with(z.strictObject({ unasked: unasked() })),
  /** Prices of the user's own, by connection. */
  'price.list': answering<readonly OwnPriceView[]>().with(z.strictObject({ connectionId: id('connection') })),
  /** What `price.set` would do with the same input. Writes nothing. */
  'price.preview': answering<PricePreviewView>().with(
    z.strictObject({ connectionId: id('connection'), price: price() }),
  ),
  /** Takes the place of another one for its days, and settles what was booked without a price. */
  'price.set': answering<SettledPriceView>().with(z.strictObject({ connectionId: id('connection'), price: price() })),
  'price.remove': answering<null>().with(z.strictObject({ priceId: id('price') })),
} as const
