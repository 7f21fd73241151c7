import { picoFromString } from '../../../core/money'
import type { ProviderId } from '../../../core/provider'
import type { SpendGroupView } from '../../../shared/ipc/spend-views'
import type { CostView } from '../../../shared/ipc/views'
import { isBounded } from '../../lib/cost-words'
import { formatCounted, formatMonthName } from '../../lib/format'
import { providers } from '../../lib/providers'
import { partFigure } from './spend-words'

/** What one provider cost on one day. */
export interface DayPart {
  readonly provider: ProviderId
  readonly pico: bigint
  /** An estimate, a range, or without a part whose price is not known. */
  readonly unsure: boolean
  readonly spend: CostView
}

/** A day of the month with what it cost, whether or not anything happened on it. */
export interface SpendDay {
  /** `2026-11-09` */
  readonly key: string
  /** Of the month, from 1. */
  readonly number: number
  readonly parts: readonly DayPart[]
  /** What is known of it. */
  readonly total: bigint
  readonly unpriced: boolean
}

const dayOfMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' })

/** How many days a month given as `2026-11` has. */
export function dayCount(month: string): number {
  const [year = 1970, number = 1] = month.split('-').map(Number)
  return new Date(year, number, 0).getDate()
}

/** `9 November` of `2026-11-09` */
export function dayWords(key: string): string {
  const [year = 1970, month = 1, day = 1] = key.split('-').map(Number)
  return dayOfMonth.format(new Date(year, month - 1, day))
}

/** The days that are named under the axis. */
export function labelledDays(count: number): number[] {
  return [1, 10, 20, count]
}

/** Every day of the month, the providers on each in the order given: dearest first, so that it rests on the axis. */
export function daysOfMonth(
  month: string,
  byDay: readonly SpendGroupView[],
  order: readonly (ProviderId | null)[],
): SpendDay[] {
  return Array.from({ length: dayCount(month) }, (_, index) => {
    const key = `${month}-${String(index + 1).padStart(2, '0')}`
    const parts = byDay
      .filter((group) => group.key === key)
      .flatMap(({ provider, spend }) => (provider === null ? [] : [partOf(provider, spend)]))
      .toSorted((a, b) => order.indexOf(a.provider) - order.indexOf(b.provider))
    return {
      key,
      number: index + 1,
      parts,
      total: parts.reduce((sum, { pico }) => sum + pico, 0n),
      unpriced: parts.some(({ spend }) => spend.pico === null),
    }
  })
}

/** What a day cost: `$0.97`, `about $0.97`, `at least $0.97`. */
export function dayFigure({ total, unpriced, parts }: SpendDay): string {
  return partFigure({
    pico: unpriced ? null : String(total),
    atLeast: String(total),
    upper: null,
    costClass: unpriced ? 'unpriced' : parts.some(({ unsure }) => unsure) ? 'partial' : 'computed',
    inputTokens: null,
    outputTokens: null,
  })
}

/** A day in full, for the bar's tooltip: `9 November: $0.97. Anthropic $0.49, OpenAI $0.48`. */
export function dayTitle(day: SpendDay): string {
  const parts = day.parts.map(({ provider, spend }) => `${providers[provider].name} ${partFigure(spend)}`)
  const [only] = day.parts
  const makers = day.parts.length === 1 && only ? `, ${providers[only.provider].name}` : `. ${parts.join(', ')}`
  return `${dayWords(day.key)}: ${dayFigure(day)}${makers}`
}

/** The dearest day, the first of equals; null while none has cost anything. */
export function highestDay(days: readonly SpendDay[]): SpendDay | null {
  return days.reduce<SpendDay | null>((most, day) => (day.total > (most?.total ?? 0n) ? day : most), null)
}

/** The chart in one breath, for who cannot see it. The table beside it has the rest. */
export function chartWords(month: string, days: readonly SpendDay[]): string {
  const name = formatMonthName(month)
  const highest = highestDay(days)
  if (highest === null) {
    const unpriced = days.some((day) => day.unpriced)
    return `Daily spend in ${name}. ${unpriced ? 'No price known for any day.' : 'Nothing on any day.'}`
  }
  const spent = formatCounted(days.filter(({ total }) => total > 0n).length, 'day', 'days')
  return `Daily spend in ${name}, stacked by provider: ${spent} with spend, the most on ${dayWords(highest.key)}, ${dayFigure(highest)}.`
}

/** What the marks in the daily bars mean, where there are any. */
export function doubtWords(days: readonly SpendDay[]): string {
  const hatched = days.some(({ parts }) => parts.some(({ unsure, pico }) => unsure && pico > 0n))
  const unknown = days.some(({ total, unpriced }) => unpriced && total <= 0n)
  const higher = days.filter(({ total, unpriced }) => unpriced && total > 0n).length
  const words = [
    hatched && 'Hatched: estimated, or not all of it priced.',
    unknown && '?: no price known.',
    higher > 0 && `${formatCounted(higher, 'day', 'days')} cost at least what is drawn, as not every price is known.`,
  ]
  return words.filter(Boolean).join(' ')
}

function partOf(provider: ProviderId, spend: CostView): DayPart {
  const unsure =
    spend.pico === null || spend.costClass === 'partial' || spend.costClass === 'uncertain' || isBounded(spend)
  return { provider, spend, unsure, pico: picoFromString(spend.atLeast) }
}
