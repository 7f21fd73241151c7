import { setImmediate as turn } from 'node:timers/promises'
import { makeId, type ConnectionId, type PriceId } from '../../core/ids'
import { createPriceBook, layered, type PriceBook, type PriceRow } from '../../core/price-book'
import type { Result } from '../../shared/ipc/transport'
import type { PricePreviewView } from '../../shared/ipc/price-views'
import type { OwnPriceView, SettledPriceView } from '../../shared/ipc/views'
import type { Catalog } from '../catalog/catalog'
import type { Clock, NewId } from '../ports'
import type { PriceOverride } from '../storage/price-overrides'
import type { Storage } from '../storage/storage'
import { priceAtHost, REGIONAL } from './host-price'
import { givenFactors, ownPriceView, readOwn, type GivenPrice } from './own-price'
import { fits, nearestInstant, planPrice, settledBy, settledSums, settledView, type PricePlan } from './price-plan'
import { done, refused } from './result'

/** Calls a preview looks at before it lets others have their turn. */
const CALLS_AT_ONCE = 200
/** Calls a preview names. */
const MOST_NAMED = 50

interface Needs {
  readonly storage: Storage
  readonly catalog: Catalog
  readonly clock: Clock
  readonly newId: NewId
  /** Tells the window that prices and sums are not what they were. */
  readonly changed: () => void
}

interface Given {
  readonly connectionId: ConnectionId
  readonly price: GivenPrice
}

/** Prices: the shipped book, and before it what the user knows better for a connection. */
export function createPriceService({ storage, catalog, clock, newId, changed }: Needs) {
  const books = new Map<ConnectionId, PriceBook>()
  /** How many were asked for: a newer one ends the work of those before it. */
  let previews = 0

  /** What counts for the calls of a connection. */
  const bookFor = (id: ConnectionId): PriceBook => {
    const kept = books.get(id)
    if (kept !== undefined) return kept
    const own = createPriceBook(storage.priceOverrides.ofConnection(id).map(({ price }) => price))
    const book = layered(own, catalog.prices)
    books.set(id, book)
    return book
  }

  /** What setting a price comes down to, with the ids it is given. */
  const planOf = (input: Given, ids: NewId): Result<PricePlan> => {
    const connection = storage.connections.get(input.connectionId)
    if (connection === undefined) return refused('not_found', 'connectionId')
    const id = ids('price')
    const price = readOwn(connection, id, input.price)
    if (price === null) return refused('price_invalid', 'price')
    const override: PriceOverride = { id, connectionId: connection.id, price, createdMs: clock.now() }
    return done(planPrice({ storage, catalog }, override, ids))
  }

  /** What counts at a connection now, or at the instant nearest to now that the new price counts at. */
  const comparedBy = ({ override }: PricePlan): Pick<PricePreviewView, 'at' | 'before' | 'after'> => {
    const { price, connectionId } = override
    const { provider, model } = price
    const atMs = nearestInstant(price, clock.now())
    const connection = storage.connections.get(connectionId)
    const owns = createPriceBook(storage.priceOverrides.ofConnection(connectionId).map((other) => other.price))
    const own = owns.find(provider, model, atMs)
    const listed = catalog.prices.find(provider, model, atMs)
    const counts = own ?? (listed && connection && priceAtHost(listed, connection)) ?? null
    const before = counts === null ? null : { ...figuresOf(counts), isOwn: own !== undefined }
    const after = figuresOf(price)
    // Where what counts has a factor for regions, saying nothing of it would read as having no price for them.
    const region = before?.multipliers[REGIONAL] === undefined ? undefined : price.multipliers[REGIONAL]
    const multipliers = region === undefined ? after.multipliers : { ...after.multipliers, [REGIONAL]: region }
    return { at: new Date(atMs).toISOString(), before, after: { ...after, multipliers } }
  }

  return {
    bookFor,

    list({ connectionId }: { connectionId: ConnectionId }): Result<readonly OwnPriceView[]> {
      if (storage.connections.get(connectionId) === undefined) return refused('not_found', 'connectionId')
      return done(storage.priceOverrides.ofConnection(connectionId).map(ownPriceView))
    },

    /** What `set` would do with the same input, as things are now. It only reads. */
    async preview(input: Given): Promise<Result<PricePreviewView>> {
      const plan = planOf(input, (kind) => makeId(kind, '0'.repeat(32)))
      if (!plan.ok) return plan
      previews += 1
      const mine = previews
      const sums = settledSums()
      const newest: PricePreviewView['calls'][number][] = []
      let looked = 0
      for (const each of settledBy({ storage, catalog }, plan.value)) {
        if (each !== null) {
          if (!fits(each)) return refused('price_invalid', 'price')
          sums.add(each)
          const { id, startedMs, localDay } = each.call
          newest.push({ id, startedMs, localDay, pico: each.pico.toString(), isOpen: each.isOpen })
          if (newest.length > MOST_NAMED) newest.shift()
        }
        looked += 1
        if (looked % CALLS_AT_ONCE !== 0) continue
        await turn()
        if (!storage.isOpen()) return refused('shutting_down')
        // Somebody has typed on: what this one comes to nobody waits for.
        if (mine !== previews) return refused('cancelled')
      }
      return done({
        ...comparedBy(plan.value),
        replaces: plan.value.removed.map(ownPriceView),
        ...sums.view(),
        calls: newest.toReversed(),
      })
    },

    /**
     * A price of the user's own. It takes the place of another one for its days, and settles what was booked without a
     * price; what had one keeps it, for history is never re-priced.
     */
    set(input: Given): Result<SettledPriceView> {
      const plan = planOf(input, newId)
      if (!plan.ok) return plan
      const { override, removed, added } = plan.value
      const now = clock.now()
      const settled = storage.transaction(() => {
        const calls = [...settledBy({ storage, catalog }, plan.value)].filter((each) => each !== null)
        // One line of it would not fit the ledger.
        if (!calls.every(fits)) return null
        for (const other of removed) storage.priceOverrides.remove(other.id, now)
        for (const each of added) storage.priceOverrides.add(each)
        for (const { call, corrections } of calls) storage.ledger.correct(call, corrections, now)
        return calls
      })
      if (settled === null) return refused('price_invalid', 'price')
      books.delete(override.connectionId)
      changed()
      return done({ price: ownPriceView(override), ...settledView(settled) })
    },

    /** From now on the shipped price counts again; what this one settled stays settled. */
    remove({ priceId }: { priceId: PriceId }): Result<null> {
      const override = storage.priceOverrides.get(priceId)
      if (override === undefined) return refused('not_found', 'priceId')
      storage.priceOverrides.remove(priceId, clock.now())
      books.delete(override.connectionId)
      changed()
      return done(null)
    },
  }
}

/** What can be asked of it. */
export type PriceService = ReturnType<typeof createPriceService>

function figuresOf(row: PriceRow): PricePreviewView['after'] {
  const { rates, tiers, peaks, fees } = row
  return { rates, tiers, peaks, multipliers: givenFactors(row), fees }
}
