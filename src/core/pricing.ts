import { formatDecimal, multiply, ONE, parseDecimal, scaleToInteger, type Decimal } from './decimal'
import { lookup } from './lookup'
import { PICO_PLACES, type Pico } from './money'
import type { ProviderId } from './provider'
import type { PriceBook, PriceRow, Rates } from './price-book'
import { BUCKETS, inputTokens, type Bucket, type StatedCost, type UsageLine } from './usage'

/** Where a figure comes from. Only the first two count as exact. */
export type CostClass = 'provider_reported' | 'computed' | 'partial' | 'uncertain' | 'unpriced' | 'adjustment'

/** A ledger line before it is booked: what was used, at which price, and how sure we are. */
export interface PricedLine {
  /** `upstream`: what a provider behind the one that was asked bills by itself. */
  readonly role: UsageLine['role'] | 'upstream'
  readonly model: string
  /** A token bucket, `fee:<kind>`, or `provider_cost` for an amount the provider stated. */
  readonly bucket: Bucket | `fee:${string}` | 'provider_cost'
  readonly units: number
  /** USD per million tokens, or per unit for a fee and a stated amount. Null when unpriced or not what counts. */
  readonly unitPrice: string | null
  /** The product of the modifiers' factors; `1` when there are none. */
  readonly multiplier: string
  readonly priceId: string | null
  /** Null when unpriced (unknown is not zero), and where a stated amount of the same call carries the money. */
  readonly pico: Pico | null
  /** Upper bound where the truth is a range. */
  readonly picoUpper: Pico | null
  readonly costClass: CostClass
}

/** Rates are per million tokens, so a token costs six places less. */
const PER_MILLION_PLACES = 6

/** Prices every reported bucket and fee of a call that started at `startedMs`. Zero units make no line. */
export function priceUsage(
  lines: readonly UsageLine[],
  book: PriceBook,
  provider: ProviderId,
  startedMs: number,
  costClass: 'computed' | 'partial' = 'computed',
): PricedLine[] {
  return lines.flatMap((line) => {
    const row = book.find(provider, line.model, startedMs)
    const rates = row === undefined ? {} : ratesFor(row, inputTokens(line), startedMs)
    const factor = row === undefined ? undefined : factorFor(row, line.modifiers)
    const tokens = BUCKETS.flatMap((bucket) => {
      const units = line.tokens[bucket] ?? 0
      if (units === 0) return []
      return [priced(line, bucket, units, rates[bucket], factor, row, PER_MILLION_PLACES, costClass)]
    })
    const fees = line.fees.flatMap(({ kind, units }) =>
      units === 0 ? [] : [priced(line, `fee:${kind}`, units, row && lookup(row.fees, kind), ONE, row, 0, costClass)],
    )
    return [...tokens, ...fees]
  })
}

/**
 * The lines of a call whose cost the provider states: the stated amounts, then what was used, without money of its own.
 * An amount that exists but is not told is unpriced.
 */
export function statedLines(
  stated: readonly StatedCost[],
  lines: readonly UsageLine[],
  model: string,
  costClass: 'provider_reported' | 'partial' = 'provider_reported',
): PricedLine[] {
  const plain = { unitPrice: null, multiplier: '1', priceId: null, pico: null, picoUpper: null } as const
  const amounts = stated.map(({ kind, usd }): PricedLine => {
    const line = { ...plain, role: kind === 'total' ? 'main' : 'upstream', model, bucket: 'provider_cost' } as const
    if (usd === null) return { ...line, units: 0, costClass: 'unpriced' }
    const pico = scaleToInteger(parseDecimal(usd), PICO_PLACES)
    return { ...line, units: 1, unitPrice: usd, pico, costClass }
  })
  const used = lines.flatMap(({ role, model: answering, tokens, fees }) =>
    [
      ...BUCKETS.map((bucket) => ({ bucket, units: tokens[bucket] ?? 0 })),
      ...fees.map(({ kind, units }) => ({ bucket: `fee:${kind}` as const, units })),
    ]
      .filter(({ units }) => units > 0)
      .map((use): PricedLine => ({ ...plain, role, model: answering, ...use, costClass: 'provider_reported' })),
  )
  return [...amounts, ...used]
}

/**
 * The rates in force for a prompt of this length at this instant. A tier applies to the whole request, strictly above
 * its limit; no provider has both tiers and times of day.
 */
export function ratesFor(row: PriceRow, promptTokens: number, atMs: number): Rates {
  const at = new Date(atMs).toISOString().slice(11, 16)
  const weekday = new Date(atMs).getUTCDay() || 7
  const peak = row.peaks.find(
    ({ weekdays, startUtc, endUtc }) => weekdays.includes(weekday) && startUtc <= at && at < endUtc,
  )
  return peak?.rates ?? row.tiers.findLast((tier) => promptTokens > tier.above)?.rates ?? row.rates
}

/** Undefined when the provider applied something the price row knows nothing of: the line is then unpriced. */
export function factorFor(row: PriceRow, modifiers: readonly string[]): Decimal | undefined {
  let factor: Decimal = ONE
  for (const modifier of modifiers) {
    const text = lookup(row.multipliers, modifier)
    if (text === undefined) return undefined
    factor = multiply(factor, parseDecimal(text))
  }
  return factor
}

function priced(
  line: UsageLine,
  bucket: PricedLine['bucket'],
  units: number,
  unitPrice: string | undefined,
  factor: Decimal | undefined,
  row: PriceRow | undefined,
  unitPlaces: number,
  costClass: 'computed' | 'partial',
): PricedLine {
  const base = { role: line.role, model: line.model, bucket, units, picoUpper: null }
  if (row === undefined || unitPrice === undefined || factor === undefined) {
    return { ...base, unitPrice: null, multiplier: '1', priceId: null, pico: null, costClass: 'unpriced' }
  }
  const exact = multiply(multiply(parseDecimal(unitPrice), factor), { digits: BigInt(units), scale: unitPlaces })
  const pico = scaleToInteger(exact, PICO_PLACES)
  const known = { ...base, unitPrice, multiplier: formatDecimal(factor), priceId: row.id }
  return line.maybeFree
    ? { ...known, pico: 0n, picoUpper: pico, costClass: 'uncertain' }
    : { ...known, pico, costClass }
}

/** A call's cost: the sum of its lines. One unpriced line makes it unknown, "at least" the priced part. */
export interface Cost {
  readonly pico: Pico | null
  readonly atLeast: Pico
  /** Upper bound; null when nothing in the call is a range. */
  readonly upper: Pico | null
  readonly costClass: CostClass
}

/** Worst first: a sum is as uncertain as its most uncertain line. */
const DOUBT: readonly CostClass[] = ['unpriced', 'uncertain', 'partial', 'computed', 'provider_reported', 'adjustment']

/** Adds up priced lines. No lines at all is a call that cost nothing: $0, computed. */
export function costOf(lines: readonly Pick<PricedLine, 'pico' | 'picoUpper' | 'costClass'>[]): Cost {
  const atLeast = lines.reduce((total, line) => total + (line.pico ?? 0n), 0n)
  const ranged = lines.some((line) => line.picoUpper !== null)
  return {
    pico: lines.some((line) => line.pico === null && line.costClass === 'unpriced') ? null : atLeast,
    atLeast,
    upper: ranged ? lines.reduce((total, line) => total + (line.picoUpper ?? line.pico ?? 0n), 0n) : null,
    costClass: DOUBT.find((candidate) => lines.some((line) => line.costClass === candidate)) ?? 'computed',
  }
}
