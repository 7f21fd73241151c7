import { multiply, parseDecimal, scaleUp, type Decimal } from './decimal'
import { PICO_PLACES, type Pico } from './money'
import type { PriceRow, Rates } from './price-book'
import { factorFor, ratesFor } from './pricing'
import type { Bucket } from './usage'

/** What bounds the cost of a call before it is made. */
export interface Bounds {
  /** The longest the prompt can be, in tokens. */
  readonly promptMost: number
  readonly startedMs: number
  /** What the host does to the price, by the name the price row uses. */
  readonly modifiers: readonly string[]
  /** Cache writes the request asks for or the provider makes by itself. */
  readonly writes: readonly Bucket[]
}

/**
 * The most a call can cost with an answer of `outputTokens`: the prompt at the dearest rate it may be billed at (plain
 * or written to a cache), in the dearest tier it may reach, rounded up. Null when any of these prices is unknown. No
 * tools are offered to any model, so there are no fees.
 */
export function worstCase(row: PriceRow | undefined, bounds: Bounds, outputTokens: number): Pico | null {
  if (row === undefined) return null
  const factor = factorFor(row, bounds.modifiers)
  const reachable = [
    ratesFor(row, 0, bounds.startedMs),
    ...row.tiers.filter(({ above }) => bounds.promptMost > above).map(({ rates }) => rates),
  ]
  const prompt = dearest(reachable, ['in_uncached', ...bounds.writes])
  const answer = dearest(reachable, ['out'])
  if (factor === undefined || prompt === null || answer === null) return null
  return amount(prompt, factor, bounds.promptMost) + amount(answer, factor, outputTokens)
}

/** Null when a rate that must be there is not; a write without a rate of its own is billed as input. */
function dearest(reachable: readonly Rates[], [needed, ...others]: readonly [Bucket, ...Bucket[]]): Decimal | null {
  let most: Decimal | null = null
  for (const rates of reachable) {
    const base = rates[needed]
    if (base === undefined) return null
    for (const text of [base, ...others.map((bucket) => rates[bucket] ?? base)]) {
      const rate = parseDecimal(text)
      if (most === null || isMore(rate, most)) most = rate
    }
  }
  return most
}

function isMore(a: Decimal, b: Decimal): boolean {
  return a.digits * 10n ** BigInt(b.scale) > b.digits * 10n ** BigInt(a.scale)
}

/** Rates are per million tokens. */
function amount(rate: Decimal, factor: Decimal, tokens: number): Pico {
  return scaleUp(multiply(multiply(rate, factor), { digits: BigInt(tokens), scale: 6 }), PICO_PLACES)
}
