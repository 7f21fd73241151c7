import type { ProviderId } from '../../../core/provider'
import type { Bucket, FeeUnits, UsageFlag, UsageLine, UsageReport } from '../../../core/usage'
import { isCount, isJson, isNothing, readCount, type Json } from '../reading'
import { statedCosts } from '../stated-cost'
import { choiceIn } from './delta'

// Chat counters are totals with subsets: cached and written tokens are inside prompt_tokens, thinking is inside
// completion_tokens, except where the total shows that it is not. Reports are cumulative: the last one counts.

/** Fields whose meaning is known. */
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
const KNOWN_PROMPT_DETAILS = new Set([
  'cached_tokens',
  'cache_write_tokens',
  'cache_write_tokens_details',
  'text_tokens',
  'audio_tokens',
])
const KNOWN_WRITES = new Set(['ttl_30m_tokens', 'ttl_12h_tokens'])
const KNOWN_COMPLETION_DETAILS = new Set([
  'reasoning_tokens',
  'audio_tokens',
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
export function createUsageReader(model: string, provider: ProviderId): UsageReader {
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
      const line = { ...lineFrom(fields, provider, flags), model: answering, modifiers: modifiersOf(tier) }
      return { lines: [line], stated: statedCosts(fields, flags), severalSteps: false, raw, flags: [...flags] }
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

function lineFrom(fields: Json, provider: ProviderId, flags: Set<UsageFlag>): Omit<UsageLine, 'model' | 'modifiers'> {
  noteUnknown(fields, KNOWN_FIELDS, flags)
  const completion = detailsIn(fields, 'completion_tokens_details', KNOWN_COMPLETION_DETAILS, flags)
  return {
    role: 'main',
    tokens: tokensOf(fields, provider, flags),
    reasoningTokens: readCount(completion, 'reasoning_tokens', flags) ?? null,
    fees: feesOf(fields, flags),
    maybeFree: false,
  }
}

function tokensOf(fields: Json, provider: ProviderId, flags: Set<UsageFlag>): UsageLine['tokens'] {
  const prompt = readCount(fields, 'prompt_tokens', flags)
  const completion = readCount(fields, 'completion_tokens', flags)
  // No prompt is empty: a server that counts nothing at all has not counted.
  if (prompt === 0 && (completion ?? 0) === 0) return {}
  return { ...inputOf(fields, prompt, provider, flags), ...outputOf(fields, prompt, completion, flags) }
}

type Tokens = Partial<Record<Bucket, number>>

function inputOf(fields: Json, prompt: number | undefined, provider: ProviderId, flags: Set<UsageFlag>): Tokens {
  const details = detailsIn(fields, 'prompt_tokens_details', KNOWN_PROMPT_DETAILS, flags)
  // In this order: OpenAI and most, DeepSeek, Moonshot.
  const cached =
    readCount(details, 'cached_tokens', flags) ??
    readCount(fields, 'prompt_cache_hit_tokens', flags) ??
    readCount(fields, 'cached_tokens', flags)
  checkMisses(fields, prompt, flags)
  const written = writtenIn(details, provider, flags)
  const audio = readCount(details, 'audio_tokens', flags) ?? 0
  const parts = (cached ?? 0) + Object.values(written).reduce((sum, count) => sum + count, 0) + audio
  const uncached = prompt === undefined ? undefined : prompt - parts
  const sound = uncached === undefined || uncached >= 0
  if (!sound) flags.add('usage_inconsistent')
  return {
    ...(uncached !== undefined && sound ? { in_uncached: uncached } : {}),
    ...(cached === undefined ? {} : { in_cache_read: cached }),
    ...written,
    ...(audio > 0 ? { in_audio: audio } : {}),
  }
}

/** DeepSeek's two halves of the prompt. */
function checkMisses(fields: Json, prompt: number | undefined, flags: Set<UsageFlag>): void {
  const hits = readCount(fields, 'prompt_cache_hit_tokens', flags)
  const misses = readCount(fields, 'prompt_cache_miss_tokens', flags)
  if (hits === undefined || misses === undefined || prompt === undefined) return
  if (hits + misses !== prompt) flags.add('usage_inconsistent')
}

/**
 * What was written to the cache, by how long it lives. Where nobody says, it is the default: half an hour at OpenAI, five
 * minutes at those who write to Anthropic's.
 */
function writtenIn(details: Json, provider: ProviderId, flags: Set<UsageFlag>): Record<string, number> {
  const written = readCount(details, 'cache_write_tokens', flags)
  const split = detailsIn(details, 'cache_write_tokens_details', KNOWN_WRITES, flags)
  const shorter = readCount(split, 'ttl_30m_tokens', flags)
  const longer = readCount(split, 'ttl_12h_tokens', flags)
  if (shorter === undefined && longer === undefined) {
    if (written !== undefined && written > 0) flags.add('split_estimated')
    if (written === undefined) return {}
    return provider === 'openai' ? { in_cache_write_30m: written } : { in_cache_write_5m: written }
  }
  if (written !== undefined && written !== (shorter ?? 0) + (longer ?? 0)) flags.add('usage_inconsistent')
  return { in_cache_write_30m: shorter ?? 0, in_cache_write_12h: longer ?? 0 }
}

/**
 * What the total has beyond prompt and completion is thinking that was not counted there and is billed as output: xAI
 * and Google's compatible route do so. Without a total, more thinking than completion shows the same.
 */
function outputOf(
  fields: Json,
  prompt: number | undefined,
  completion: number | undefined,
  flags: Set<UsageFlag>,
): Tokens {
  if (completion === undefined) return {}
  const details = detailsIn(fields, 'completion_tokens_details', KNOWN_COMPLETION_DETAILS, flags)
  const total = readCount(fields, 'total_tokens', flags)
  const reasoning = readCount(details, 'reasoning_tokens', flags) ?? 0
  const known = total !== undefined && prompt !== undefined
  const hidden = known ? total - prompt - completion : reasoning > completion ? reasoning : 0
  if (hidden < 0) flags.add('usage_inconsistent')
  if (hidden > 0) flags.add('hidden_reasoning')
  if (reasoning > completion + Math.max(0, hidden)) flags.add('usage_inconsistent')
  const audio = Math.min(readCount(details, 'audio_tokens', flags) ?? 0, completion)
  return { out: completion - audio + Math.max(0, hidden), ...(audio > 0 ? { out_audio: audio } : {}) }
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
