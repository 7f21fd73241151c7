import type { CachePlan } from './caching'
import type { AnswerLength } from './estimate'
import type { Pico } from './money'
import type { PriceBook } from './price-book'
import { costOf, priceUsage } from './pricing'
import type { ProviderId } from './provider'
import type { Bucket, UsageLine } from './usage'

/** What sending would use, as far as that can be told before. Tokens. */
export interface Foreseen {
  readonly provider: ProviderId
  readonly model: string
  readonly modifiers: readonly string[]
  readonly atMs: number
  readonly prompt: number
  /** How much of the prompt is known to lie in the cache of this very model. */
  readonly cached: number
  /** How much may lie there although nobody says so. */
  readonly maybeCached: number
  readonly cache: CachePlan | null
  readonly answer: AnswerLength
}

/** From a short answer to a long one, and the best the cache may do to the worst; null when a price is missing. */
export interface CostRange {
  readonly low: Pico | null
  readonly high: Pico | null
}

const WRITES: Readonly<Record<string, Bucket>> = {
  '5m': 'in_cache_write_5m',
  '30m': 'in_cache_write_30m',
  '1h': 'in_cache_write_1h',
}

/** About what sending costs. Priced by the rules the ledger is booked by, on tokens that are guessed. */
export function costRange(foreseen: Foreseen, book: PriceBook): CostRange {
  const { cached, maybeCached, answer } = foreseen
  return {
    low: price(foreseen, Math.max(cached, maybeCached), answer.short, book),
    high: price(foreseen, cached, answer.long, book),
  }
}

/** What reading `tokens` costs that are in no cache yet. */
export function readingCost(foreseen: Foreseen, tokens: number, book: PriceBook): Pico | null {
  return price({ ...foreseen, prompt: tokens }, 0, 0, book)
}

function price(foreseen: Foreseen, hit: number, out: number, book: PriceBook): Pico | null {
  const { provider, model, modifiers, atMs, prompt, cache } = foreseen
  const row = book.find(provider, model, atMs)
  // Without a price for reading, reading is billed as input.
  const read = row?.rates.in_cache_read === undefined ? 0 : Math.min(hit, prompt)
  const write = cache?.mode === 'on' && cache.ttl !== null ? WRITES[cache.ttl] : undefined
  // A provider without a price for writing bills it as input.
  const rest = write !== undefined && row?.rates[write] !== undefined ? write : 'in_uncached'
  const line: UsageLine = {
    role: 'main',
    model,
    tokens: { in_cache_read: read, [rest]: prompt - read, out },
    reasoningTokens: null,
    fees: [],
    modifiers,
    maybeFree: false,
  }
  return costOf(priceUsage([line], book, provider, atMs)).pico
}
