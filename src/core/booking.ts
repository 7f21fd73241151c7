import { estimateTokens } from './estimate'
import type { ProviderId } from './provider'
import type { PriceBook } from './price-book'
import { priceUsage, type PricedLine } from './pricing'
import type { UsageLine, UsageReport } from './usage'

/** What is known of a call when it ends, however it ends. */
export interface EndedCall {
  readonly provider: ProviderId
  /** The model asked for; a report names the one that answered. */
  readonly model: string
  readonly startedMs: number
  /** The provider said the answer is complete. */
  readonly complete: boolean
  readonly usage: UsageReport | null
  /** Text and thinking received. */
  readonly received: string
  readonly promptTokensAbout: number
  readonly maxOutputTokens: number
  /** False when it is certain that the provider did no work: nothing was sent, or it was refused by status. */
  readonly maybeBilled: boolean
}

/**
 * The ledger lines of an ended call. What was reported is priced as reported; what an early end kept from being
 * reported is estimated from the text received, with the model's limit as the upper bound, and never taken as zero.
 */
export function linesOf(call: EndedCall, book: PriceBook): PricedLine[] {
  const { usage } = call
  if (usage === null || usage.lines.length === 0) return call.maybeBilled ? unreported(call, book) : []
  const price = (lines: readonly UsageLine[], costClass: 'computed' | 'partial') =>
    priceUsage(lines, book, call.provider, call.startedMs, costClass)
  if (call.complete && usage.lines.every((line) => line.tokens.out !== undefined)) return price(usage.lines, 'computed')
  return usage.lines.flatMap((line) => {
    const lines = price([line], 'partial')
    return line.tokens.out === undefined || !call.complete
      ? [...withoutOutput(lines), ...output(call, line, book)]
      : lines
  })
}

/** A stopped answer's output: at least what was received or reported, at most what was allowed. */
function output(call: EndedCall, line: UsageLine, book: PriceBook): PricedLine[] {
  if (line.role !== 'main' && line.tokens.out === undefined) return []
  // A provider that has begun an answer has made at least one token of it.
  const least = Math.max(1, line.tokens.out ?? 0, estimateTokens(call.received))
  const most = Math.max(least, call.maxOutputTokens)
  return ranged(call, line, { out: least }, { out: most }, book).map((priced) => asPartial(priced))
}

/**
 * The connection broke before anything was reported: the provider may have worked for it or not. Booked as nothing, at
 * most the estimated prompt (doubled, since the estimate may be far off for code and for other scripts) and a full answer.
 */
function unreported(call: EndedCall, book: PriceBook): PricedLine[] {
  const line: UsageLine = {
    role: 'main',
    model: call.model,
    tokens: {},
    reasoningTokens: null,
    fees: [],
    modifiers: [],
    maybeFree: true,
  }
  const least = { in_uncached: Math.max(1, call.promptTokensAbout), out: Math.max(1, estimateTokens(call.received)) }
  const most = { in_uncached: least.in_uncached * 2, out: Math.max(least.out, call.maxOutputTokens) }
  return ranged(call, line, least, most, book)
}

function ranged(
  call: EndedCall,
  line: UsageLine,
  least: UsageLine['tokens'],
  most: UsageLine['tokens'],
  book: PriceBook,
): PricedLine[] {
  const at = (tokens: UsageLine['tokens']) =>
    priceUsage([{ ...line, tokens: { ...line.tokens, ...tokens }, fees: [] }], book, call.provider, call.startedMs)
  const upper = at(most)
  return at(least)
    .filter(({ bucket }) => bucket in least)
    .map((priced) => {
      const bound = upper.find(({ bucket }) => bucket === priced.bucket)
      return { ...priced, picoUpper: bound?.picoUpper ?? bound?.pico ?? null }
    })
}

function asPartial(line: PricedLine): PricedLine {
  return line.costClass === 'computed' ? { ...line, costClass: 'partial' } : line
}

function withoutOutput(lines: readonly PricedLine[]): PricedLine[] {
  return lines.filter((line) => line.bucket !== 'out')
}
