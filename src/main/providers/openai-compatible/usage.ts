import type { Bucket, FeeUnits, UsageFlag, UsageLine, UsageReport } from '../../../core/usage'
import { isCount, isJson, readCount, type Json } from '../reading'
import { choiceIn } from './delta'

// Chat counters are totals with subsets: cached and written tokens are inside prompt_tokens, thinking is inside
// completion_tokens, except where the total shows that it is not. Reports are cumulative: the last one counts.

/** Fields whose meaning is known, costs included: those are the provider's own sums, kept in `raw`. */
const KNOWN_FIELDS = new Set([
  'prompt_tokens',
  'completion_tokens',
  'total_tokens',
  'prompt_tokens_details',
  'completion_tokens_details',
  'cached_tokens',
  'prompt_cache_hit_tokens',
  'prompt_cache_miss_tokens',
  'server_tool_use',
  'cost',
  'cost_details',
  'cost_in_usd_ticks',
  'is_byok',
  'queue_time',
  'prompt_time',
  'completion_time',
  'total_time',
])
const KNOWN_PROMPT_DETAILS = new Set(['cached_tokens', 'cache_write_tokens', 'text_tokens'])
const KNOWN_COMPLETION_DETAILS = new Set([
  'reasoning_tokens',
  'accepted_prediction_tokens',
  'rejected_prediction_tokens',
  'text_tokens',
])
const KNOWN_TOOL_FIELDS = new Set(['web_search_requests'])
/** What providers call the tier whose price is the listed one. */
const USUAL_TIERS = new Set(['default', 'standard', 'auto', 'on_demand'])
/** Perplexity reports with every chunk. */
const MOST_RAW = 20
const MOST_FEES = 100_000

/** Reads the usage of one response, chunk by chunk; each report is the whole so far. */
export interface UsageReader {
  /** Reads what a chunk says of model, tier and usage; returns whether it reported usage. */
  read(chunk: Json): boolean
  report(): UsageReport
}

/** A reader for one response; it holds what was reported so far. `model` is the one asked for. */
export function createUsageReader(model: string): UsageReader {
  let answering = model
  let tier: string | null = null
  let fields: Json = {}
  let raw: readonly unknown[] = []
  // Whatever was wrong with a report that a later one replaced; what is wrong with the last is found in `report`.
  const lasting = new Set<UsageFlag>()

  return {
    read(chunk) {
      if (typeof chunk['model'] === 'string' && chunk['model'] !== '') answering = chunk['model'].slice(0, 200)
      if (typeof chunk['service_tier'] === 'string') tier = chunk['service_tier'].slice(0, 200)
      const usage = usageIn(chunk)
      if (usage === undefined) return false
      // The figures are cumulative, so of an endless row of them the first and the last tell it all.
      raw = raw.length < MOST_RAW ? [...raw, usage] : [...raw.slice(0, -1), usage]
      fields = merged(fields, usage, lasting)
      return true
    },
    report() {
      const flags = new Set(lasting)
      const line = { ...lineFrom(fields, flags), model: answering, modifiers: modifiersOf(tier) }
      return { lines: [line], raw, flags: [...flags] }
    },
  }
}

/**
 * The one report of a chunk. Moonshot puts it into the choice; Groq repeats it in a place of its own, which counts only
 * where there is no other.
 */
function usageIn(chunk: Json): unknown {
  const groq = isJson(chunk['x_groq']) ? chunk['x_groq'] : {}
  return chunk['usage'] ?? choiceIn(chunk)['usage'] ?? groq['usage'] ?? undefined
}

/** The last non-null value of each field wins; what is no count does not displace one. */
function merged(fields: Json, usage: unknown, flags: Set<UsageFlag>): Json {
  if (!isJson(usage)) {
    flags.add('malformed_usage')
    return fields
  }
  const sound = Object.entries(usage).filter(([name, value]) => {
    if (value === null || value === undefined) return false
    const spoils = name.endsWith('_tokens') && isCount(fields[name]) && !isCount(value)
    if (spoils) flags.add('malformed_usage')
    return !spoils
  })
  return { ...fields, ...Object.fromEntries(sound) }
}

