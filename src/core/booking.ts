import type { PromptSize } from './context'
import { estimateTokens } from './estimate'
import type { PriceBook } from './price-book'
import { priceUsage, statedLines, type PricedLine } from './pricing'
import type { ProviderId } from './provider'
import { BUCKETS, CONTRADICTIONS, inputTokens, type UsageFlag, type UsageLine, type UsageReport } from './usage'

/** What is known of a call when it ends, however it ends. */
export interface EndedCall {
  readonly provider: ProviderId
  /** The model asked for; a report names the one that answered. */
  readonly model: string
  readonly startedMs: number
  /** The provider said the answer is complete, or that its report is although the answer is not. */
  readonly complete: boolean
  readonly usage: UsageReport | null
  /** What the host does to the price, by the name the price row uses. */
  readonly modifiers: readonly string[]
  /** Text and thinking received. */
  readonly received: string
  readonly prompt: Pick<PromptSize, 'about' | 'most'>
  readonly maxOutputTokens: number
  /** False when it is certain that the provider did no work: nothing was sent, or it was refused by status. */
  readonly maybeBilled: boolean
}

/**
 * The ledger lines of an ended call. What the provider says it billed is booked as stated, what it reported is priced as
 * reported; what was not reported is estimated, with a bound, and never taken as zero.
 */
export function linesOf(call: EndedCall, book: PriceBook): PricedLine[] {
  const { usage } = call
  if (usage === null || usage.lines.length === 0) return call.maybeBilled ? unreported(call, book) : []
  if (usage.stated.length > 0) {
    // Some state the amount so far with every chunk, so of an answer that was cut short it is what was billed at least.
    const costClass = call.complete ? 'provider_reported' : 'partial'
    return statedLines(usage.stated, usage.lines, usage.lines[0]?.model ?? call.model, costClass)
  }
  const doubtful = usage.flags.some((flag) => CONTRADICTIONS.includes(flag))
  const reported = usage.lines.map((line) => withHost(line, call.modifiers))
  // Of several hops only the last that answers can have been cut short; the others were over when they were reported.
  const open = reported.findLastIndex(({ role }) => role === 'main' || role === 'fallback')
  return reported.flatMap((line, index) => {
    const least: Tokens = {}
    const most: Tokens = {}
    if (index === open && line.tokens.in_uncached === undefined) {
      least.in_uncached = Math.max(1, call.prompt.about - cachedTokens(line))
      most.in_uncached = call.prompt.most
    }
    if (index === open && (!call.complete || line.tokens.out === undefined)) {
      // A provider that has begun an answer has made at least one token of it.
      least.out = Math.max(line.tokens.out ?? 1, estimateTokens(call.received) - reportedBefore(reported, open))
      most.out = Math.max(least.out, call.maxOutputTokens)
    }
    const exact = !doubtful && Object.keys(least).length === 0 && line.tokens.out !== undefined
    const priced = priceUsage([line], book, call.provider, call.startedMs, exact ? 'computed' : 'partial')
    const known = priced.filter(({ bucket }) => !(bucket in least))
    return [...known, ...ranged(call, line, least, most, book), ...(index === open ? [] : missingOutput(line))]
  })
}

/** What is doubtful about an ended call: what its report says of itself, and what only the price row can tell. */
export function flagsOf({ usage, provider, startedMs }: EndedCall, book: PriceBook): readonly UsageFlag[] {
  if (usage === null) return []
  const ambiguous =
    usage.severalSteps &&
    usage.stated.length === 0 &&
    usage.lines.some((line) => {
      const limit = book.find(provider, line.model, startedMs)?.tiers[0]?.above ?? Infinity
      return inputTokens(line) > limit
    })
  return ambiguous ? [...usage.flags, 'tier_ambiguous'] : usage.flags
}

function withHost(line: UsageLine, modifiers: readonly string[]): UsageLine {
  return modifiers.length === 0 ? line : { ...line, modifiers: [...new Set([...line.modifiers, ...modifiers])] }
}

type Tokens = { in_uncached?: number; out?: number }

function cachedTokens({ tokens }: UsageLine): number {
  const cached = BUCKETS.filter((bucket) => bucket.startsWith('in_cache_'))
  return cached.reduce((total, bucket) => total + (tokens[bucket] ?? 0), 0)
}

/** Output of the hops before the last: text received from them is paid there. */
function reportedBefore(lines: readonly UsageLine[], open: number): number {
  return lines.slice(0, open).reduce((total, { tokens }) => total + (tokens.out ?? 0), 0)
}

/** Another model's hop whose output nobody reported: there is no text of it to estimate from, so it is unknown. */
function missingOutput(line: UsageLine): PricedLine[] {
  if (line.tokens.out !== undefined) return []
  const { role, model } = line
  const unknown = { unitPrice: null, multiplier: '1', priceId: null, pico: null, picoUpper: null } as const
  return [{ role, model, bucket: 'out', units: 0, costClass: 'unpriced', ...unknown }]
}

/**
 * The connection broke before anything was reported: the provider may have worked for it or not. Booked as nothing, at
 * most the largest the prompt can be and a full answer.
 */
function unreported(call: EndedCall, book: PriceBook): PricedLine[] {
  const line: UsageLine = {
    role: 'main',
    model: call.model,
    tokens: {},
    reasoningTokens: null,
    fees: [],
    modifiers: call.modifiers,
    maybeFree: true,
  }
  const least = { in_uncached: call.prompt.about, out: Math.max(1, estimateTokens(call.received)) }
  const most = { in_uncached: call.prompt.most, out: Math.max(least.out, call.maxOutputTokens) }
  return ranged(call, line, least, most, book)
}

/** Lines for buckets known only from below and above. The bound is priced with every bucket at its most, for tiers. */
function ranged(call: EndedCall, line: UsageLine, least: Tokens, most: Tokens, book: PriceBook): PricedLine[] {
  const at = (tokens: Tokens) =>
    priceUsage(
      [{ ...line, tokens: { ...line.tokens, ...tokens }, fees: [] }],
      book,
      call.provider,
      call.startedMs,
      'partial',
    )
  const upper = at(most)
  return at(least)
    .filter(({ bucket }) => bucket in least)
    .map((priced) => {
      const bound = upper.find(({ bucket }) => bucket === priced.bucket)
      return { ...priced, picoUpper: bound?.picoUpper ?? bound?.pico ?? null }
    })
}
