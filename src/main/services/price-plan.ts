import { monthOf } from '../../core/period'
import { createPriceBook, layered, type PriceBook, type PriceRow } from '../../core/price-book'
import type { SettledPriceView } from '../../shared/ipc/views'
import type { Catalog } from '../catalog/catalog'
import type { NewId } from '../ports'
import type { CallRow } from '../storage/calls'
import type { Correction, OpenLine } from '../storage/ledger'
import type { PriceOverride } from '../storage/price-overrides'
import type { Storage } from '../storage/storage'
import { leftOf } from './own-price'
import { settlingLines } from './settle-unpriced'

// What a price of the user's own will do is worked out here, once, for whoever only looks and for whoever does it.

/** Dollars a line of the ledger can hold, in pico: `0001-ground` has it, too. */
const MOST_LINE = 10n ** 16n

interface Needs {
  readonly storage: Storage
  readonly catalog: Catalog
}

/** Which prices of a connection go and which come when one is set. */
export interface PricePlan {
  readonly override: PriceOverride
  /** Those it takes days from. */
  readonly removed: readonly PriceOverride[]
  /** The new one, and what is left of the others. */
  readonly added: readonly PriceOverride[]
  /** What counts for the connection then. */
  readonly book: PriceBook
}

/** A newer price takes its days; an older one keeps those it says nothing about. */
export function planPrice({ storage, catalog }: Needs, override: PriceOverride, newId: NewId): PricePlan {
  const before = storage.priceOverrides.ofConnection(override.connectionId)
  const pieces = before.map((other) => [other, leftOf(other, override.price)] as const)
  const kept = pieces.flatMap(([other, left]) => (left === null ? [other] : []))
  const added = pieces.flatMap(([other, left]) =>
    (left ?? []).map((rest): PriceOverride => {
      const id = newId('price')
      return { ...other, id, price: { ...rest, id: `own/${id}` } }
    }),
  )
  added.push(override)
  const own = createPriceBook([...kept, ...added].map(({ price }) => price))
  const removed = pieces.flatMap(([other, left]) => (left === null ? [] : [other]))
  return { override, removed, added, book: layered(own, catalog.prices) }
}

/** A call that has open lines a book knows a price for. */
export interface SettledCall {
  readonly call: CallRow
  readonly corrections: readonly Correction[]
  readonly pico: bigint
  /** A line of it still has no price. */
  readonly isOpen: boolean
}

/** The calls a plan settles, oldest first, one by one; null for each that it leaves as it is. */
export function* settledBy({ storage }: Needs, { override, book }: PricePlan): Generator<SettledCall | null> {
  const open = Map.groupBy(storage.ledger.openOfConnection(override.connectionId), (line) => line.callId)
  for (const lines of open.values()) yield settledCall(storage, lines, override.price.model, book)
}

function settledCall(storage: Storage, lines: readonly OpenLine[], model: string, book: PriceBook): SettledCall | null {
  const [first] = lines
  const call = first === undefined ? undefined : storage.calls.get(first.callId)
  if (call === undefined || !lines.some((line) => line.model === model)) return null
  const usage = storage.calls.progressOf(call.id)?.usage ?? null
  const corrections = settlingLines(call, usage, lines, book)
  if (corrections.length === 0) return null
  const pico = corrections.reduce((sum, { line }) => sum + (line.pico ?? 0n), 0n)
  return { call, corrections, pico, isOpen: corrections.length < lines.length }
}

/** Whether every line of it can be booked. */
export function fits({ corrections }: SettledCall): boolean {
  return corrections.every(({ line }) => (line.pico ?? 0n) <= MOST_LINE && (line.picoUpper ?? 0n) <= MOST_LINE)
}

/** What was settled, added up. */
export function settledView(calls: readonly SettledCall[]): Omit<SettledPriceView, 'price'> {
  const sums = settledSums()
  for (const each of calls) sums.add(each)
  return sums.view()
}

/** Adds up what is settled, call by call: none of them is kept. */
export function settledSums() {
  const perMonth = new Map<string, { readonly callCount: number; readonly pico: bigint }>()
  let [callCount, openCount, pico] = [0, 0, 0n]
  return {
    add(settled: SettledCall): void {
      const month = monthOf(settled.call.localDay)
      const before = perMonth.get(month) ?? { callCount: 0, pico: 0n }
      perMonth.set(month, { callCount: before.callCount + 1, pico: before.pico + settled.pico })
      callCount += 1
      if (settled.isOpen) openCount += 1
      pico += settled.pico
    },
    view(): Omit<SettledPriceView, 'price'> {
      const sums = [...perMonth].toSorted(([a], [b]) => (a < b ? -1 : 1))
      return {
        callCount,
        openCount,
        pico: pico.toString(),
        months: sums.map(([month]) => month),
        perMonth: sums.map(([month, its]) => ({ month, callCount: its.callCount, pico: its.pico.toString() })),
      }
    },
  }
}

/** The instant to compare a price at: now, or the nearest one it counts at. */
export function nearestInstant({ from, to }: Pick<PriceRow, 'from' | 'to'>, nowMs: number): number {
  const begins = Date.parse(from)
  if (nowMs < begins) return begins
  const ends = to === null ? Infinity : Date.parse(to)
  return nowMs < ends ? nowMs : ends - 1
}
