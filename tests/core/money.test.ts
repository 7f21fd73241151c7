import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalDollars, formatAmount, formatExact, formatSum, picoFromString } from '../../src/core/money'

const DOLLAR = 10n ** 12n

describe('the amount of one answer', () => {
  it.each([
    [0n, '$0.00'],
    [1n, '$0.000000000001'],
    [486_000_000n, '$0.000486'],
    [10_260_000_000n, '$0.01026'],
    [12_000_000_000n, '$0.012'],
    [420_000_000_000n, '$0.42'],
    [999_999_999_999n, '$1.00'],
    [DOLLAR, '$1.00'],
    [1_234_567_890_000_000_000n, '$1,234,567.89'],
    [-41_530_000_000n, '\u2212$0.04153'],
  ])('%d pico is written %s', (pico, text) => {
    expect(formatAmount(pico)).toBe(text)
  })

  it('is never written as nothing when it is something', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 24n }), (pico) => {
        expect(formatAmount(pico)).not.toMatch(/^\$0\.0*$/)
      }),
    )
  })
})

describe('a sum', () => {
  it.each([
    [0n, '$0.00'],
    [1n, '<$0.01'],
    [9_999_999_999n, '<$0.01'],
    [10_000_000_000n, '$0.01'],
    [12_400_000_000_000n, '$12.40'],
    [5_000_000_000n + 10n * DOLLAR, '$10.00'],
    [15_000_000_000n + 10n * DOLLAR, '$10.02'],
    [-1n, '>\u2212$0.01'],
  ])('%d pico is written %s', (pico, text) => {
    expect(formatSum(pico)).toBe(text)
  })
})

describe('the exact amount', () => {
  it('reads back to the same pico', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), (pico) => {
        const [whole = '', fraction = ''] = formatExact(pico)
          .replace(/[$,\u2212]/g, '')
          .split('.')
        const size = BigInt(whole) * DOLLAR + BigInt(fraction.padEnd(12, '0'))
        expect(pico < 0n ? -size : size).toBe(pico)
      }),
    )
  })
})

describe('pico from another process', () => {
  it.each(['', '1.5', '1e3', ' 1', '0x1', '9'.repeat(40)])('refuses %j', (text) => {
    expect(() => picoFromString(text)).toThrow(RangeError)
  })

  it('keeps what a JavaScript number would lose', () => {
    expect(picoFromString('9007199254740993')).toBe(9_007_199_254_740_993n)
  })
})

describe('dollars for programs', () => {
  it.each([
    [0n, '0'],
    [1n, '0.000000000001'],
    [-500_000_000_000n, '-0.5'],
    [12_400_000_000_000n, '12.4'],
    [1_234_567_000_000_000_000n, '1234567'],
  ])('of %s pico are %s', (pico, text) => {
    expect(decimalDollars(pico)).toBe(text)
  })
})
