import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { paceMet, steadyStart, type LoopRule, type RecentCall } from '../../src/core/loop'

const MINUTE = 60_000
const rule: LoopRule = { calls: 3, pico: 1_000n, minutes: 5 }
const call = (minute: number, pico = 1n): RecentCall => ({ atMs: minute * MINUTE, pico })

describe('many calls within minutes', () => {
  it('are as many as the rule lets through: the one after them is asked about', () => {
    const now = 4 * MINUTE
    expect(paceMet(rule, [call(3), call(2)], now)).toBeNull()
    expect(paceMet(rule, [call(3), call(2), call(1)], now)).toEqual({ calls: 3, pico: 3n })
  })

  it('are those within the time, to the millisecond', () => {
    const three = [call(2), call(1), call(0)]
    expect(paceMet(rule, three, 5 * MINUTE - 1)).toEqual({ calls: 3, pico: 3n })
    expect(paceMet(rule, three, 5 * MINUTE)).toBeNull()
  })

  it('are one where one has cost enough, and none where nothing has', () => {
    expect(paceMet(rule, [call(1, 1_000n)], MINUTE)).toEqual({ calls: 1, pico: 1_000n })
    expect(paceMet(rule, [call(1, 999n)], MINUTE)).toBeNull()
    expect(paceMet(rule, [], MINUTE)).toBeNull()
  })
})

describe('a call of an earlier run', () => {
  it('began as long ago as the wall clock says, and just now where that says later than now', () => {
    // Bug: a clock that was set back between two runs, so that calls stay recent for a year, or never were.
    expect(steadyStart(10_000, 70_000, 500)).toBe(-59_500)
    expect(steadyStart(70_000, 70_000, 500)).toBe(500)
    expect(steadyStart(9e12, 70_000, 500)).toBe(500)
  })
})

describe('any rule and any calls, asked about as they come', () => {
  const anyRule = fc.record({
    calls: fc.integer({ min: 1, max: 8 }),
    pico: fc.bigInt({ min: 1n, max: 400n }),
    minutes: fc.constantFrom(1, 5, 15),
  })
  /** What a call costs, how long after the one before it is wanted, and whether a user who is asked says yes. */
  const anyWanted = fc.array(
    fc.record({
      pico: fc.bigInt({ min: 0n, max: 120n }),
      afterMs: fc.oneof(fc.integer({ min: 0, max: 30_000 }), fc.integer({ min: 0, max: 20 * MINUTE })),
      yes: fc.boolean(),
    }),
    { maxLength: 60 },
  )

  it('let no stretch of that time between two yeses hold more calls, nor one leave once the money is reached', () => {
    fc.assert(
      fc.property(anyRule, anyWanted, (some, wanted) => {
        let nowMs = 0
        let left: RecentCall[] = []
        const stretches: RecentCall[][] = []
        for (const { pico, afterMs, yes } of wanted) {
          nowMs += afterMs
          const met = paceMet(some, left.toReversed().slice(0, some.calls), nowMs)
          // Neither too lax nor too strict, by the rule's own words.
          const within = left.filter(({ atMs }) => nowMs - atMs < some.minutes * MINUTE)
          const spent = within.reduce((sum, each) => sum + each.pico, 0n)
          expect(met !== null).toBe(within.length >= some.calls || spent >= some.pico)
          if (met !== null && !yes) continue
          if (met !== null) {
            stretches.push(left)
            left = []
          }
          left = [...left, { atMs: nowMs, pico }]
        }
        for (const stretch of [...stretches, left]) {
          for (const [index, { atMs }] of stretch.entries()) {
            const span = stretch.slice(0, index + 1).filter((each) => atMs - each.atMs < some.minutes * MINUTE)
            expect(span.length).toBeLessThanOrEqual(some.calls)
            const before = span.slice(0, -1).reduce((sum, each) => sum + each.pico, 0n)
            expect(before < some.pico).toBe(true)
          }
        }
        // Asked is asked for ever only while calls go on: once the time is over, nobody is.
        expect(paceMet(some, left, nowMs + some.minutes * MINUTE)).toBeNull()
      }),
      { numRuns: 2_000 },
    )
  })
})
