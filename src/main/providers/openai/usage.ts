import type { Bucket, FeeUnits, UsageFlag, UsageReport } from '../../../core/usage'
import { isJson, readCount, readName, type Json } from '../reading'

// OpenAI's input_tokens is a total: what was read from the cache and what was written to it are parts of it and are taken
// out here. Thinking is inside output_tokens.

const KNOWN_FIELDS = new Set([
  'input_tokens',
  'input_tokens_details',
  'output_tokens',
  'output_tokens_details',
  'total_tokens',
])
const KNOWN_INPUT = new Set(['cached_tokens', 'cache_write_tokens', 'cache_write_tokens_details'])
const KNOWN_WRITES = new Set(['ttl_30m_tokens', 'ttl_12h_tokens'])
const KNOWN_OUTPUT = new Set(['reasoning_tokens'])
const KNOWN_TOOLS = new Set(['web_search', 'image_gen'])
const MOST_FEES = 100_000

/** The tiers that are the plain price; any other is priced under its own name, or not at all. */
const PLAIN_TIERS = new Set(['default', 'auto'])

type Tokens = Partial<Record<Bucket, number>>

/**
 * The usage of one response, as its terminal event reports it. Null when it reports none, which is not zero.
 * `model` is the one asked for, in case the response does not name the one that answered.
 */
export function usageOf(response: Json, model: string): UsageReport | null {
  const { usage, tool_usage, service_tier } = response
  if (usage === undefined || usage === null) return null
  const flags = new Set<UsageFlag>()
  if (!isJson(usage)) flags.add('malformed_usage')
  const fields = isJson(usage) ? usage : {}
  checkNames(fields, KNOWN_FIELDS, flags)
  const out = readCount(fields, 'output_tokens', flags)
  const tokens = { ...inputOf(fields, flags), ...(out === undefined ? {} : { out }) }
  checkTotal(fields, flags)
  const line = {
    role: 'main',
    model: readName(response['model']) ?? model,
    tokens,
    reasoningTokens: reasoningOf(fields, out, flags),
    fees: feesOf(response, flags),
    modifiers: modifiersOf(service_tier),
    maybeFree: false,
  } as const
  return { lines: [line], raw: { usage, tool_usage, service_tier }, flags: [...flags] }
}

function inputOf(fields: Json, flags: Set<UsageFlag>): Tokens {
  const details = partOf(fields, 'input_tokens_details', KNOWN_INPUT, flags)
  const total = readCount(fields, 'input_tokens', flags)
  const read = readCount(details, 'cached_tokens', flags)
  const split = partOf(details, 'cache_write_tokens_details', KNOWN_WRITES, flags)
  const longer = readCount(split, 'ttl_12h_tokens', flags)
  const shorter = readCount(split, 'ttl_30m_tokens', flags)
  const splitTotal = longer === undefined && shorter === undefined ? undefined : (longer ?? 0) + (shorter ?? 0)
  const written = readCount(details, 'cache_write_tokens', flags) ?? splitTotal
  // Parts larger than the whole cannot be told apart; the whole is what is billed, so it is what the parts come to.
  const room = total ?? Infinity
  const reads = Math.min(read ?? 0, room)
  const writes = Math.min(written ?? 0, room - reads)
  if (reads !== (read ?? 0) || writes !== (written ?? 0)) flags.add('malformed_usage')
  if (writes > 0 && splitTotal !== writes) flags.add('cache_ttl_assumed')
  const long = Math.min(longer ?? 0, writes)
  return {
    ...(total === undefined ? {} : { in_uncached: total - reads - writes }),
    ...(read === undefined ? {} : { in_cache_read: reads }),
    ...(written === undefined ? {} : { in_cache_write_30m: writes - long, in_cache_write_12h: long }),
  }
}

/** A total that is more or less than its parts has something in it, or lacks something, that nobody has named. */
function checkTotal(fields: Json, flags: Set<UsageFlag>): void {
  const total = readCount(fields, 'total_tokens', flags)
  const input = readCount(fields, 'input_tokens', flags)
  const output = readCount(fields, 'output_tokens', flags)
  if (total === undefined || input === undefined || output === undefined) return
  if (total !== input + output) flags.add('malformed_usage')
}

function reasoningOf(fields: Json, out: number | undefined, flags: Set<UsageFlag>): number | null {
  const details = partOf(fields, 'output_tokens_details', KNOWN_OUTPUT, flags)
  const reasoning = readCount(details, 'reasoning_tokens', flags)
  if (reasoning === undefined) return null
  if (out === undefined || reasoning <= out) return reasoning
  flags.add('malformed_usage')
  return null
}

/**
 * Charges that are not tokens of this model. Drawn images are tokens of another model, counted outside the usage; they
 * go in as a fee without a price, so that the cost says "at least".
 */
function feesOf(response: Json, flags: Set<UsageFlag>): FeeUnits[] {
  const tools = partOf(response, 'tool_usage', KNOWN_TOOLS, flags)
  const web = isJson(tools['web_search']) ? readCount(tools['web_search'], 'num_requests', flags, MOST_FEES) : undefined
  const searches = web ?? searchesIn(response['output'])
  const images = isJson(tools['image_gen']) ? (readCount(tools['image_gen'], 'total_tokens', flags) ?? 0) : 0
  return [
    ...(searches > 0 ? [{ kind: 'web_search', units: searches }] : []),
    ...(images > 0 ? [{ kind: 'image_tokens', units: images }] : []),
  ]
}

/** Where no tool usage is reported: opening a page is not a search and costs nothing. */
function searchesIn(output: unknown): number {
  if (!Array.isArray(output)) return 0
  return output
    .filter(isJson)
    .filter(({ type, action }) => type === 'web_search_call' && isJson(action) && action['type'] === 'search').length
}

function modifiersOf(tier: unknown): string[] {
  const name = readName(tier)
  return name === null || PLAIN_TIERS.has(name) ? [] : [name]
}

/** The fields of a nested report; nothing in it when it was not reported. */
function partOf(fields: Json, name: string, known: ReadonlySet<string>, flags: Set<UsageFlag>): Json {
  const part = fields[name]
  if (part === undefined || part === null) return {}
  if (!isJson(part)) {
    flags.add('malformed_usage')
    return {}
  }
  checkNames(part, known, flags)
  return part
}

function checkNames(fields: Json, known: ReadonlySet<string>, flags: Set<UsageFlag>): void {
  const reported = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined)
  if (reported.some(([name]) => !known.has(name))) flags.add('unknown_usage_field')
}
