import { divideHalfEven, parseDecimal, type Decimal } from './decimal'
import { lookup } from './lookup'
import type { PriceRow, Rates } from './price-book'
import { BUCKETS, type Bucket } from './usage'

/** Everything a price says in figures. */
export type PriceFigures = Pick<PriceRow, 'rates' | 'tiers' | 'peaks' | 'multipliers' | 'fees'>

/** When a figure counts, where it does not always: for prompts longer than `above` tokens, or at set hours. */
export type PriceCondition = { readonly above: number } | { readonly peak: PriceRow['peaks'][number] }

/** What one figure was and will be. */
export interface PriceChange {
  /** A kind of token, `fee:` and its kind, or `times:` and the modifier it is a factor for. */
  readonly kind: Bucket | `fee:${string}` | `times:${string}`
  readonly condition: PriceCondition | null
  /** Null where no price is known: what it counts is then unpriced. */
  readonly before: string | null
  readonly after: string | null
  /** By how many thousandths it rises; null where that is no number. */
  readonly permille: number | null
  readonly isChanged: boolean
}

/**
 * Two prices figure by figure, in the order prices are told in. What only one of them prices by length or hour is compared
 * with what the other takes for the very same tokens.
 */
export function priceChanges(before: PriceFigures | null, after: PriceFigures | null): PriceChange[] {
  const both = [before, after].filter((price) => price !== null)
  const limits = [...new Set(both.flatMap(({ tiers }) => tiers.map(({ above }) => above)))].toSorted((a, b) => a - b)
  const peaks = new Map(both.flatMap((price) => price.peaks.map((peak) => [JSON.stringify(hoursOf(peak)), peak])))
  return [
    ...ofRates(null, before?.rates, after?.rates),
    ...limits.flatMap((above) => ofRates({ above }, ratesAbove(before, above), ratesAbove(after, above))),
    ...[...peaks.values()].flatMap((peak) => ofRates({ peak }, ratesIn(before, peak), ratesIn(after, peak))),
    ...ofNames('times', before?.multipliers, after?.multipliers),
    ...ofNames('fee', before?.fees, after?.fees),
  ]
}

function ofRates(condition: PriceCondition | null, before: Rates = {}, after: Rates = {}): PriceChange[] {
  return BUCKETS.filter((bucket) => before[bucket] !== undefined || after[bucket] !== undefined).map((bucket) =>
    change(bucket, condition, before[bucket], after[bucket]),
  )
}

type Named = Readonly<Record<string, string>>

function ofNames(what: 'fee' | 'times', before: Named = {}, after: Named = {}): PriceChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted()
  return names.map((name) => change(`${what}:${name}`, null, lookup(before, name), lookup(after, name)))
}

function change(
  kind: PriceChange['kind'],
  condition: PriceCondition | null,
  before: string | undefined,
  after: string | undefined,
): PriceChange {
  const known = { kind, condition, before: before ?? null, after: after ?? null }
  if (before === undefined || after === undefined) return { ...known, permille: null, isChanged: before !== after }
  const [old, next] = alike(parseDecimal(before), parseDecimal(after))
  const permille = old === 0n ? null : Number(divideHalfEven((next - old) * 1000n, old))
  return { ...known, permille, isChanged: old !== next }
}

/** Both as whole numbers of the same size. */
function alike(a: Decimal, b: Decimal): [bigint, bigint] {
  const scale = Math.max(a.scale, b.scale)
  return [a.digits * 10n ** BigInt(scale - a.scale), b.digits * 10n ** BigInt(scale - b.scale)]
}

function ratesAbove(price: PriceFigures | null, limit: number): Rates | undefined {
  return price?.tiers.findLast(({ above }) => above <= limit)?.rates ?? price?.rates
}

/** What a price takes when another one's hours begin. */
function ratesIn(price: PriceFigures | null, { weekdays, startUtc }: PriceRow['peaks'][number]): Rates | undefined {
  const [weekday = 0] = weekdays
  const peak = price?.peaks.find(
    (each) => each.weekdays.includes(weekday) && each.startUtc <= startUtc && startUtc < each.endUtc,
  )
  return peak?.rates ?? price?.rates
}

function hoursOf({ weekdays, startUtc, endUtc }: PriceRow['peaks'][number]) {
  return { weekdays, startUtc, endUtc }
}
