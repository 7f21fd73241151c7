import { parseDecimal, scaleToInteger } from '../../../core/decimal'
import { formatAmount, formatExact, formatSum, PICO_PLACES, picoFromString } from '../../../core/money'
import type { OwnPriceView, SettledPriceView } from '../../../shared/ipc/views'
import { formatCounted, formatDate, formatMonth } from '../../lib/format'

const CENT = 10n ** 10n
/** How the main process writes a price without a beginning. */
const ALWAYS = '1970-01-01'

/** What a new price has settled: `3 calls settled: $0.04, November 2026`. */
export function settledWords({ callCount, openCount, pico, months }: Omit<SettledPriceView, 'price'>): string {
  if (callCount === 0) return 'Saved. No call was waiting for this price.'
  const amount = picoFromString(pico)
  const figure = amount > 0n && amount < CENT ? formatAmount(amount) : formatSum(amount)
  const [first = '', last = first] = [months[0], months.at(-1)]
  const when = first === last ? formatMonth(first) : `${formatMonth(first)} to ${formatMonth(last)}`
  const inPart = openCount === 0 ? '' : `, ${openCount === callCount ? 'in part' : `${openCount} of them in part`}`
  return `${formatCounted(callCount, 'call', 'calls')} settled${inPart}: ${figure}, ${when}`
}

/** What tokens cost per million: `$0.15 in, $0.60 out, $0.02 cached`. */
export function ratesWords({ rates }: Pick<OwnPriceView, 'rates'>): string {
  const named = [
    [rates.in_uncached, 'in'],
    [rates.out, 'out'],
    [rates.in_cache_read, 'cached'],
  ] as const
  return named.flatMap(([rate, word]) => (rate === undefined ? [] : [`${dollars(rate)} ${word}`])).join(', ')
}

/** When a price counts: `From 1 Nov 2026`, `For every call`. Its days begin in UTC. */
export function sinceWords({ from, to }: Pick<OwnPriceView, 'from' | 'to'>): string {
  const begins = from.startsWith(ALWAYS) ? '' : `From ${formatDate(from)}`
  if (to === null) return begins === '' ? 'For every call' : begins
  return begins === '' ? `Until ${formatDate(to)}` : `${begins} until ${formatDate(to)}`
}

function dollars(rate: string): string {
  return formatExact(scaleToInteger(parseDecimal(rate), PICO_PLACES))
}
