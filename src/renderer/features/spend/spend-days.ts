import { picoFromString } from '../../../core/money'
import type { ProviderId } from '../../../core/provider'
import { dayAfter, stepOf, type SpendRange, type TimeStep } from '../../../core/spend-query'
import type { SpendStepView } from '../../../shared/ipc/spend-views'
import type { CostView } from '../../../shared/ipc/views'
import { isBounded } from '../../lib/cost-words'
import { formatCounted, formatMonth } from '../../lib/format'
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

/** A day, week or month with what it cost, whether or not anything happened in it. */
export interface SpendDay {
  /** `2026-11-09`, of a week its Monday; of a month `2026-11`. */
  readonly key: string
  /** Its place on the axis, from 1. */
  readonly number: number
  readonly parts: readonly DayPart[]
  /** What is known of it. */
  readonly total: bigint
  readonly unpriced: boolean
}

const dayLabel = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const monthLabel = new Intl.DateTimeFormat('en-GB', { month: 'short', year: '2-digit' })
const dayOfMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' })

/** `9 November` of `2026-11-09` */
export function dayWords(key: string): string {
  return dayOfMonth.format(dateOf(key))
}

/** A step of the axis in words: `9 November`, `week of 9 November`, `November 2026`. */
export function stepWords(step: TimeStep, key: string): string {
  if (step === 'month') return formatMonth(key)
  return step === 'week' ? `week of ${dayWords(key)}` : dayWords(key)
}

/** A step that is named under the axis. */
export interface NamedStep extends Pick<SpendDay, 'key' | 'number'> {
  /** Told by its own word. */
  readonly isToday: boolean
}

/** The steps that are named under an axis: a few in between, and today, in the place of those too near to it. */
export function labelledSteps(days: readonly SpendDay[], step: TimeStep, today: string): NamedStep[] {
  const count = days.length
  const todays = step === 'day' && count > 4 ? days.find(({ key }) => key === today) : undefined
  const near = Math.max(2, count / 11)
  return days.flatMap(({ key, number }): readonly NamedStep[] => {
    if (number === todays?.number) return [{ key, number, isToday: true }]
    const isNear = todays !== undefined && Math.abs(todays.number - number) < near
    return isNamed(number, count) && !isNear ? [{ key, number, isToday: false }] : []
  })
}

function isNamed(number: number, count: number): boolean {
  if (count <= 4 || number === 1 || number === count) return true
  // The weeks of a month; of any other range a third and two thirds.
  if (count >= 28 && count <= 31) return number % 7 === 1 && count - number > 2
  return number === Math.floor(count / 3) || number === Math.floor((2 * count) / 3)
}

/** What is written under a step: `9` within one month, `9 Nov` beyond, `Nov 26` of a month. */
export function stepLabel(step: TimeStep, key: string, { from, to }: SpendRange): string {
  if (step === 'month') return monthLabel.format(dateOf(`${key}-01`))
  const within = from.slice(0, 7) === to.slice(0, 7) && step === 'day'
  return within ? String(Number(key.slice(8))) : dayLabel.format(dateOf(key))
}

/** Every step of a range, the providers in each in the order given: dearest first, so that it rests on the axis. */
export function stepsOf(
  range: SpendRange,
  step: TimeStep,
  series: readonly SpendStepView[],
  order: readonly (ProviderId | null)[],
): SpendDay[] {
  const byKey = Map.groupBy(series, ({ key }) => key)
  return keysOf(range, step).map((key, index) => {
    const parts = (byKey.get(key) ?? [])
      .map(({ provider, spend }) => partOf(provider, spend))
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

function keysOf({ from, to }: SpendRange, step: TimeStep): readonly string[] {
  const keys = new Set<string>()
  for (let day = from; day <= to; day = dayAfter(day, 1)) keys.add(stepOf(step, day))
  return [...keys]
}

function dateOf(key: string): Date {
  const [year = 1970, month = 1, day = 1] = key.split('-').map(Number)
  return new Date(year, month - 1, day)
}

/** What had been spent by the end of each step. */
export function runningTotals(days: readonly SpendDay[]): bigint[] {
  let sum = 0n
  return days.map(({ total }) => (sum += total))
}

/** What a day cost: `$0.97`, `about $0.97`, `at least $0.97`. */
export function dayFigure(day: SpendDay): string {
  return daysFigure([day])
}

/** What several came to, as sure as the least sure of them. */
export function daysFigure(days: readonly SpendDay[]): string {
  const total = days.reduce((sum, day) => sum + day.total, 0n)
  const unpriced = days.some((day) => day.unpriced)
  const unsure = days.some(({ parts }) => parts.some((part) => part.unsure))
  return partFigure({
    pico: unpriced ? null : String(total),
    atLeast: String(total),
    upper: null,
    costClass: unpriced ? 'unpriced' : unsure ? 'partial' : 'computed',
    inputTokens: null,
    outputTokens: null,
  })
}

/** A day in full, for the bar's tooltip: `9 November: $0.97. Anthropic $0.49, OpenAI $0.48`. */
export function dayTitle(day: SpendDay, step: TimeStep = 'day'): string {
  const parts = day.parts.map(({ provider, spend }) => `${providers[provider].name} ${partFigure(spend)}`)
  const [only] = day.parts
  const makers = day.parts.length === 1 && only ? `, ${providers[only.provider].name}` : `. ${parts.join(', ')}`
  return `${stepWords(step, day.key)}: ${dayFigure(day)}${makers}`
}

/** The dearest day, the first of equals; null while none has cost anything. */
export function highestDay(days: readonly SpendDay[]): SpendDay | null {
  return days.reduce<SpendDay | null>((most, day) => (day.total > (most?.total ?? 0n) ? day : most), null)
}

/** The chart in one breath, for who cannot see it. The table beside it has the rest. */
export function chartWords(range: string, step: TimeStep, days: readonly SpendDay[]): string {
  const highest = highestDay(days)
  const what = `Spend by ${step}, ${range}`
  if (highest === null) {
    const unpriced = days.some((day) => day.unpriced)
    return `${what}. ${unpriced ? `No price known for any ${step}.` : `Nothing on any ${step}.`}`
  }
  const spent = formatCounted(days.filter(({ total }) => total > 0n).length, step, `${step}s`)
  return `${what}, stacked by provider: ${spent} with spend, the most ${step === 'day' ? 'on' : 'in'} ${stepWords(step, highest.key)}, ${dayFigure(highest)}.`
}

/** What the marks in the daily bars mean, where there are any. */
export function doubtWords(days: readonly SpendDay[]): string {
  const hatched = days.some(({ parts }) => parts.some(({ unsure, pico }) => unsure && pico > 0n))
  const unknown = days.some(({ total, unpriced }) => unpriced && total <= 0n)
  const higher = days.filter(({ total, unpriced }) => unpriced && total > 0n).length
  const words = [
    hatched && 'Hatched: estimated, or not all of it priced.',
    unknown && '?: no price known.',
    higher > 0 && `${formatCounted(higher, 'bar', 'bars')} cost at least what is drawn, as not every price is known.`,
  ]
  return words.filter(Boolean).join(' ')
}

function partOf(provider: ProviderId, spend: CostView): DayPart {
  const unsure =
    spend.pico === null || spend.costClass === 'partial' || spend.costClass === 'uncertain' || isBounded(spend)
  return { provider, spend, unsure, pico: picoFromString(spend.atLeast) }
}
