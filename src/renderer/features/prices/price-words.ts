import { parseDecimal, scaleToInteger } from '../../../core/decimal'
import { formatAmount, formatExact, formatSum, PICO_PLACES, picoFromString } from '../../../core/money'
import type { OwnPriceView, SettledMonthView, SettledPriceView } from '../../../shared/ipc/views'
import { formatCounted, formatDate, formatMonth } from '../../lib/format'

const CENT = 10n ** 10n
/** How the main process writes a price without a beginning. */
const ALWAYS = '1970-01-01'

type Settled = Pick<SettledPriceView, 'callCount' | 'openCount' | 'pico' | 'months'>

/** What a new price has settled: `3 calls settled: $0.04, November 2026`. */
export function settledWords(settled: Settled): string {
  const { callCount, openCount } = settled
  if (callCount === 0) return 'Saved. No call was waiting for this price.'
  const inPart = openCount === 0 ? '' : `, ${openCount === callCount ? 'in part' : `${openCount} of them in part`}`
  return `${formatCounted(callCount, 'call', 'calls')} settled${inPart}: ${sumAndMonths(settled)}`
}

/** What a new price would settle: `Settles 3 calls that have no price: $0.04, November 2026.` */
export function wouldSettleWords(settles: Settled): string {
  const { callCount, openCount } = settles
  if (callCount === 0) return 'No call waits for this price.'
  const calls = `${formatCounted(callCount, 'call that has', 'calls that have')} no price`
  const whole = openCount === 0 ? '' : `, ${openCount} of them in part`
  const what = openCount === callCount ? `Settles in part ${calls}` : `Settles ${calls}${whole}`
  return `${what}: ${sumAndMonths(settles)}.`
}

/** What was settled of a month: `3 calls in November 2026, $0.04`. */
export function monthWords({ month, callCount, pico }: SettledMonthView): string {
  return `${formatCounted(callCount, 'call', 'calls')} in ${formatMonth(month)}, ${figureOf(pico)}`
}

/** `$0.04, November 2026` */
function sumAndMonths({ pico, months }: Pick<Settled, 'pico' | 'months'>): string {
  const [first = '', last = first] = [months[0], months.at(-1)]
  const when = first === last ? formatMonth(first) : `${formatMonth(first)} to ${formatMonth(last)}`
  return `${figureOf(pico)}, ${when}`
}

/** Exact below a cent. */
function figureOf(pico: string): string {
  const amount = picoFromString(pico)
  return amount > 0n && amount < CENT ? formatAmount(amount) : formatSum(amount)
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

/** The same within a sentence: `from 1 Nov 2026`. */
export function inSentence(words: string): string {
  return `${words.charAt(0).toLowerCase()}${words.slice(1)}`
}

/** A price to its last digit: `$0.003625`. */
export function dollars(rate: string): string {
  return formatExact(scaleToInteger(parseDecimal(rate), PICO_PLACES))
}
