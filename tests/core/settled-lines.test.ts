import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { takeBack, type ChainedLine } from '../../src/core/corrections'
import { tokensPerSecond, type PacedCall } from '../../src/core/pace'
import { settledLines } from '../../src/core/settled-lines'
import type { UsageLine } from '../../src/core/usage'
import { lineOf } from '../support/ledger'

const sum = (all: readonly { pico: bigint | null }[]) => all.reduce((total, { pico }) => total + (pico ?? 0n), 0n)

describe('the lines of a call as they count now', () => {
  const anyLine = fc.record({ pico: fc.option(fc.bigInt(-1000n, 1000n)), corrects: fc.boolean() })

  // Bug: a correction of a correction shown as a line of its own, and its money twice or not at all.
  it('come to what all lines come to, each booked line once, in the order they were booked', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 12 }), fc.boolean(), (made, taken) => {
        const open: number[] = []
        const all = made.map(({ pico, corrects }, index): ChainedLine => {
          const target = corrects ? open.shift() : undefined
          open.push(index + 1)
          const known = target === undefined ? pico : (pico ?? 0n)
          return {
            seq: index + 1,
            corrects: target ?? null,
            ...lineOf(known, target === undefined ? {} : { costClass: 'adjustment' }),
          }
        })
        if (taken) {
          const seq = all.length
          takeBack(all).forEach(({ line, corrects }, index) =>
            all.push({ ...line, seq: seq + index + 1, corrects, costClass: 'adjustment' }),
          )
        }
        const settled = settledLines(all)
        expect(sum(settled)).toBe(sum(all))
        const first = all.filter(({ corrects }) => corrects === null)
        expect(settled.map(({ booked }) => booked.seq)).toEqual(first.map(({ seq }) => seq))
        for (const { booked, last, costClass } of settled) expect(costClass === 'adjustment').toBe(last !== booked)
      }),
    )
  })

  // Bug: a count beside a stated amount that is shown as having cost nothing.
  it('leave unknown what has no money of its own', () => {
    const beside = { seq: 1, corrects: null, ...lineOf(null, { costClass: 'provider_reported' }) } as const
    expect(settledLines([beside])).toMatchObject([{ pico: null, costClass: 'provider_reported' }])
    expect(settledLines([{ ...beside, costClass: 'unpriced' }])).toMatchObject([{ pico: null }])
  })
})

describe('tokens per second', () => {
  const line = (out: number | undefined): UsageLine => ({
    role: 'main',
    model: 'm',
    tokens: { in_uncached: 5, ...(out === undefined ? {} : { out }) },
    reasoningTokens: 30,
    fees: [],
    modifiers: [],
    maybeFree: false,
  })
  const call = (more: Partial<PacedCall> = {}, lines = [line(90)]): PacedCall => ({
    complete: true,
    usage: { lines, stated: [], severalSteps: false, raw: null, flags: [] },
    firstByteMs: 1_000,
    endedMs: 3_000,
    ...more,
  })

  it('are output tokens over the time they took', () => expect(tokensPerSecond(call())).toBe(45))

  // Bug: a rate made of an estimate, of a clock that was set back, or of two models together.
  it.each([
    ['an answer that was cut short', call({ complete: false })],
    ['a count nobody reported', call({}, [line(undefined)])],
    ['no report', call({ usage: null })],
    ['several models', call({}, [line(90), line(90)])],
    ['a call that runs', call({ endedMs: null })],
    ['no first byte', call({ firstByteMs: null })],
    ['less than a second', call({ endedMs: 1_999 })],
    ['a clock that was set back', call({ endedMs: 500 })],
    ['a handful of tokens', call({}, [line(19)])],
  ])('are not told of %s', (_, paced) => expect(tokensPerSecond(paced)).toBeNull())
})
