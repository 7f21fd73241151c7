import { PROVIDERS } from '../../../core/provider'
import type { PriceRowView, UnpricedView } from '../../../shared/ipc/price-views'
import { formatCounted, formatDate } from '../../lib/format'
import { kindName } from './kind-words'
import { timeOf, type PriceTime } from './price-list'
import { ratesWords } from './price-words'

const DAY_MS = 86_400_000
/** How a price without a beginning is written. */
const ALWAYS = '1970-01-01'

/** How long there is until an instant: `in 8 days`. */
export function inDaysWords(at: string, nowMs: number): string {
  const left = Date.parse(at) - nowMs
  if (left < DAY_MS) return 'within a day'
  return `in ${formatCounted(Math.floor(left / DAY_MS), 'day', 'days')}`
}

/** Which uses have no price: `No price for: Input, Output.` */
export function unpricedKindsWords({ kinds }: Pick<UnpricedView, 'kinds'>): string {
  return `No price for: ${kinds.map(kindName).join(', ')}.`
}

/** Why no price of one's own can settle them; empty where one can. */
export function whyUnsettableWords(unpriced: UnpricedView): string {
  const { canSet, isUpstream, kinds, provider, inputTokens, outputTokens } = unpriced
  if (canSet) return ''
  if (isUpstream) return 'A provider behind this one bills them to a key of yours there. No price here can settle them.'
  if (kinds.every((kind) => kind === 'provider_cost')) {
    return `${PROVIDERS[provider].name} states what each call costs, and has not done so for these.`
  }
  if (inputTokens + outputTokens === 0 && !kinds.some((kind) => kind.startsWith('fee:'))) {
    return 'Nobody has counted what it used, so no price can be applied.'
  }
  return 'Their connection was removed, and no price can be set for it any more.'
}

/** When a row counts: `Since 9 Nov 2026`, `9 Nov 2026 to 1 Dec 2026`, `From 1 Dec 2026`. */
export function datesWords({ from, to }: Pick<PriceRowView, 'from' | 'to'>, time: PriceTime): string {
  const isOpen = from.startsWith(ALWAYS)
  if (to === null) return isOpen ? 'Always' : `${time === 'upcoming' ? 'From' : 'Since'} ${formatDate(from)}`
  return isOpen ? `Until ${formatDate(to)}` : `${formatDate(from)} to ${formatDate(to)}`
}

/** The instant a price begins or ends, where that is not midnight: `12 Sep 2026, 04:00 UTC`. */
export function instantWords(at: string): string {
  const time = at.slice(11, 16)
  return time === '00:00' ? `${formatDate(at)} (UTC)` : `${formatDate(at)}, ${time} UTC`
}

/** What a price has priced: `1,203 calls, 3 Nov 2026 to 20 Nov 2026`. */
export function pricedWords({ callCount, firstDay, lastDay }: PriceRowView): string {
  if (callCount === 0 || firstDay === null || lastDay === null) return 'No call yet'
  const calls = formatCounted(callCount, 'call', 'calls')
  return firstDay === lastDay
    ? `${calls}, ${formatDate(firstDay)}`
    : `${calls}, ${formatDate(firstDay)} to ${formatDate(lastDay)}`
}

/** What taking an own price away comes to. `instead`: the row that then counts on its days. */
export function removalWords(price: PriceRowView, instead: PriceRowView | null, atMs: number): string {
  const next = nextWords(price, instead, timeOf(price, atMs))
  const kept =
    price.callCount === 0
      ? ''
      : ` What it priced or settled keeps it: ${formatCounted(price.callCount, 'call', 'calls')}.`
  return `${next}${kept}`
}

function nextWords({ from }: PriceRowView, instead: PriceRowView | null, time: PriceTime): string {
  if (time === 'past') return 'It has ended: no call from now on changes.'
  const when = time === 'upcoming' ? `from ${formatDate(from)}` : 'from now on'
  return instead === null
    ? `No other price is known: calls ${when} are booked as unpriced.`
    : `Calls ${when} are booked at the price of the book${time === 'now' ? ' again' : ''}: ${ratesWords(instead)} per M.`
}
