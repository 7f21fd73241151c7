import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { axisOf, bandsOf, PIECE_GAP, shares, stack, topOf } from '../../src/renderer/features/spend/spend-geometry'
import { formatAmount } from '../../src/core/money'
import { permille } from '../../src/renderer/lib/permille'

const DOLLAR = 10n ** 12n
const CENT = DOLLAR / 100n
const HEIGHT = 160
const amount = fc.bigInt({ min: 0n, max: 10n ** 20n })
const amounts = fc.array(amount, { maxLength: 8 })

function sum(parts: readonly bigint[]): bigint {
  return parts.reduce((total, part) => total + part, 0n)
}

describe('permille', () => {
  it('is the part of the whole, rounded down', () => {
    expect(permille(1n, 3n)).toBe(333)
    expect(permille(970_000_000_000n, DOLLAR)).toBe(970)
  })

  it('stays exact where a JavaScript number would not', () => {
    const whole = 10n ** 30n
    expect(permille(whole - 1n, whole)).toBe(999)
  })

  it.each([
    [5n, 0n],
    [-5n, 10n],
    [0n, 10n],
  ])('%s of %s is nothing', (part, whole) => expect(permille(part, whole)).toBe(0))

  it('never exceeds 1000, and the parts never exceed the whole', () => {
    fc.assert(
      fc.property(amounts, amount, (parts, whole) => {
        for (const part of parts) expect(permille(part, whole)).toBeLessThanOrEqual(1000)
        const together = parts.reduce((total, part) => total + permille(part, sum(parts)), 0)
        expect(together).toBeLessThanOrEqual(1000)
        expect(together).toBeGreaterThanOrEqual(sum(parts) === 0n ? 0 : 1000 - parts.length)
      }),
    )
  })
})

describe('shares', () => {
  it('give what rounding leaves over to the largest remainders', () => {
    expect(shares([1n, 1n, 1n])).toEqual([34, 33, 33])
    expect(shares([665n, 335n])).toEqual([67, 33])
    expect(shares([996n, 4n])).toEqual([100, 0])
  })

  it('are nothing while nothing was spent, and a refund has none', () => {
    expect(shares([0n, 0n])).toEqual([0, 0])
    expect(shares([-3n, 3n])).toEqual([0, 100])
    expect(shares([])).toEqual([])
  })

  it('add up to 100, each within one of its own', () => {
    fc.assert(
      fc.property(amounts, (parts) => {
        fc.pre(sum(parts) > 0n)
        const percents = shares(parts)
        expect(percents.reduce((total, percent) => total + percent, 0)).toBe(100)
        percents.forEach((percent, index) => {
          const floor = Number(((parts[index] ?? 0n) * 100n) / sum(parts))
          expect([floor, floor + 1]).toContain(percent)
        })
      }),
    )
  })
})

describe('an axis', () => {
  const words = ({ top, ticks }: ReturnType<typeof axisOf>) => [
    formatAmount(top),
    ticks.map((tick) => formatAmount(tick)).join(' '),
  ]

  it.each([
    [970_000_000_000n, '$1.00', '$0.00 $0.20 $0.40 $0.60 $0.80 $1.00'],
    [DOLLAR, '$1.00', '$0.00 $0.20 $0.40 $0.60 $0.80 $1.00'],
    [DOLLAR + 1n, '$1.50', '$0.00 $0.50 $1.00 $1.50'],
    [4_100_000_000n, '$0.005', '$0.00 $0.001 $0.002 $0.003 $0.004 $0.005'],
    [0n, '$1.00', '$0.00 $0.20 $0.40 $0.60 $0.80 $1.00'],
    [-1n, '$1.00', '$0.00 $0.20 $0.40 $0.60 $0.80 $1.00'],
  ])('for %s ends with %s', (highest, top, ticks) => {
    expect(words(axisOf(highest))).toEqual([top, ticks])
  })

  // Bug: a tick that a JavaScript number has rounded, $0.30000000000000004, or a bar that stands out over the axis.
  it('has exact ticks, evenly apart, from nothing to a top that no bar passes', () => {
    fc.assert(
      fc.property(amount, fc.option(amount, { nil: null }), (highest, beside) => {
        const { top, ticks } = axisOf(highest, beside)
        expect(top >= highest).toBe(true)
        expect(ticks[0]).toBe(0n)
        expect(ticks.at(-1)).toBe(top)
        const [step = 0n] = ticks.slice(1)
        expect(ticks.every((tick, index) => tick === step * BigInt(index))).toBe(true)
        expect(String(step)).toMatch(/^[125]0*$/)
      }),
    )
  })

  it('has an amount beside the bars on it, unless they would be lost below it', () => {
    expect(axisOf(40n * CENT, 67n * CENT).top).toBe(80n * CENT)
    expect(axisOf(4n * CENT, 67n * CENT).top).toBeLessThan(6n * CENT)
  })
})

describe('bands', () => {
  it('are alike, in their order, and as wide as all of them have room', () => {
    const { middle, width } = bandsOf(['a', 'b', 'c', 'd'])
    expect(['a', 'b', 'c', 'd'].map(middle)).toEqual(['12.5%', '37.5%', '62.5%', '87.5%'])
    expect(
      [4, 31, 32, 62, 63, 106].map((count) => bandsOf(Array.from({ length: count }, (_, at) => `${at}`)).width),
    ).toEqual([12, 12, 7, 7, 3, 3])
    expect(width).toBe(12)
  })
})

describe('a stack', () => {
  it('leaves two pixels between its pieces and is as high as its sum', () => {
    expect(stack([500n, 250n, 250n], 1000n, HEIGHT)).toEqual([
      { from: 0, size: 80 },
      { from: 82, size: 38 },
      { from: 122, size: 38 },
    ])
  })

  it('leaves out what cost nothing, without a gap for it', () => {
    expect(stack([0n, 500n, 0n, 500n], 1000n, HEIGHT)).toEqual([
      { from: 0, size: 0 },
      { from: 0, size: 80 },
      { from: 82, size: 0 },
      { from: 82, size: 78 },
    ])
  })

  it('shows a tiny piece at the cost of the largest', () => {
    expect(stack([999n, 1n], 1000n, HEIGHT)).toEqual([
      { from: 0, size: 157 },
      { from: 159, size: 1 },
    ])
  })

  it('shows every piece, in order, and never passes the top by what can be taken from another', () => {
    fc.assert(
      fc.property(amounts, (parts) => {
        const pieces = stack(parts, topOf(sum(parts)), HEIGHT)
        let above = 0
        pieces.forEach(({ from, size }, index) => {
          expect(size > 0).toBe((parts[index] ?? 0n) > 0n)
          if (size === 0) return
          expect(from).toBe(above)
          above = from + size + PIECE_GAP
        })
        expect(above).toBeLessThanOrEqual(HEIGHT + PIECE_GAP)
      }),
    )
  })
})
