import { divideHalfEven } from '../../../core/decimal'
import { formatAmount, formatSum, picoFromString } from '../../../core/money'
import type { CostClass } from '../../../core/pricing'
import type { SpendGrouping } from '../../../core/spend-query'
import type { ForecastView, SpendClassView, SpendPartView, SpendReportView } from '../../../shared/ipc/spend-views'
import { formatCounted, formatDate, formatMonth } from '../../lib/format'
import { providers } from '../../lib/providers'
import { backgroundWords } from './background-words'
import { partFigure } from './spend-words'

/** What spend can be taken apart by, as it is chosen. */
export const GROUPINGS: readonly { readonly value: SpendGrouping; readonly label: string }[] = (
  ['model', 'provider', 'key', 'conversation', 'purpose', 'day', 'week', 'month'] as const
).map((value) => ({ value, label: groupingWords(value) }))

/** `By model` */
export function groupingWords(by: SpendGrouping): string {
  return `By ${by}`
}

/** `Model` */
export function groupWords(by: SpendGrouping): string {
  return `${by.slice(0, 1).toUpperCase()}${by.slice(1)}`
}

/** What a part is called here, whatever it is a part of. */
export function partName(by: SpendGrouping, { key, name, provider }: SpendPartView): string {
  switch (by) {
    case 'day':
      return formatDate(key)
    case 'week':
      return `Week of ${formatDate(key)}`
    case 'month':
      return formatMonth(key)
    case 'provider':
      return provider === null ? key : providers[provider].name
    case 'model':
      return name ?? key
    case 'key':
      return key === 'none' ? 'Without a key' : (name ?? 'A key without a name')
    case 'conversation':
      if (key === 'private') return 'Private conversations'
      return key === 'none' ? 'No conversation' : (name ?? 'Deleted conversation')
    case 'purpose':
      return key === 'answer' ? 'Answers' : backgroundWords(key).name
  }
}

const CLASSES: Readonly<Record<CostClass, string>> = {
  provider_reported: 'Reported by providers',
  computed: 'Computed from tokens and prices',
  partial: 'Estimated in part',
  uncertain: 'Not certain',
  unpriced: 'No price known',
  adjustment: 'Settled later',
}

/** How the calls of a class came to their cost. */
export function className(costClass: CostClass): string {
  return CLASSES[costClass]
}

/** By how much a class may be wrong: `up to $0.30 more`; empty where it is not. */
export function stakeWords({ costClass, atStake, callCount }: SpendClassView): string {
  if (costClass === 'unpriced') return callCount === 1 ? 'it may have cost anything' : 'they may have cost anything'
  if (atStake === null || atStake === '0') return ''
  return `up to ${formatAmount(picoFromString(atStake))} more`
}

/** Between what the month will probably end; null while nobody can say. */
export function forecastWords({ range, lastDay }: ForecastView): string | null {
  if (range === null) return null
  const [least, most] = [formatSum(picoFromString(range.least)), formatSum(picoFromString(range.most))]
  return `${least === most ? `About ${least}` : `${least} to ${most}`} by ${formatDate(lastDay)} at this rate`
}

/** What the forecast cannot know; empty where it knows all there is. */
export function leftOutWords({ unpricedCalls, inFlight }: ForecastView): string {
  const unpriced = unpricedCalls > 0 && formatCounted(unpricedCalls, 'call without a price', 'calls without a price')
  const running = inFlight > 0 && formatCounted(inFlight, 'call under way', 'calls under way')
  const words = [unpriced, running].filter(Boolean).join(' and ')
  return words === '' ? '' : `Left out: ${words}.`
}

/** What an answer has cost on average; empty while there is none, or a part of the sum has no price. */
export function meanWords({ total, messages }: SpendReportView): string {
  if (messages === 0 || total.pico === null) return ''
  const mean = divideHalfEven(picoFromString(total.pico), BigInt(messages))
  return `${formatAmount(mean)} a message on average, over ${formatCounted(messages, 'answer', 'answers')}, with all that belongs to them.`
}

/** What failed and stopped calls have cost; those that cost nothing say so. */
export function endedWords(count: SpendReportView['failed'], one: string, many: string): string {
  return `${formatCounted(count.callCount, one, many)}, ${partFigure(count.spend)}`
}

/** What is left out of a list of parts. */
export function moreWords(more: NonNullable<SpendReportView['more']>): string {
  return `${formatCounted(more.groupCount, 'more', 'more')}, together ${partFigure(more.spend)}. Export has all.`
}
