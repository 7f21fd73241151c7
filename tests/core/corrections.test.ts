import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { carriesMoney, isUnsettled, takeBack, type ChainedLine } from '../../src/core/corrections'
import { costOf } from '../../src/core/pricing'
import { lineOf } from '../support/ledger'

const lines = (...all: readonly (Partial<ChainedLine> & { pico: bigint | null })[]): ChainedLine[] =>
  all.map(({ pico, ...more }, index) => ({ seq: index + 1, corrects: null, ...lineOf(pico), ...more }))

const sum = (all: readonly { pico: bigint | null }[]) => all.reduce((total, { pico }) => total + (pico ?? 0n), 0n)

const partial = { costClass: 'partial', picoUpper: 90n } as const

describe('what takes a call back', () => {
  // The bug: an exact part of a half-estimated call stays booked beside the whole charge.
  it('takes back the exact lines as well as the estimated ones', () => {
    const booked = lines({ pico: 20n }, { pico: 7n, ...partial })
    expect(takeBack(booked).map(({ corrects, line }) => [corrects, line.pico, line.picoUpper])).toEqual([
      [1, -20n, null],
      [2, -7n, null],
    ])
  })

  // The bug: a line is corrected twice, which the ledger refuses, and the whole settlement with it.
  it('corrects the last word on a line by what the whole chain comes to', () => {
    const booked = lines({ pico: null }, { pico: 30n, corrects: 1, costClass: 'adjustment', picoUpper: 50n })
    expect(takeBack(booked)).toMatchObject([{ corrects: 2, line: { pico: -30n } }])
  })

  // The bug: unknown stays unknown although it was settled.
  it('ends the doubt of lines that come to nothing', () => {
    const booked = lines({ pico: null }, { pico: 0n, costClass: 'uncertain', picoUpper: 9n })
    expect(takeBack(booked)).toMatchObject([
      { corrects: 1, line: { pico: 0n } },
      { corrects: 2, line: { pico: 0n } },
    ])
  })

  it('leaves alone what was used beside a stated amount', () => {
    const booked = lines(
      { pico: 5n, bucket: 'provider_cost', costClass: 'partial' },
      { pico: null, costClass: 'provider_reported' },
    )
    expect(takeBack(booked)).toHaveLength(1)
  })

  const anyLine = fc.record({
    pico: fc.option(fc.bigInt(-1000n, 1000n)),
    doubtful: fc.boolean(),
    corrects: fc.boolean(),
  })
  it('leaves nothing and no doubt, whatever was corrected before, and nothing to take back again', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 12 }), (made) => {
        const open: number[] = []
        const booked = made.map(({ pico, doubtful, corrects }, index): ChainedLine => {
          const target = corrects ? open.shift() : undefined
          open.push(index + 1)
          const known = target === undefined ? pico : (pico ?? 0n)
          const line = lineOf(known, doubtful && known !== null ? { costClass: 'partial', picoUpper: known + 9n } : {})
          const costClass = target === undefined ? line.costClass : 'adjustment'
          return { ...line, costClass, seq: index + 1, corrects: target ?? null }
        })
        const added = takeBack(booked).map(({ corrects, line }, index): ChainedLine => ({
          ...line,
          corrects,
          costClass: 'adjustment',
          seq: booked.length + index + 1,
        }))
        const all = [...booked, ...added]
        expect(sum(all)).toBe(0n)
        expect(isUnsettled(all)).toBe(false)
        expect(carriesMoney(all)).toBe(false)
        expect(takeBack(all)).toEqual([])
        expect(new Set(added.map(({ corrects }) => corrects)).size).toBe(added.length)
      }),
    )
  })
})

describe('a call is unsettled', () => {
  it.each([
    ['an estimate', { pico: 1n, costClass: 'partial' }, true],
    ['a range', { pico: 0n, costClass: 'uncertain', picoUpper: 5n }, true],
    ['no price', { pico: null }, true],
    ['a price of the user’s own with a bound', { pico: 1n, costClass: 'adjustment', picoUpper: 5n }, true],
    ['a computed amount', { pico: 1n }, false],
    ['a stated amount', { pico: 1n, costClass: 'provider_reported' }, false],
    ['tokens beside a stated amount', { pico: null, costClass: 'provider_reported' }, false],
  ] as const)('by %s', (_what, line, unsettled) => {
    expect(isUnsettled(lines(line))).toBe(unsettled)
    expect(costOf(lines(line)).pico === null).toBe(line.pico === null && unsettled)
  })

  it('is nothing that was never booked', () => {
    expect(isUnsettled([])).toBe(false)
    expect(carriesMoney([])).toBe(false)
  })
})
