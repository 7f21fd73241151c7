import { costOf, type PricedLine } from './pricing'
import type { ProviderId } from './provider'
import { isDoubtful } from './corrections'
import type { UsageReport } from './usage'

// A response is billed once, however often it arrives: resumed, repeated by a proxy, or asked for twice.

/** A call that carries a response id, as far as its money goes. */
export interface ResponseCall {
  /** Its report is the last word of its provider. */
  readonly reported: boolean
  /** The lines that count. */
  readonly lines: readonly Pick<PricedLine, 'pico' | 'picoUpper' | 'costClass'>[]
}

/**
 * Which of the calls that carry one response carries its money: the first with a complete report, else the one that comes
 * to most, else the first. In the order in which they ended; never empty.
 */
export function standingCall(calls: readonly ResponseCall[]): number {
  const complete = calls.findIndex(({ reported, lines }) => reported && !lines.some(isVague))
  if (complete !== -1) return complete
  const sizes = calls.map(({ lines }) => sizeOf(lines))
  return sizes.reduce((best, size, index) => (isMore(size, sizes[best] ?? size) ? index : best), 0)
}

/** Providers whose ids are given once. The others have servers that give every answer the same one. */
const UNIQUE_IDS: ReadonlySet<ProviderId> = new Set([
  'anthropic',
  'openai',
  'google',
  'openrouter',
  'mistral',
  'deepseek',
  'groq',
  'xai',
])

/** Whether an id alone tells that two responses of this provider are one. */
export function hasUniqueIds(provider: ProviderId): boolean {
  return UNIQUE_IDS.has(provider)
}

/** Whether two reports are the same to the last digit; no report is like no other. */
export function sameReport(a: UsageReport | null, b: UsageReport | null): boolean {
  return a !== null && b !== null && JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
}

/** With fields in one order, since storing may change it. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, each]) => [name, sorted(each)] as const)
      .toSorted(([x], [y]) => (x < y ? -1 : 1)),
  )
}

/** No price is known for it, which says nothing against its report. */
function isVague(line: ResponseCall['lines'][number]): boolean {
  return isDoubtful(line) && line.costClass !== 'unpriced'
}

type Size = readonly [least: bigint, most: bigint]

function sizeOf(lines: ResponseCall['lines']): Size {
  const { atLeast, upper } = costOf(lines)
  return [atLeast, upper ?? atLeast]
}

function isMore([least, most]: Size, [otherLeast, otherMost]: Size): boolean {
  return least > otherLeast || (least === otherLeast && most > otherMost)
}
