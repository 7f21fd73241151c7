import { parseDecimal, scaleToInteger } from '../../core/decimal'
import type { PriceId } from '../../core/ids'
import { PICO_PLACES } from '../../core/money'
import { createPriceBook, type PriceRow } from '../../core/price-book'
import { PriceError, readPriceRows } from '../../core/price-file'
import type { OwnPriceView } from '../../shared/ipc/views'
import type { Connection } from '../storage/connections'
import type { PriceOverride } from '../storage/price-overrides'
import { FOREIGN, REGIONAL } from './host-price'

/** USD per million tokens, and per use. More would be a slip of the hand. */
const MOST_RATE = 1_000n
const MOST_FEE = 100n

/** A price as it is given: a row of the book without the parts that only the shipped ones need. */
export type GivenPrice = Readonly<Record<string, unknown>> & { readonly model: string }

/** The row of a price that was given for a connection; null for one that cannot be read, or is past anything a model costs. */
export function readOwn({ provider }: Connection, id: PriceId, given: GivenPrice): PriceRow | null {
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

/** The factors of a price that somebody has given: not those by which the host of an own price changes nothing. */
export function givenFactors({ multipliers }: PriceRow): PriceRow['multipliers'] {
  const given = Object.entries(multipliers).filter(
    ([name, factor]) => factor !== '1' || (name !== REGIONAL && name !== FOREIGN),
  )
  return Object.fromEntries(given)
}

/** What is left of an older price, as rows of their own, where a newer one takes some of its days; null where it takes none. */
export function leftOf(other: PriceOverride, price: PriceRow): readonly PriceRow[] | null {
  return overlap(other.price, price) ? remaindersOf(other.price, price) : null
}

/** An own price as it is shown. */
export function ownPriceView({ id, connectionId, price, createdMs }: PriceOverride): OwnPriceView {
  const { model, from, to, rates, fees } = price
  return { id, connectionId, model, from, to, rates, fees, createdMs }
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
