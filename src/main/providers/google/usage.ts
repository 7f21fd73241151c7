import type { Bucket, FeeUnits, UsageFlag, UsageLine, UsageReport } from '../../../core/usage'
import { isCount, isJson, readCount, readName, type Json } from '../reading'

// usageMetadata holds running totals, so the last one wins. The prompt includes what was cached; thoughts and the prompt
// of tools stand beside the other two, and the SDK's types know neither. A figure of zero is left out of the JSON.

const COUNTS = [
  'promptTokenCount',
  'cachedContentTokenCount',
  'candidatesTokenCount',
  'thoughtsTokenCount',
  'toolUsePromptTokenCount',
  'totalTokenCount',
] as const

const KNOWN_FIELDS = new Set<string>([
  ...COUNTS,
  'promptTokensDetails',
  'candidatesTokensDetails',
  'cacheTokensDetails',
  'toolUsePromptTokensDetails',
  'trafficType',
  'serviceTier',
  'initialPromptTokenCount',
])

/** One a chunk, in an answer of any length. */
const MOST_RAW = 20
/** Text, picture, sound, film, document: there are no more kinds. */
const MOST_KINDS = 20
const MOST_FEES = 100_000

/** Reads the usage of one response, chunk by chunk; each answer is the whole report so far. */
export interface UsageReader {
  /** Undefined for a chunk that says nothing new. `withheld`: the provider refused to answer, or to go on. */
  chunk(chunk: Json, withheld: boolean): UsageReport | undefined
}

/** A reader for one response; it holds what was reported so far. */
export function createUsageReader(requestedModel: string): UsageReader {
  const flags = new Set<UsageFlag>()
  let raw: readonly unknown[] = []
  let model = requestedModel
  let fields: Json = {}
  let searches = 0

  return {
    chunk(chunk, withheld) {
      model = readName(chunk['modelVersion']) ?? model
      const searched = searchesOf(chunk)
      const usage = chunk['usageMetadata'] ?? undefined
      if (searched === undefined && !saysSomething(usage)) return undefined
      searches = searched ?? searches
      if (saysSomething(usage)) {
        // Running totals: of an endless row of them the first and the last tell it all.
        raw = raw.length < MOST_RAW ? [...raw, usage] : [...raw.slice(0, -1), usage]
        fields = latest(fields, usage, flags)
      }
      const line = lineFrom(fields, { model, withheld, fees: feesOf(searches) })
      const sound = checksumHolds(fields) && kindsFit(fields)
      return {
        lines: [line],
        stated: [],
        severalSteps: searches > 0 || (line.tokens.in_tool_use ?? 0) > 0,
        raw,
        flags: sound ? [...flags] : [...new Set([...flags, 'usage_inconsistent' as const])],
      }
    },
  }
}

/** Early chunks may name the kind of traffic and nothing else. */
function saysSomething(usage: unknown): boolean {
  if (usage === undefined) return false
  return !isJson(usage) || Object.entries(usage).some(([name, value]) => name !== 'trafficType' && value !== null)
}

/** The newest figures; what is no count does not displace one. */
function latest(before: Json, usage: unknown, flags: Set<UsageFlag>): Json {
  if (!isJson(usage)) {
    flags.add('malformed_usage')
    return before
  }
  if (Object.keys(usage).some((name) => !KNOWN_FIELDS.has(name))) flags.add('unknown_usage_field')
  const counts = COUNTS.map((name) => {
    const value = usage[name] ?? undefined
    return [name, readCount(usage, name, flags) ?? (value === undefined ? undefined : before[name])] as const
  })
  const kinds = { ...kindsOf(before) }
  const details = usage['candidatesTokensDetails'] ?? undefined
  if (details !== undefined) {
    Object.assign(kinds, readKinds(details, usage['candidatesTokenCount'], flags))
  }
  const asked = usage['promptTokensDetails'] ?? undefined
  if (asked !== undefined) kinds.heard = heardIn(asked, usage, flags)
  return { ...Object.fromEntries(counts), ...kinds, serviceTier: usage['serviceTier'] ?? before['serviceTier'] }
}

/** Tokens that have a price of their own: pictures and sound of the output, and sound of the prompt. */
interface Kinds {
  readonly image: number
  readonly audio: number
  heard: number
}

const NO_KINDS: Kinds = { image: 0, audio: 0, heard: 0 }

function kindsOf({ image, audio, heard }: Json): Kinds {
  return { image: orNone(image), audio: orNone(audio), heard: orNone(heard) }
}

function orNone(count: unknown): number {
  return isCount(count) ? count : 0
}

/** Sound in the uncached part of the prompt. Cached sound goes with the rest of the cache, whose price is that of text. */
function heardIn(details: unknown, usage: Json, flags: Set<UsageFlag>): number {
  const { audio } = readKinds(details, usage['promptTokenCount'], flags)
  const cached = usage['cacheTokensDetails'] ?? []
  const again = readKinds(cached, usage['cachedContentTokenCount'], flags).audio
  if (again > 0) flags.add('split_estimated')
  const room = Number(usage['promptTokenCount'] ?? 0) - Number(usage['cachedContentTokenCount'] ?? 0)
  return Math.max(0, Math.min(audio - again, room))
}

