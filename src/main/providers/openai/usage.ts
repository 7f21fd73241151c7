import type { Bucket, FeeUnits, UsageFlag, UsageLine, UsageReport } from '../../../core/usage'
import { isJson, isNothing, readCount, readName, type Json } from '../reading'
import { statedCosts } from '../stated-cost'

// OpenAI's input_tokens is a total: what was read from the cache and what was written to it are parts of it and are taken
// out here. Thinking is inside output_tokens.

const KNOWN_FIELDS = new Set([
  'input_tokens',
  'input_tokens_details',
  'output_tokens',
  'output_tokens_details',
  'total_tokens',
  // xAI, which speaks this dialect too.
  'cost_in_usd_ticks',
])
const KNOWN_INPUT = new Set(['cached_tokens', 'cache_write_tokens', 'cache_write_tokens_details'])
const KNOWN_WRITES = new Set(['ttl_30m_tokens', 'ttl_12h_tokens'])
const KNOWN_OUTPUT = new Set(['reasoning_tokens'])
const KNOWN_TOOLS = new Set(['web_search', 'image_gen'])
const MOST_FEES = 100_000
/** Tools OpenAI runs by itself within one call. */
const OWN_TOOLS = new Set([
  'web_search_call',
  'file_search_call',
  'code_interpreter_call',
  'image_generation_call',
  'mcp_call',
])

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
  const ran = toolCallsIn(response['output'])
  const tools = partOf(response, 'tool_usage', KNOWN_TOOLS, flags)
  const pictures = picturesOf(response, tools, ran, flags)
  // What a container costs for the time it runs is on the bill and nowhere in the response.
  if (ran.includes('code_interpreter_call')) flags.add('fee_not_reported')
  const line = {
    role: 'main',
    model: readName(response['model']) ?? model,
    tokens,
    reasoningTokens: reasoningOf(fields, out, flags),
    fees: feesOf(response, tools, ran, flags),
    modifiers: modifiersOf(service_tier),
    maybeFree: false,
  } as const
  const stated = statedCosts(fields, flags)
  const raw = { usage, tool_usage, service_tier }
  return { lines: [line, ...pictures], stated, severalSteps: ran.length > 0, raw, flags: [...flags] }
}

/** The tools OpenAI ran itself, one entry a call. */
function toolCallsIn(output: unknown): string[] {
  if (!Array.isArray(output)) return []
  return output
    .filter(isJson)
    .map(({ type }) => type)
    .filter((type) => typeof type === 'string')
    .filter((type) => OWN_TOOLS.has(type))
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
  if (reads !== (read ?? 0) || writes !== (written ?? 0)) flags.add('usage_inconsistent')
  if (writes > 0 && splitTotal !== writes) flags.add('split_estimated')
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
  if (total !== input + output) flags.add('usage_inconsistent')
}

function reasoningOf(fields: Json, out: number | undefined, flags: Set<UsageFlag>): number | null {
  const details = partOf(fields, 'output_tokens_details', KNOWN_OUTPUT, flags)
  const reasoning = readCount(details, 'reasoning_tokens', flags)
  if (reasoning === undefined) return null
  if (out === undefined || reasoning <= out) return reasoning
  flags.add('usage_inconsistent')
  return null
}

/**
 * Charges by use. Searches through the user's own files are counted by their calls alone; no report has a figure for
 * them.
 */
function feesOf(response: Json, tools: Json, ran: readonly string[], flags: Set<UsageFlag>): FeeUnits[] {
  const web = isJson(tools['web_search']) ? readCount(tools['web_search'], 'num_requests', flags, MOST_FEES) : undefined
  const searches = web ?? searchesIn(response['output'])
  const files = ran.filter((type) => type === 'file_search_call').length
  return [
    ...(searches > 0 ? [{ kind: 'web_search', units: searches }] : []),
    ...(files > 0 ? [{ kind: 'file_search', units: files }] : []),
  ]
}

/** Drawn pictures are tokens of another model, counted outside the usage. */
function picturesOf(response: Json, tools: Json, ran: readonly string[], flags: Set<UsageFlag>): UsageLine[] {
  const counts = isJson(tools['image_gen']) ? tools['image_gen'] : {}
  const input = readCount(counts, 'input_tokens', flags) ?? 0
  const total = readCount(counts, 'total_tokens', flags) ?? input
  const output = readCount(counts, 'output_tokens', flags) ?? Math.max(0, total - input)
  if (input === 0 && output === 0) {
    if (ran.includes('image_generation_call')) flags.add('fee_not_reported')
    return []
  }
  const details = isJson(counts['input_tokens_details']) ? counts['input_tokens_details'] : {}
  const images = Math.min(readCount(details, 'image_tokens', flags) ?? 0, input)
  const tokens = { in_uncached: input - images, in_image: images, out: 0, out_image: output }
  const model = pictureModel(response)
  const none = { reasoningTokens: null, fees: [], modifiers: [], maybeFree: false } as const
  return [{ role: 'image_gen', model, tokens, ...none }]
}

/** The model that drew, where the response names one; else a name no price row has. */
function pictureModel(response: Json): string {
  const named = [response['output'], response['tools']]
    .flatMap((list) => (Array.isArray(list) ? list.filter(isJson) : []))
    .filter(({ type }) => type === 'image_generation_call' || type === 'image_generation')
    .map(({ model }) => readName(model))
  return named.find((name) => name !== null) ?? 'image_generation'
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

/** A counter that nobody knows may be billed, unless it stands at nothing. */
function checkNames(fields: Json, known: ReadonlySet<string>, flags: Set<UsageFlag>): void {
  if (Object.entries(fields).some(([name, value]) => !known.has(name) && !isNothing(value))) {
    flags.add('unknown_usage_field')
  }
}
