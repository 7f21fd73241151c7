import { divideHalfEven } from './decimal'

/**
 * Money: an integer number of pico-dollars (10^-12 USD). Nano would not do: DeepSeek lists 3.625 nano-dollars a token.
 * It crosses processes and JSON only as a decimal string of pico; JavaScript numbers never carry money.
 */
export type Pico = bigint

/** Decimal places of a dollar that pico keeps. */
export const PICO_PLACES = 12
const CENT = 10n ** 10n
const DOLLAR = 10n ** 12n

/** Reads a pico string from another process or from JSON; throws RangeError when it is not an integer. */
export function picoFromString(text: string): Pico {
  if (!/^-?\d{1,30}$/.test(text)) throw new RangeError('not an amount in pico-dollars')
  return BigInt(text)
}

/**
 * The amount of a single answer: two decimals from $1 on, four significant digits below, never $0.00 for something.
 * A negative amount carries U+2212.
 */
export function formatAmount(pico: Pico): string {
  const size = pico < 0n ? -pico : pico
  if (size === 0n) return '$0.00'
  const text = size >= DOLLAR ? fixed(size, 2) : significant(size, 4)
  return pico < 0n ? `\u2212$${text}` : `$${text}`
}

/** A sum or a total: two decimals, and `<$0.01` for what would round to nothing. */
export function formatSum(pico: Pico): string {
  const size = pico < 0n ? -pico : pico
  if (size > 0n && size < CENT) return pico < 0n ? '>\u2212$0.01' : '<$0.01'
  return pico < 0n ? `\u2212$${fixed(size, 2)}` : `$${fixed(size, 2)}`
}

/** Dollars as programs read them: every digit, and no sign of a currency or of thousands. */
export function decimalDollars(pico: Pico): string {
  const size = pico < 0n ? -pico : pico
  const fraction = (size % DOLLAR).toString().padStart(PICO_PLACES, '0').replace(/0+$/, '')
  return `${pico < 0n ? '-' : ''}${size / DOLLAR}${fraction === '' ? '' : `.${fraction}`}`
}

/** Every digit, for tooltips and details: $0.000000002. */
export function formatExact(pico: Pico): string {
  const size = pico < 0n ? -pico : pico
  const fraction = (size % DOLLAR).toString().padStart(PICO_PLACES, '0').replace(/0+$/, '').padEnd(2, '0')
  return `${pico < 0n ? '\u2212' : ''}$${grouped(size / DOLLAR)}.${fraction}`
}

function fixed(size: Pico, places: number): string {
  const rounded = divideHalfEven(size, 10n ** BigInt(PICO_PLACES - places))
  const text = rounded.toString().padStart(places + 1, '0')
  return `${grouped(BigInt(text.slice(0, -places)))}.${text.slice(-places)}`
}

function significant(size: Pico, digits: number): string {
  const places = Math.min(PICO_PLACES, PICO_PLACES - size.toString().length + digits)
  const text = fixed(size, places)
  // Zeros past the cents say nothing; at least two decimals keep it a price.
  return text.replace(/(\.\d\d\d*?)0+$/, '$1')
}

function grouped(whole: bigint): string {
  return whole.toString().replace(/\B(?=(\d{3})+$)/g, ',')
}
