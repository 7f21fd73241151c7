import { add, subtract } from './caching-rates'
import { multiply, parseDecimal, scaleToInteger, type Decimal } from './decimal'
import { PICO_PLACES, type Pico } from './money'
import type { PriceBook, Rates } from './price-book'
import { ratesFor, type PricedLine } from './pricing'
import type { ProviderId } from './provider'
import { BUCKETS } from './usage'

/** Rates are per million tokens. */
const PER_MILLION_PLACES = 6

/** What of a ledger line its saving is reckoned from. */
export type SavedLine = Pick<
  PricedLine,
  'role' | 'model' | 'bucket' | 'units' | 'unitPrice' | 'multiplier' | 'priceId' | 'picoUpper'
>

/** The rates a line was priced by; null when they cannot be told any more. */
export type RatesOf = (line: SavedLine) => Rates | null

/**
 * What caching made a call cheaper than the same tokens as plain input: what reads saved less what writes cost more,
 * below zero where that was more. Exact to the end and rounded once for the whole call, half to even. `lines` are all
 * lines of one call in force. Null when a price is missing, when a cached line is a range (the provider may not bill it),
 * and when the provider stated the amount: nobody says then what its tokens cost.
 */
export function cacheSaved(lines: readonly SavedLine[], ratesOf: RatesOf): Pico | null {
  if (lines.some(({ bucket }) => bucket === 'provider_cost')) return null
  let saved: Decimal = { digits: 0n, scale: 0 }
  for (const line of lines) {
    if (!line.bucket.startsWith('in_cache_') || line.units === 0) continue
    const plain = ratesOf(line)?.in_uncached
    if (line.unitPrice === null || line.picoUpper !== null || plain === undefined) return null
    const each = multiply(subtract(parseDecimal(plain), parseDecimal(line.unitPrice)), parseDecimal(line.multiplier))
    saved = add(saved, multiply(each, { digits: BigInt(line.units), scale: PER_MILLION_PLACES }))
  }
  return scaleToInteger(saved, PICO_PLACES)
}

/**
 * Finds the rates each line of a call was priced by: those of the very row, and of the tier or time of day in which its
 * bucket has the unit price that was used. `lines` are all lines of the call, which began at `startedMs`.
 */
export function ratesUsed(
  lines: readonly SavedLine[],
  book: PriceBook,
  provider: ProviderId,
  startedMs: number,
): RatesOf {
  return (line) => {
    const row = book.find(provider, line.model, startedMs)
    // Another row than the one that was used would be a price of today for a call of then.
    if (row === undefined || row.id !== line.priceId) return null
    const usual = ratesFor(row, promptOf(lines, line), startedMs)
    const bucket = BUCKETS.find((known) => known === line.bucket)
    const fits = (rates: Rates): boolean => bucket !== undefined && rates[bucket] === line.unitPrice
    if (fits(usual)) return usual
    // Several pieces of work by one model in a call were each of another length; the unit price tells which it was.
    const others = [row.rates, ...row.tiers.map(({ rates }) => rates)].filter(fits)
    const inputs = new Set(others.map(({ in_uncached }) => in_uncached))
    return inputs.size === 1 ? (others[0] ?? null) : null
  }
}

/** The length of the prompt a line belongs to, all of its buckets together: what the tier was decided on. */
function promptOf(lines: readonly SavedLine[], { role, model }: SavedLine): number {
  return lines
    .filter((other) => other.role === role && other.model === model && other.bucket.startsWith('in_'))
    .reduce((total, { units }) => total + units, 0)
}
