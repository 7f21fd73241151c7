import { parseDecimal, type Decimal } from './decimal'
import type { Rates } from './price-book'
import type { Bucket } from './usage'

// When caching pays, by the price row alone. Unknown is never a yes: a token cached at no known price would leave the
// cost of the call open.

/** A bucket of tokens written to a cache. */
export type CacheWrite = Extract<Bucket, `in_cache_write_${string}`>

/** Writing costs more than plain input. A rate that is merely listed says nothing: older models list the input price. */
export function surcharged(rates: Rates, write: CacheWrite): boolean {
  const [written, plain] = [rates[write], rates.in_uncached]
  if (written === undefined || plain === undefined) return false
  return subtract(parseDecimal(written), parseDecimal(plain)).digits > 0n
}

/** One hit saves more than the write before it cost: with a surcharge of 25 % and reads at 10 %, well before it. */
export function paysFromFirstHit(rates: Rates, write: CacheWrite): boolean {
  const parts = partsOf(rates, write)
  return parts !== null && subtract(parts.saved, parts.surcharge).digits > 0n
}

/** A hit saves something, however many it takes to make good what the write cost. */
export function savesAtAll(rates: Rates, write: CacheWrite): boolean {
  return (partsOf(rates, write)?.saved.digits ?? 0n) > 0n
}

function partsOf(rates: Rates, write: CacheWrite): { saved: Decimal; surcharge: Decimal } | null {
  const { in_uncached: plain, in_cache_read: read } = rates
  const written = rates[write]
  if (plain === undefined || read === undefined || written === undefined) return null
  const base = parseDecimal(plain)
  return { saved: subtract(base, parseDecimal(read)), surcharge: subtract(parseDecimal(written), base) }
}

/** Exact sum. */
export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale)
  const raised = ({ digits, scale: own }: Decimal): bigint => digits * 10n ** BigInt(scale - own)
  return { digits: raised(a) + raised(b), scale }
}

/** Exact difference, below zero perhaps. */
export function subtract(a: Decimal, { digits, scale }: Decimal): Decimal {
  return add(a, { digits: -digits, scale })
}