function lineFrom(fields: Json, flags: Set<UsageFlag>): Omit<UsageLine, 'model' | 'modifiers'> {
  noteUnknown(fields, KNOWN_FIELDS, flags)
  const completion = detailsIn(fields, 'completion_tokens_details', KNOWN_COMPLETION_DETAILS, flags)
  return {
    role: 'main',
    tokens: tokensOf(fields, flags),
    reasoningTokens: readCount(completion, 'reasoning_tokens', flags) ?? null,
    fees: feesOf(fields, flags),
    maybeFree: false,
  }
}

function tokensOf(fields: Json, flags: Set<UsageFlag>): UsageLine['tokens'] {
  const prompt = readCount(fields, 'prompt_tokens', flags)
  const completion = readCount(fields, 'completion_tokens', flags)
  // No prompt is empty: a server that counts nothing at all has not counted.
  if (prompt === 0 && (completion ?? 0) === 0) return {}
  return { ...inputOf(fields, prompt, flags), ...outputOf(fields, prompt, completion, flags) }
}

type Tokens = Partial<Record<Bucket, number>>

function inputOf(fields: Json, prompt: number | undefined, flags: Set<UsageFlag>): Tokens {
  const details = detailsIn(fields, 'prompt_tokens_details', KNOWN_PROMPT_DETAILS, flags)
  // In this order: OpenAI and most, DeepSeek, Moonshot.
  const cached =
    readCount(details, 'cached_tokens', flags) ??
    readCount(fields, 'prompt_cache_hit_tokens', flags) ??
    readCount(fields, 'cached_tokens', flags)
  const written = readCount(details, 'cache_write_tokens', flags)
  // Nobody says for how long; five minutes is the default of those who charge for it.
  if (written !== undefined && written > 0) flags.add('cache_ttl_assumed')
  const uncached = prompt === undefined ? undefined : prompt - (cached ?? 0) - (written ?? 0)
  const sound = uncached === undefined || uncached >= 0
  if (!sound) flags.add('malformed_usage')
  return {
    ...(uncached !== undefined && sound ? { in_uncached: uncached } : {}),
    ...(cached === undefined ? {} : { in_cache_read: cached }),
    ...(written === undefined ? {} : { in_cache_write_5m: written }),
  }
}

/**
 * What the total has beyond prompt and completion is thinking that was not counted there and is billed as output: xAI
 * and Google's compatible route do so.
 */
function outputOf(
  fields: Json,
  prompt: number | undefined,
  completion: number | undefined,
  flags: Set<UsageFlag>,
): Tokens {
  const total = readCount(fields, 'total_tokens', flags)
  if (completion === undefined) return {}
  if (total === undefined || prompt === undefined) return { out: completion }
  const hidden = total - prompt - completion
  if (hidden < 0) flags.add('malformed_usage')
  return { out: completion + Math.max(0, hidden) }
}

function feesOf(fields: Json, flags: Set<UsageFlag>): FeeUnits[] {
  const tools = detailsIn(fields, 'server_tool_use', KNOWN_TOOL_FIELDS, flags)
  const searches = readCount(tools, 'web_search_requests', flags, MOST_FEES) ?? 0
  return searches > 0 ? [{ kind: 'web_search', units: searches }] : []
}

function modifiersOf(tier: string | null): string[] {
  return tier === null || USUAL_TIERS.has(tier) ? [] : [tier]
}

/** A group of counters; empty where there is none. */
function detailsIn(fields: Json, name: string, known: ReadonlySet<string>, flags: Set<UsageFlag>): Json {
  const details = fields[name]
  if (details === undefined || details === null) return {}
  if (!isJson(details)) {
    flags.add('malformed_usage')
    return {}
  }
  noteUnknown(details, known, flags)
  return details
}

/** A counter that nobody knows may be billed, unless it stands at nothing, as sound and images do in a text chat. */
function noteUnknown(fields: Json, known: ReadonlySet<string>, flags: Set<UsageFlag>): void {
  const unknown = Object.entries(fields).some(([name, value]) => !known.has(name) && !isNothing(value))
  if (unknown) flags.add('unknown_usage_field')
}

function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === 0) return true
  return isJson(value) && Object.values(value).every((inner) => inner === 0 || inner === null)
}
