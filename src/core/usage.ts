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

/** A charge per use rather than per token, such as a web search. */
export interface FeeUnits {
  readonly kind: string
  readonly units: number
}

/** One priced piece of work. A call has several when other models took part (Anthropic `iterations`). */
export interface UsageLine {
  readonly role: 'main' | 'compaction' | 'advisor' | 'fallback'
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

/** Something about a usage report the reader should know before trusting the figure. */
export type UsageFlag = 'unknown_usage_field' | 'malformed_usage' | 'cache_ttl_assumed' | 'spliced_responses'

/** What a provider reported so far. `raw` is kept for ever, as it came. */
export interface UsageReport {
  readonly lines: readonly UsageLine[]
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
