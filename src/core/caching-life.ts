import type { CacheTtl } from './caching'
import type { ProviderId } from './provider'
import type { UsageLine } from './usage'

/** A prefix of a conversation that lies in its provider's cache. */
export interface CacheLife {
  /** Epoch milliseconds until which it is there at least. */
  readonly untilMs: number
  /** How many tokens it has. */
  readonly tokens: number
}

const MINUTE_MS = 60_000

/** What is known of a call whose prompt was cached. */
export interface CachedCall {
  readonly provider: ProviderId
  /** What its plan named; null where it had none. */
  readonly ttl: CacheTtl | null
  /** Epoch milliseconds. Lives are counted from here, which is a little before the provider counts them. */
  readonly startedMs: number
  /** What the line that answered reported. */
  readonly tokens: UsageLine['tokens']
}

/**
 * How long the prefix a call read and wrote lives at least; null where nothing was cached or no lifetime is documented
 * (Gemini, older OpenAI models and everybody else cache for as long as they like).
 */
export function cacheLife({ provider, ttl, startedMs, tokens }: CachedCall): CacheLife | null {
  const size = Object.entries(tokens).reduce(
    (total, [bucket, count]) => (bucket.startsWith('in_cache_') ? total + count : total),
    0,
  )
  const minutes = provider === 'anthropic' ? hitMinutes(ttl, tokens) : writtenMinutes(provider, tokens)
  return size === 0 || minutes === null ? null : { untilMs: startedMs + minutes * MINUTE_MS, tokens: size }
}

/**
 * Anthropic: what was reported as written decides, the shorter life where there are both. A call that only read keeps
 * what is there alive as long as it was written for, which is taken to be what was asked for this time.
 */
function hitMinutes(ttl: CacheTtl | null, tokens: UsageLine['tokens']): number {
  if ((tokens.in_cache_write_5m ?? 0) > 0) return 5
  return (tokens.in_cache_write_1h ?? 0) > 0 || ttl === '1h' ? 60 : 5
}

/** OpenAI from GPT-5.6 on promises the life of what a call wrote; whether a read lengthens it is not documented. */
function writtenMinutes(provider: ProviderId, tokens: UsageLine['tokens']): number | null {
  return provider === 'openai' && (tokens.in_cache_write_30m ?? 0) > 0 ? 30 : null
}
