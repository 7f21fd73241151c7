import { lookup } from '../../../core/lookup'
import type { StopReason } from '../../../core/stream-part'
import type { Bucket, FeeUnits, UsageFlag, UsageLine, UsageReport } from '../../../core/usage'
import { isCount, isJson, readCount, type Json } from '../reading'

// Anthropic's counters are disjoint already: input_tokens is the uncached part only, thinking is inside output_tokens.
// message_delta figures are cumulative and replace, and may be larger or smaller than those of message_start.

const KNOWN_FIELDS = new Set([
  'input_tokens',
  'output_tokens',
  'cache_creation_input_tokens',
  'cache_read_input_tokens',
  'cache_creation',
  'output_tokens_details',
  'server_tool_use',
  'service_tier',
  'inference_geo',
  'speed',
  'iterations',
])
/** A provider sends one or two. */
const MOST_RAW = 20
const MOST_FEES = 100_000

const KNOWN_TOOL_FIELDS = new Set(['web_search_requests', 'web_fetch_requests'])

const ROLES: Readonly<Record<string, UsageLine['role']>> = {
  message: 'main',
  compaction: 'compaction',
  advisor_message: 'advisor',
  fallback_message: 'fallback',
}

/** Reads the usage of one response, event by event; each answer is the whole report so far. */
export interface UsageReader {
  start(message: { readonly id: string; readonly model: string; readonly usage: unknown }): UsageReport
  delta(usage: unknown, reason: StopReason): UsageReport
  /** A tool of Anthropic's own runs within this response. */
  tool(name: unknown): void
  started(): boolean
}

/** A reader for one response; it holds what was reported so far. */
export function createUsageReader(): UsageReader {
  let raw: readonly unknown[] = []
  const ids = new Set<string>()
  const flags = new Set<UsageFlag>()
  let model = ''
  let fields: Json = {}
  // The output figure of message_start is a placeholder of a token or so; only a delta reports one.
  let outputReported = false
  let refused = false
  const tools = new Set<string>()

  const report = (): UsageReport => ({
    lines: linesFrom({ model, fields, outputReported, refused }, flags),
    stated: [],
    severalSteps: (tools.size > 0 || ranTools(fields)) && iterationsIn(fields).length === 0,
    raw,
    flags: [...flags, ...(ranContainer(tools) ? (['fee_not_reported'] as const) : [])],
  })

  return {
    started: () => ids.size > 0,
    tool(name) {
      tools.add(String(name))
    },
    start(message) {
      // Proxies have been seen repeating message_start; a repetition says nothing new.
      if (ids.has(message.id)) return report()
      if (ids.size > 0) flags.add('spliced_responses')
      ids.add(message.id)
      model = message.model
      raw = [...raw, message.usage]
      fields = merged(fields, message.usage, flags)
      return report()
    },
    delta(usage, reason) {
      // The figures are cumulative, so of an endless row of them the first and the last tell it all.
      raw = raw.length < MOST_RAW ? [...raw, usage] : [...raw.slice(0, -1), usage]
      fields = merged(fields, usage, flags)
      refused = reason === 'refusal'
      outputReported ||= isJson(usage) && (usage['output_tokens'] ?? null) !== null
      return report()
    },
  }
}

/** A container is billed by its time, which is in no report; together with Anthropic's web tools it is free. */
function ranContainer(tools: ReadonlySet<string>): boolean {
  const names = [...tools]
  return names.some((name) => name.includes('code_execution')) && !names.some((name) => name.startsWith('web_'))
}

/** The last non-null value of each field wins; what is no count does not displace one. */
function merged(fields: Json, usage: unknown, flags: Set<UsageFlag>): Json {
  if (!isJson(usage)) {
    flags.add('malformed_usage')
    return fields
  }
  const reported = Object.entries(usage).filter(([, value]) => value !== null && value !== undefined)
  if (reported.some(([name]) => !KNOWN_FIELDS.has(name))) flags.add('unknown_usage_field')
  const sound = reported.filter(([name, value]) => {
    const spoils = typeof fields[name] === 'number' && !isCount(value)
    if (spoils) flags.add('malformed_usage')
    return !spoils
  })
  return { ...fields, ...Object.fromEntries(sound) }
}

interface Known {
  readonly model: string
  readonly fields: Json
  readonly outputReported: boolean
  readonly refused: boolean
}

function linesFrom({ model, fields, outputReported, refused }: Known, flags: Set<UsageFlag>): UsageLine[] {
  const modifiers = modifiersOf(fields)
  const fees = feesOf(fields, flags)
  const iterations = iterationsIn(fields)
  if (iterations.length === 0) {
    const tokens = tokensOf(fields, outputReported, flags)
    const reasoningTokens = reasoningOf(fields, flags)
    return [{ role: 'main', model, tokens, reasoningTokens, fees, modifiers, maybeFree: refused && tokens.out === 0 }]
  }
  // With iterations the top level leaves compaction and advisor calls out, so it is ignored and each is priced alone.
  const answeredElsewhere = iterations.some((iteration) => iteration['type'] === 'fallback_message')
  return iterations.map((iteration, index) => {
    const role = lookup(ROLES, String(iteration['type']))
    if (role === undefined) flags.add('unknown_usage_field')
    const tokens = tokensOf(withLifetimes(iteration, fields), true, flags)
    return {
      role: role ?? 'main',
      model: typeof iteration['model'] === 'string' ? iteration['model'] : model,
      tokens,
      reasoningTokens: reasoningOf(iteration, flags),
      fees: index === 0 ? fees : [],
      modifiers,
      // A hop that declined before writing anything may or may not be billed; the documentation does not say.
      maybeFree: role === 'main' && tokens.out === 0 && (answeredElsewhere || refused),
    }
  })
}

