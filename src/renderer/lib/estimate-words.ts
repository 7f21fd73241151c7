import { divideHalfEven } from '../../core/decimal'
import { formatAmount, picoFromString, type Pico } from '../../core/money'

const DOLLAR = 10n ** 12n
const CENT = 10n ** 10n

/** Two significant digits: an estimate that says more claims to know more. */
const ABOUT_DIGITS = 2
/** As many as an amount below a dollar is shown with. */
const AMOUNT_DIGITS = 4

/** From a short answer to a long one: `about $0.004 to $0.02`; one amount where both look the same. */
export function rangeWords(low: string, high: string): string {
  const [from, to] = endsOf(low, high)
  if (to === '$0.00') return to
  return from === to ? `about ${to}` : `about ${from} to ${to}`
}

/** The same where room is short: `about $0.004–0.02`. */
export function shortRangeWords(low: string, high: string): string {
  const [from, to] = endsOf(low, high)
  if (to === '$0.00') return to
  return from === to ? `about ${to}` : `about ${from}–${to.slice(1)}`
}

/** About so much, for a single amount: `about $0.24`. */
export function aboutWords(pico: string): string {
  return `about ${formatAmount(rounded(picoFromString(pico)))}`
}

/** An upper bound as an amount: rounded up, for what is shown may not be less than what it may become. */
export function mostAmount(pico: string): string {
  const amount = picoFromString(pico)
  const step = stepOf(amount)
  const over = ((amount % step) + step) % step
  return formatAmount(over === 0n ? amount : amount - over + step)
}

/** What is left as an amount: rounded down. */
export function leftAmount(pico: string): string {
  const amount = picoFromString(pico)
  const step = stepOf(amount)
  return formatAmount(amount - (((amount % step) + step) % step))
}

function endsOf(low: string, high: string): readonly [from: string, to: string] {
  return [formatAmount(rounded(picoFromString(low))), formatAmount(rounded(picoFromString(high)))]
}

function rounded(amount: Pico): Pico {
  if (amount >= DOLLAR) return amount
  const step = unit(amount, ABOUT_DIGITS)
  return divideHalfEven(amount, step) * step
}

/** The smallest difference `formatAmount` shows at this size. */
function stepOf(amount: Pico): Pico {
  return amount >= DOLLAR || amount <= -DOLLAR ? CENT : unit(amount, AMOUNT_DIGITS)
}

/** The place of the last of so many significant digits. */
function unit(amount: Pico, digits: number): Pico {
  const size = amount < 0n ? -amount : amount
  return 10n ** BigInt(Math.max(0, size.toString().length - digits))
}
