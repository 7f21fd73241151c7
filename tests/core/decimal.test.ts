import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { divideHalfEven, formatDecimal, multiply, parseDecimal, scaleToInteger } from '../../src/core/decimal'

describe('parseDecimal', () => {
  it.each([
    ['2', '2'],
    ['0.003625', '0.003625'],
    ['1.13e-05', '0.0000113'],
    ['4.1400000000000003e-05', '0.000041400000000000003'],
    ['1.5E3', '1500'],
    ['-0.10', '-0.1'],
  ])('reads %s exactly', (text, plain) => {
    expect(formatDecimal(parseDecimal(text))).toBe(plain)
  })

  it.each(['', ' 1', '1 ', '.5', '1.', '1,5', '0x10', 'NaN', 'Infinity', '1e999', '--1', '1e', '٣'])(
    'refuses %j instead of reading a zero',
    (text) => {
      expect(() => parseDecimal(text)).toThrow(RangeError)
    },
  )
})

describe('rounding', () => {
  it.each([
    [5n, 2n, 2n],
    [7n, 2n, 4n],
    [-5n, 2n, -2n],
    [-7n, 2n, -4n],
    [1n, 3n, 0n],
    [2n, 3n, 1n],
    [6n, 3n, 2n],
  ])('divides %d by %d to %d, halves to even', (dividend, divisor, quotient) => {
    expect(divideHalfEven(dividend, divisor)).toBe(quotient)
  })

  it('is never off by more than half', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt({ min: 1n, max: 10n ** 30n }), (dividend, divisor) => {
        const off = divideHalfEven(dividend, divisor) * divisor - dividend
        expect((off < 0n ? -off : off) * 2n <= divisor).toBe(true)
      }),
    )
  })

  it('happens once: scaling a product equals scaling the exact fraction', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 9 }), fc.integer({ min: 0, max: 10 ** 9 }), (a, b) => {
        const product = multiply(parseDecimal(`${a}e-9`), parseDecimal(`${b}e-9`))
        expect(scaleToInteger(product, 12)).toBe(divideHalfEven(BigInt(a) * BigInt(b), 10n ** 6n))
      }),
    )
  })
})