/** An iteration that does not say how long its cache lives has it as the whole response has. */
function withLifetimes(iteration: Json, whole: Json): Json {
  const says = isJson(iteration['cache_creation']) || !isCount(iteration['cache_creation_input_tokens'])
  return says ? iteration : { ...iteration, cache_creation: whole['cache_creation'] }
}

function iterationsIn(fields: Json): Json[] {
  return Array.isArray(fields['iterations']) ? fields['iterations'].filter(isJson) : []
}

/** Whether the provider's own tools ran: each of their steps reads the prompt again, and the figures are the sum. */
function ranTools(fields: Json): boolean {
  const tools = fields['server_tool_use']
  return isJson(tools) && Object.values(tools).some((count) => isCount(count) && count > 0)
}

function tokensOf(fields: Json, outputReported: boolean, flags: Set<UsageFlag>): UsageLine['tokens'] {
  const tokens: Partial<Record<Bucket, number>> = {}
  const put = (bucket: Bucket, value: number | undefined): void => {
    if (value !== undefined) tokens[bucket] = value
  }
  put('in_uncached', readCount(fields, 'input_tokens', flags))
  put('in_cache_read', readCount(fields, 'cache_read_input_tokens', flags))
  const written = readCount(fields, 'cache_creation_input_tokens', flags) ?? writtenInSplit(fields, flags)
  if (written !== undefined) {
    const longer = longerWrites(fields, written, flags)
    tokens.in_cache_write_5m = written - longer
    tokens.in_cache_write_1h = longer
  }
  if (outputReported) put('out', readCount(fields, 'output_tokens', flags))
  return tokens
}

/** The total of a split that came without one. */
function writtenInSplit(fields: Json, flags: Set<UsageFlag>): number | undefined {
  const split = fields['cache_creation']
  if (!isJson(split)) return undefined
  const longer = readCount(split, 'ephemeral_1h_input_tokens', flags)
  const shorter = readCount(split, 'ephemeral_5m_input_tokens', flags)
  return longer === undefined && shorter === undefined ? undefined : (longer ?? 0) + (shorter ?? 0)
}

/**
 * How many of the written tokens live for an hour. The split by lifetime comes with message_start only and goes stale
 * when server tools write more. With one lifetime in it everything has that one; with both, the rest is taken as the
 * five-minute kind and the line is flagged, as it is where there is no split at all.
 */
function longerWrites(fields: Json, written: number, flags: Set<UsageFlag>): number {
  const split = isJson(fields['cache_creation']) ? fields['cache_creation'] : {}
  const longer = readCount(split, 'ephemeral_1h_input_tokens', flags) ?? 0
  const shorter = readCount(split, 'ephemeral_5m_input_tokens', flags) ?? 0
  const oneLifetime = (longer === 0) !== (shorter === 0)
  if (written > 0 && !oneLifetime && longer + shorter !== written) flags.add('split_estimated')
  return shorter === 0 && longer > 0 ? written : Math.min(longer, written)
}

function modifiersOf(fields: Json): string[] {
  const tier = fields['service_tier']
  const geo = fields['inference_geo']
  const speed = fields['speed']
  return [
    ...(typeof tier === 'string' && tier !== 'standard' ? [tier] : []),
    ...(typeof geo === 'string' && geo !== 'not_available' && geo !== 'global' ? [`geo_${geo}`] : []),
    ...(typeof speed === 'string' && speed !== 'standard' ? [speed] : []),
  ]
}

/** Web fetch has no fee; a tool counter not known here may have one, so it raises the flag. */
function feesOf(fields: Json, flags: Set<UsageFlag>): FeeUnits[] {
  const tools = fields['server_tool_use']
  if (!isJson(tools)) return []
  if (Object.keys(tools).some((name) => !KNOWN_TOOL_FIELDS.has(name))) flags.add('unknown_usage_field')
  const searches = readCount(tools, 'web_search_requests', flags, MOST_FEES) ?? 0
  return searches > 0 ? [{ kind: 'web_search', units: searches }] : []
}

function reasoningOf(fields: Json, flags: Set<UsageFlag>): number | null {
  const details = fields['output_tokens_details']
  const thinking = isJson(details) ? readCount(details, 'thinking_tokens', flags) : undefined
  if (thinking === undefined) return null
  const output = fields['output_tokens']
  if (isCount(output) && thinking > output) flags.add('usage_inconsistent')
  return thinking
}
