/**
 * Disjoint token buckets: no bucket is a part of another, so a call's cost is the plain sum over them. Providers
 * report subsets and totals; each dialect's usage module takes them apart.
 */
export const BUCKETS = [
  'in_uncached',
  'in_cache_read',
  'in_cache_write_5m',
  'in_cache_write_30m',
  'in_cache_write_1h',
  'in_cache_write_12h',
  'in_tool_use',
  'in_audio',
  'in_image',
  'out',
  'out_audio',
  'out_image',
] as const

/** One disjoint kind of token. */
export type Bucket = (typeof BUCKETS)[number]

/** What the dialects call the charges they report. */
export const FEE_KINDS = ['web_search', 'file_search', 'grounding_query'] as const

/** A charge per use rather than per token, such as a web search. */
export interface FeeUnits {
  /** One of FEE_KINDS, or `other` where it must not be said. */
  readonly kind: string
  readonly units: number
}

/** One priced piece of work. A call has several when other models took part (Anthropic `iterations`). */
export interface UsageLine {
  readonly role: 'main' | 'compaction' | 'advisor' | 'fallback' | 'image_gen'
  /** The model that answered, as the response names it. */
  readonly model: string
  /** A bucket that is absent was not reported, which is not the same as zero. */
  readonly tokens: Partial<Readonly<Record<Bucket, number>>>
  /** Thinking tokens, for information: they are already inside `out`. Null when not reported. */
  readonly reasoningTokens: number | null
  readonly fees: readonly FeeUnits[]
  /** What changes the unit price, by the name the price row uses: `batch`, `geo_us`, `fast`. */
  readonly modifiers: readonly string[]
  /** True when the provider may not bill this at all, such as a refusal before the first word. */
  readonly maybeFree: boolean
}

/**
 * What the provider itself says the call cost. It then carries the money, and the tokens are for information.
 * `total`: the amount billed by whoever was asked. `upstream`: what the provider behind a router bills to a key of the
 * user's own there, beside the router's fee (OpenRouter `is_byok`).
 */
export interface StatedCost {
  readonly kind: 'total' | 'upstream'
  /** A decimal string in USD; null when it is certain that there is such an amount, and nobody says how much. */
  readonly usd: string | null
}

/** Something about a usage report the reader should know before trusting the figure. */
export type UsageFlag =
  /** A counter nobody here knows; it may be billed. */
  | 'unknown_usage_field'
  /** A counter that is none: negative, broken, or not a number. */
  | 'malformed_usage'
  /** Totals and their parts do not agree. */
  | 'usage_inconsistent'
  /** How long the written cache lives was not reported for all of it. */
  | 'split_estimated'
  /** Thinking found only as the gap between a total and its parts; priced as output. */
  | 'hidden_reasoning'
  /** Tools of the provider charge for something that is not in the report. */
  | 'fee_not_reported'
  /** The provider ran tools, and whether each of its steps or all together decide the price tier is not documented. */
  | 'tier_ambiguous'
  /** It cost more than budgets held for it: what it was bounded by was not a bound. */
  | 'over_reserved'
  /** Two responses in one stream. */
  | 'spliced_responses'
  /** An earlier call carries the same response, so it is booked once. */
  | 'duplicate_response'

/** Flags after which a report contradicts itself. */
export const CONTRADICTIONS: readonly UsageFlag[] = ['malformed_usage', 'usage_inconsistent', 'spliced_responses']

/** What a provider reported so far. `raw` is kept for ever, as it came. */
export interface UsageReport {
  readonly lines: readonly UsageLine[]
  /** Empty where the provider states no amount, as most do not. */
  readonly stated: readonly StatedCost[]
  /** The provider ran tools of its own between steps it does not report one by one. */
  readonly severalSteps: boolean
  readonly raw: unknown
  readonly flags: readonly UsageFlag[]
}

const INPUT_BUCKETS = BUCKETS.filter((bucket) => bucket.startsWith('in_'))
const OUTPUT_BUCKETS = BUCKETS.filter((bucket) => !bucket.startsWith('in_'))

/** Input tokens of a line over all buckets: what a long-context tier is decided on. */
export function inputTokens(line: Pick<UsageLine, 'tokens'>): number {
  return sum(line, INPUT_BUCKETS)
}

/** Output tokens of a line, thinking included. */
export function outputTokens(line: Pick<UsageLine, 'tokens'>): number {
  return sum(line, OUTPUT_BUCKETS)
}

function sum(line: Pick<UsageLine, 'tokens'>, buckets: readonly Bucket[]): number {
  return buckets.reduce((total, bucket) => total + (line.tokens[bucket] ?? 0), 0)
}
