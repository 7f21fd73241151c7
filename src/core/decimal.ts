/** An exact decimal: `digits` / 10^`scale`. */
export interface Decimal {
  readonly digits: bigint
  readonly scale: number
}

export const ONE: Decimal = { digits: 1n, scale: 0 }

/** More digits than any price has; keeps `1e999999` from becoming a number with a million digits. */
const MAX_EXPONENT = 60

/**
 * Reads a decimal as providers write them: `2`, `0.003625`, `-1.5`, `1.13e-05`. Throws RangeError on anything else,
 * so that a malformed price is never read as zero.
 */
export function parseDecimal(text: string): Decimal {
  const match = /^(-?)(\d{1,40})(?:\.(\d{1,40}))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text)
  if (match === null) throw new RangeError('not a decimal number')
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  const shift = Number(exponent)
  if (Math.abs(shift) > MAX_EXPONENT) throw new RangeError('decimal exponent out of range')
  const digits = BigInt(`${sign}${whole}${fraction}`)
  const scale = fraction.length - shift
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 }
}

/** Exact product. */
export function multiply(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, scale: a.scale + b.scale }
}

/** Writes a decimal without trailing zeros: `1.10` becomes `1.1`. */
export function formatDecimal({ digits, scale }: Decimal): string {
  const sign = digits < 0n ? '-' : ''
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0')
  const whole = text.slice(0, text.length - scale)
  const fraction = text.slice(text.length - scale).replace(/0+$/, '')
  return fraction === '' ? `${sign}${whole}` : `${sign}${whole}.${fraction}`
}

/** `value` × 10^`places`, rounded half-even to an integer: the one rounding a ledger line gets. */
export function scaleToInteger(value: Decimal, places: number): bigint {
  const shift = places - value.scale
  return shift >= 0 ? value.digits * 10n ** BigInt(shift) : divideHalfEven(value.digits, 10n ** BigInt(-shift))
}

/** Integer division rounding half to even (banker's rounding). `divisor` must be positive. */
export function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  if (divisor <= 0n) throw new RangeError('divisor must be positive')
  const quotient = dividend / divisor
  const twice = (dividend % divisor) * 2n
  const size = twice < 0n ? -twice : twice
  if (size < divisor || (size === divisor && quotient % 2n === 0n)) return quotient
  return dividend < 0n ? quotient - 1n : quotient + 1n
}

/** `value` × 10^`places`, rounded up: for bounds. */
export function scaleUp({ digits, scale }: Decimal, places: number): bigint {
  const shift = places - scale
  if (shift >= 0) return digits * 10n ** BigInt(shift)
  const divisor = 10n ** BigInt(-shift)
  return digits / divisor + (digits % divisor > 0n ? 1n : 0n)
}