/** How much of a count is pictures and sound; none of it when the parts are more than the whole. */
function readKinds(details: unknown, whole: unknown, flags: Set<UsageFlag>): Omit<Kinds, 'heard'> {
  const kinds = { image: 0, audio: 0 }
  let sound = Array.isArray(details) && details.length <= MOST_KINDS
  for (const part of sound ? (details as unknown[]) : []) {
    const modality = isJson(part) ? part['modality'] : undefined
    const count = isJson(part) ? (part['tokenCount'] ?? 0) : undefined
    if (!isCount(count)) sound = false
    else if (modality === 'IMAGE') kinds.image += count
    else if (modality === 'AUDIO') kinds.audio += count
  }
  if (sound && kinds.image + kinds.audio <= (isCount(whole) ? whole : 0)) return kinds
  flags.add('malformed_usage')
  return { image: 0, audio: 0 }
}

/** Kinds are reported beside the counts they are parts of, and a later chunk may lower those alone. */
function kindsFit(fields: Json): boolean {
  const { prompt, cached, candidates } = partsOf(fields)
  const { image, audio, heard } = kindsOf(fields)
  return image + audio <= (candidates ?? 0) && heard <= Math.max(0, (prompt ?? 0) - (cached ?? 0))
}

/** Google's own total: whoever left something out of it, or out of the parts, makes the figure less than certain. */
function checksumHolds(fields: Json): boolean {
  const total = fields['totalTokenCount']
  const { prompt, tools, candidates, thoughts } = partsOf(fields)
  return total === undefined || total === (prompt ?? 0) + (tools ?? 0) + (candidates ?? 0) + (thoughts ?? 0)
}

function partsOf(fields: Json) {
  const count = (name: (typeof COUNTS)[number]): number | undefined => {
    const value = fields[name]
    return isCount(value) ? value : undefined
  }
  return {
    prompt: count('promptTokenCount'),
    cached: count('cachedContentTokenCount'),
    tools: count('toolUsePromptTokenCount'),
    candidates: count('candidatesTokenCount'),
    thoughts: count('thoughtsTokenCount'),
    total: count('totalTokenCount'),
  }
}

interface Known {
  readonly model: string
  readonly withheld: boolean
  readonly fees: readonly FeeUnits[]
}

function lineFrom(fields: Json, { model, withheld, fees }: Known): UsageLine {
  const { prompt, cached, tools, candidates, thoughts, total } = partsOf(fields)
  const tokens: Partial<Record<Bucket, number>> = {}
  // More cached than asked is nonsense; the checksum cannot see it, so the smaller figure is believed.
  const read = cached === undefined || prompt === undefined ? cached : Math.min(cached, prompt)
  const { image, audio, heard } = kindsFit(fields) ? kindsOf(fields) : NO_KINDS
  if (prompt !== undefined) tokens.in_uncached = prompt - (read ?? 0) - heard
  if (heard > 0) tokens.in_audio = heard
  if (read !== undefined) tokens.in_cache_read = read
  if (tools !== undefined) tokens.in_tool_use = tools
  // A blocked prompt reports no output at all; a total that leaves no room for any says that there was none.
  const none = total !== undefined && total === (prompt ?? 0) + (tools ?? 0)
  if (candidates !== undefined || thoughts !== undefined || none) {
    tokens.out = (candidates ?? 0) + (thoughts ?? 0) - image - audio
    if (image > 0) tokens.out_image = image
    if (audio > 0) tokens.out_audio = audio
  }
  return {
    role: 'main',
    model,
    tokens,
    reasoningTokens: thoughts ?? null,
    fees,
    modifiers: modifiersOf(fields),
    maybeFree: withheld && (candidates ?? 0) + (thoughts ?? 0) === 0,
  }
}

function modifiersOf(fields: Json): string[] {
  const tier = fields['serviceTier']
  if (typeof tier !== 'string' || tier === '') return []
  const name = tier.toLowerCase().replace(/^service_tier_/, '')
  return name === 'standard' || name === 'unspecified' ? [] : [name]
}

/** Every query Google ran for the answer is billed; the list grows while it streams. */
function searchesOf(chunk: Json): number | undefined {
  const candidates = chunk['candidates']
  const first: unknown = Array.isArray(candidates) ? candidates[0] : undefined
  const grounding = isJson(first) ? first['groundingMetadata'] : undefined
  const queries = isJson(grounding) ? grounding['webSearchQueries'] : undefined
  return Array.isArray(queries) ? Math.min(queries.length, MOST_FEES) : undefined
}

function feesOf(searches: number): FeeUnits[] {
  return searches > 0 ? [{ kind: 'grounding_query', units: searches }] : []
}
