import { formatAmount, formatExact, picoFromString } from '../../core/money'
import type { ProviderId } from '../../core/provider'
import type { UsageFlag } from '../../core/usage'
import type { CostView } from '../../shared/ipc/views'
import { costLine, costTitle, inOutWords, isBounded } from './cost-words'
import { providers } from './providers'

/** Something to know about a figure. After a doubt the real cost may differ, after a note it does not. */
export interface CostNote {
  readonly kind: 'note' | 'doubt'
  readonly text: string
}

/** A cost with what is known about it: an answer's or a call's. */
export interface Figure {
  readonly cost: CostView
  readonly usageFlags: readonly UsageFlag[]
  readonly provider: ProviderId | null
  /** What prompt caching has saved on it, in pico-dollars; null where nobody can say. */
  readonly cacheSaved: string | null
}

/** What a flag on a usage report says. */
export interface FlagWords {
  readonly what: string
  /** What that may do to the cost; null where it does nothing. */
  readonly soThat: string | null
}

/** What a flag on a usage report means for its cost. */
export function flagWords(flag: UsageFlag): FlagWords {
  switch (flag) {
    case 'unknown_usage_field':
      return {
        what: 'The provider counted something Latchkey does not know.',
        soThat: 'If that is billed, the real cost is higher.',
      }
    case 'malformed_usage':
      return { what: 'A count in the provider’s report cannot be read.', soThat: 'The real cost may differ.' }
    case 'usage_inconsistent':
      return { what: 'Totals in the provider’s report differ from their parts.', soThat: 'The real cost may differ.' }
    case 'fee_not_reported':
      return {
        what: 'The provider’s tools charge for something its report leaves out.',
        soThat: 'The real cost may be higher.',
      }
    case 'tier_ambiguous':
      return {
        what: 'The provider ran tools in several steps, and does not say whether each or all together decide the price.',
        soThat: 'They are priced together; the real cost may be lower.',
      }
    case 'spliced_responses':
      return {
        what: 'Two responses came in one stream, and a count may be of either.',
        soThat: 'The real cost may differ.',
      }
    case 'duplicate_response':
      return { what: 'An earlier call brought this same response, so it is counted once.', soThat: null }
    case 'over_reserved':
      return { what: 'It cost more than was held for it, so a budget may have been passed.', soThat: null }
    case 'hidden_reasoning':
      return {
        what: 'Thinking was found as the gap between a total and its parts, and is priced as output.',
        soThat: null,
      }
    case 'split_estimated':
      return {
        what: 'Not every kind of cached token was reported; the rest is priced as the usual kind.',
        soThat: null,
      }
  }
}

/** Where a figure comes from, in one sentence. */
export function sourceWords({ cost, provider }: Figure): string {
  const name = nameOf(provider)
  // A part without a price decides, whatever the rest is.
  if (cost.pico === null) {
    return cost.atLeast === '0' ? 'No price is known for this model.' : 'For a part of it no price is known.'
  }
  switch (cost.costClass) {
    case 'provider_reported':
      return `As billed by ${name}.`
    case 'computed':
      return `Computed from the tokens ${name} reported and the price at that time.`
    case 'partial':
      return `Estimated in part: what ${name} reported is incomplete or contradicts itself.`
    case 'uncertain':
      return `Not certain: ${name} may bill nothing for this.`
    case 'adjustment':
      // A price of nothing comes to the same.
      if (cost.pico === '0') return 'Settled later: nothing is counted here.'
      return isBounded(cost)
        ? 'Settled later by a price of yours. The tokens are estimated in part.'
        : 'Settled later by a price of yours.'
    case 'unpriced':
      return 'For a part of it no price is known.'
  }
}

/** What should be known beside the figure itself; empty for an exact one that nothing is to be said about. */
export function costNotes(figure: Figure): readonly CostNote[] {
  const { cost, usageFlags, cacheSaved } = figure
  const stated = cost.pico !== null && cost.costClass === 'provider_reported'
  const flags = [...new Set(usageFlags)].map((flag) => noteOf(flagWords(flag), stated))
  const plain = stated || (cost.pico !== null && cost.costClass === 'computed' && !isBounded(cost))
  const saved = savedWords(cacheSaved)
  if (plain && flags.length === 0 && saved === null) return []
  const caching = saved === null ? [] : [{ kind: 'note', text: saved } as const]
  return [{ kind: 'note', text: sourceWords(figure) }, ...flags, ...caching]
}

/** What prompt caching did to a cost, in a sentence; null where it did nothing, or nobody can say. */
export function savedWords(cacheSaved: string | null): string | null {
  const saved = cacheSaved === null ? 0n : picoFromString(cacheSaved)
  if (saved === 0n) return null
  return saved > 0n
    ? `Caching saved ${formatAmount(saved)}.`
    : `Caching cost ${formatAmount(-saved)} more than it saved.`
}

/** An amount the provider states itself is right whatever is wrong with the tokens it reports. */
function noteOf({ what, soThat }: FlagWords, stated: boolean): CostNote {
  return soThat === null || stated ? { kind: 'note', text: what } : { kind: 'doubt', text: `${what} ${soThat}` }
}

/** The quiet line under an answer, with whose word it is: `3,412 tokens · $0.01026, as billed by OpenRouter`. */
export function figureLine(figure: Figure): string {
  const whose = whoseWords(figure)
  return whose === '' ? costLine(figure.cost) : `${costLine(figure.cost)}, ${whose}`
}

/** Whose word an exact figure is, where it is not Latchkey's own sum; else empty. */
export function whoseWords({ cost, provider }: Figure): string {
  if (cost.pico === null) return ''
  if (cost.costClass === 'adjustment') return cost.pico === '0' ? '' : 'at your price'
  if (cost.costClass !== 'provider_reported') return ''
  return `as billed by ${nameOf(provider)}`
}

/** Every digit, and the tokens: `$0.01026 · 2,400 tokens in, 1,012 out`. */
export function exactWords({ cost }: Figure): string {
  if (cost.pico !== null) return costTitle(cost)
  const known = picoFromString(cost.atLeast)
  return known === 0n ? inOutWords(cost) : `At least ${formatExact(known)} · ${inOutWords(cost)}`
}

/** The same with where it comes from, for a tooltip. */
export function figureTitle(figure: Figure): string {
  const saved = savedWords(figure.cacheSaved)
  return `${exactWords(figure)} · ${sourceWords(figure)}${saved === null ? '' : ` ${saved}`}`
}

/** An endpoint of the user's own is called by no name here. */
function nameOf(provider: ProviderId | null): string {
  return provider === null || provider === 'compatible' ? 'the provider' : providers[provider].name
}
