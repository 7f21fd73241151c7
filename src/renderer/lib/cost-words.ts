import { formatAmount, formatExact, formatSum, picoFromString } from '../../core/money'
import type { CostView } from '../../shared/ipc/views'
import { formatCount } from './format'

type Write = (pico: bigint) => string

/** What an answer or a call cost: `$0.01026`, or how much of that is known, bounds included. */
export function costWords(cost: CostView): string {
  const upper = upperOf(cost)
  if (cost.pico === null) return costFigure(cost)
  if (cost.costClass === 'uncertain') return `${costFigure(cost)}, not certain`
  return upper === null ? costFigure(cost) : `${costFigure(cost)}, at most ${formatAmount(upper)}`
}

/** The same without its bound, where room is short: `about $0.0012`. The tooltip beside it has the rest. */
export function costFigure(cost: CostView): string {
  return figure(cost, formatAmount)
}

/** What a period cost, rounded as sums are: `$0.42`, `about $0.42`. */
export function sumFigure(cost: CostView): string {
  return figure(cost, formatSum)
}

/** The quiet line under an answer: `3,412 tokens · $0.01026`. */
export function costLine(cost: CostView): string {
  const tokens = tokenWords(cost)
  return tokens === '' ? costWords(cost) : `${tokens} · ${costWords(cost)}`
}

/** Every digit and the tokens in and out, for a tooltip. */
export function costTitle(cost: CostView): string {
  const money =
    cost.pico === null
      ? `No price known. Priced so far: ${formatExact(picoFromString(cost.atLeast))}`
      : formatExact(picoFromString(cost.pico))
  const upper = cost.upper === null ? '' : `, at most ${formatExact(picoFromString(cost.upper))}`
  return `${money}${upper} · ${inOutWords(cost)}`
}

/** `2,400 tokens in, 1,012 out` */
export function inOutWords({ inputTokens, outputTokens }: CostView): string {
  return `${reported(inputTokens)} tokens in, ${reported(outputTokens)} out`
}

/** Tokens in and out together; empty when the provider reported neither. */
export function tokenWords(cost: CostView): string {
  const { inputTokens, outputTokens } = cost
  if (inputTokens === null && outputTokens === null) return ''
  const total = (inputTokens ?? 0) + (outputTokens ?? 0)
  const text = `${formatCount(total)} ${total === 1 ? 'token' : 'tokens'}`
  if (inputTokens === null || outputTokens === null) return `at least ${text}`
  return cost.costClass === 'partial' || cost.costClass === 'uncertain' || isBounded(cost) ? `about ${text}` : text
}

/** Whether a cost is known only from below and above. */
export function isBounded(cost: CostView): boolean {
  return upperOf(cost) !== null
}

function figure(cost: CostView, write: Write): string {
  // Unknown is not zero: a part without a price leaves at best a lower bound.
  if (cost.pico === null) {
    const atLeast = picoFromString(cost.atLeast)
    return atLeast === 0n ? 'unpriced' : `at least ${writeBound(atLeast, write)}`
  }
  const pico = picoFromString(cost.pico)
  const upper = upperOf(cost)
  switch (cost.costClass) {
    case 'provider_reported':
    case 'computed':
    case 'adjustment':
      // A sum is of its worst class, but an estimate that was settled later keeps its bound in any.
      return upper === null ? write(pico) : `about ${writeBound(pico, write)}`
    case 'partial':
      return `about ${writeBound(pico, write)}`
    case 'uncertain':
      return upper === null ? `about ${writeBound(pico, write)}` : `${write(pico)} to ${write(upper)}`
    case 'unpriced':
      return `at least ${writeBound(pico, write)}`
  }
}

/** A sum too small for cents is written out after "about" and "at least", which make no sense before `<$0.01`. */
function writeBound(pico: bigint, write: Write): string {
  const text = write(pico)
  return text.startsWith('<') ? formatAmount(pico) : text
}

/** Null where the bound says nothing beyond the figure. */
function upperOf(cost: CostView): bigint | null {
  const upper = cost.upper === null ? null : picoFromString(cost.upper)
  return upper === null || cost.pico === null || upper <= picoFromString(cost.pico) ? null : upper
}

function reported(tokens: number | null): string {
  return tokens === null ? 'unreported' : formatCount(tokens)
}
