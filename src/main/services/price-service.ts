import { parseDecimal, scaleToInteger } from '../../core/decimal'
import type { CallId, ConnectionId, PriceId } from '../../core/ids'
import { PICO_PLACES } from '../../core/money'
import { createPriceBook, layered, type PriceBook, type PriceRow } from '../../core/price-book'
import { PriceError, readPriceRows } from '../../core/price-file'
import { monthOf } from '../../core/period'
import type { Result } from '../../shared/ipc/transport'
import type { OwnPriceView, SettledPriceView } from '../../shared/ipc/views'
import type { Catalog } from '../catalog/catalog'
import type { Clock, NewId } from '../ports'
import type { Connection } from '../storage/connections'
import type { OpenLine } from '../storage/ledger'
import type { PriceOverride } from '../storage/price-overrides'
import type { Storage } from '../storage/storage'
import { FOREIGN, REGIONAL } from './host-price'
import { done, refused } from './result'
import { settlingLines } from './settle-unpriced'

/** USD per million tokens, and per use. More would be a slip of the hand, and one line of it would not fit the ledger. */
const MOST_RATE = 1_000n
const MOST_FEE = 100n

/** A price as it is given: a row of the book without the parts that only the shipped ones need. */
export type GivenPrice = Readonly<Record<string, unknown>> & { readonly model: string }

interface Needs {
  readonly storage: Storage
  readonly catalog: Catalog
  readonly clock: Clock
  readonly newId: NewId
  /** Tells the window that prices and sums are not what they were. */
  readonly changed: () => void
}

/** Prices: the shipped book, and before it what the user knows better for a connection. */
export function createPriceService({ storage, catalog, clock, newId, changed }: Needs) {
  const books = new Map<ConnectionId, PriceBook>()

  /** What counts for the calls of a connection. */
  const bookFor = (id: ConnectionId): PriceBook => {
    const kept = books.get(id)
    if (kept !== undefined) return kept
    const own = createPriceBook(storage.priceOverrides.ofConnection(id).map(({ price }) => price))
    const book = layered(own, catalog.prices)
    books.set(id, book)
    return book
  }

  /** Books what open lines of a connection come to under its prices; in one transaction with the price itself. */
  const settle = (id: ConnectionId, model: string): Omit<SettledPriceView, 'price'> => {
    const open = Map.groupBy(storage.ledger.openOfConnection(id), (line) => line.callId)
    const months = new Set<string>()
    let pico = 0n
    let callCount = 0
    let openCount = 0
    for (const [callId, lines] of open) {
      const settled = settleCall(callId, lines, model)
      if (settled === null) continue
      pico += settled.pico
      callCount += 1
      if (storage.spend.ofCall(callId).pico === null) openCount += 1
      months.add(settled.month)
    }
    return { callCount, openCount, pico: pico.toString(), months: [...months].toSorted() }
  }

  const settleCall = (callId: CallId, lines: readonly OpenLine[], model: string) => {
    const call = storage.calls.get(callId)
    if (call === undefined || !lines.some((line) => line.model === model)) return null
    const usage = storage.calls.progressOf(callId)?.usage ?? null
    const corrections = settlingLines(call, usage, lines, bookFor(call.connectionId))
    if (corrections.length === 0) return null
    storage.ledger.correct(call, corrections, clock.now())
    const pico = corrections.reduce((sum, { line }) => sum + (line.pico ?? 0n), 0n)
    return { pico, month: monthOf(call.localDay) }
  }

  /** An older price keeps the days a newer one says nothing about. */
  const makeRoom = (other: PriceOverride, price: PriceRow): void => {
    if (!overlap(other.price, price)) return
    storage.priceOverrides.remove(other.id, clock.now())
    for (const rest of remaindersOf(other.price, price)) {
      const id = newId('price')
      storage.priceOverrides.add({ ...other, id, price: { ...rest, id: `own/${id}` } })
    }
  }

  return {
    bookFor,

    list({ connectionId }: { connectionId: ConnectionId }): Result<readonly OwnPriceView[]> {
      if (storage.connections.get(connectionId) === undefined) return refused('not_found', 'connectionId')
      return done(storage.priceOverrides.ofConnection(connectionId).map(view))
    },

    /**
     * A price of the user's own. It takes the place of another one for its days, and settles what was booked without a
     * price; what had one keeps it, for history is never re-priced.
     */
    set(input: { connectionId: ConnectionId; price: GivenPrice }): Result<SettledPriceView> {
      const connection = storage.connections.get(input.connectionId)
      if (connection === undefined) return refused('not_found', 'connectionId')
      const id = newId('price')
      const price = readOwn(connection, id, input.price)
      if (price === null) return refused('price_invalid', 'price')
      const override: PriceOverride = { id, connectionId: connection.id, price, createdMs: clock.now() }
      books.delete(connection.id)
      try {
        const settled = storage.transaction(() => {
          for (const other of storage.priceOverrides.ofConnection(connection.id)) makeRoom(other, price)
          storage.priceOverrides.add(override)
          return settle(connection.id, price.model)
        })
        changed()
        return done({ price: view(override), ...settled })
      } catch (error) {
        // The book made in between knows a price that was not kept after all.
        books.delete(connection.id)
        throw error
      }
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

function readOwn({ provider }: Connection, id: PriceId, given: GivenPrice): PriceRow | null {
  try {
    const [row] = readPriceRows([{ ...given, id: `own/${id}`, provider }])
    if (row === undefined || Object.keys(row.rates).length === 0 || !sane(row)) return null
    // It is the price of this very host, so the host changes nothing about it.
    return { ...row, multipliers: { [REGIONAL]: '1', [FOREIGN]: '1', ...row.multipliers } }
  } catch (error) {
    if (error instanceof PriceError) return null
    throw error
  }
}

function sane({ rates, tiers, peaks, fees }: PriceRow): boolean {
  const all = [rates, ...tiers.map((tier) => tier.rates), ...peaks.map((peak) => peak.rates)].flatMap(Object.values)
  return (
    all.every((rate: string) => within(rate, MOST_RATE)) && Object.values(fees).every((fee) => within(fee, MOST_FEE))
  )
}

function within(amount: string, most: bigint): boolean {
  return scaleToInteger(parseDecimal(amount), PICO_PLACES) <= most * 10n ** BigInt(PICO_PLACES)
}

/** What is left of a row before and after another one. */
function remaindersOf(row: PriceRow, { from, to }: PriceRow): PriceRow[] {
  return [
    ...(row.from < from ? [{ ...row, to: from }] : []),
    ...(to !== null && (row.to === null || to < row.to) ? [{ ...row, from: to }] : []),
  ]
}

function overlap(a: PriceRow, b: PriceRow): boolean {
  try {
    createPriceBook([a, b])
    return false
  } catch {
    return true
  }
}

function view({ id, connectionId, price, createdMs }: PriceOverride): OwnPriceView {
  const { model, from, to, rates, fees } = price
  return { id, connectionId, model, from, to, rates, fees, createdMs }
}
