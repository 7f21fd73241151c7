import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstLook, look, type BelievedClock } from '../../src/core/believed-clock'
import { goesFromMs, isDue, isHeld, retentionFrom } from '../../src/core/retention'

// Bug: a clock that is wrong for a while deletes everything; or one that is right never deletes again.

const HOUR = 3_600_000
const DAY = 24 * HOUR
const START = Date.parse('2026-11-23T10:00:00Z')
const at = (days: number, hours = 0) => START + days * DAY + hours * HOUR

const after = (...walls: readonly number[]): BelievedClock =>
  walls.reduce<BelievedClock>((clock, wall) => look(clock, wall), firstLook(START, null))

describe('the believed clock', () => {
  it('follows a clock that is right: hourly, over nights, over a day off', () => {
    expect(after(at(0, 1), at(0, 2), at(0, 18), at(1, 17))).toEqual({
      nowMs: at(1, 17),
      seenMs: at(1, 17),
      doubt: null,
    })
  })

  it('does not believe a leap before another day: a wrong clock that is put right leaves nothing behind', () => {
    const wrong = after(at(3650), at(3650, 1), at(3650, 19))
    expect(wrong.nowMs).toBeLessThan(at(1))
    expect(wrong.doubt).not.toBeNull()
    expect(look(wrong, at(0, 20))).toEqual({ nowMs: at(0, 20), seenMs: at(0, 20), doubt: null })
  })

  it('believes a real holiday on the second day', () => {
    const home = after(at(21))
    expect(home.nowMs).toBe(START)
    expect(look(home, at(21, 8)).nowMs).toBe(at(0, 8))
    expect(after(at(21), at(21, 8), at(22)).nowMs).toBe(at(22))
  })

  it('comes along, a week behind, with somebody who looks in once a week', () => {
    expect(after(at(7), at(14), at(21), at(28)).nowMs).toBe(at(21))
  })

  it('believes no sum of two different wrong clocks: one that went back is seen for the first time', () => {
    expect(after(at(3650), at(0, 1), at(3651)).nowMs).toBe(at(0, 1))
    expect(after(at(3650), at(900), at(900, 10)).nowMs).toBe(at(0, 10))
  })

  it('never goes back, and counts a clock that comes back once', () => {
    const back = after(at(-3650))
    expect(back.nowMs).toBe(START)
    expect(look(back, at(0, 1)).nowMs).toBe(at(0, 1))
    // Two systems on one computer that disagree about the time zone of its clock, at every start.
    const flips = Array.from({ length: 40 }, (_, index) => at(0, index % 2 === 0 ? -8 : 0) + index * 60_000)
    expect(after(...flips).nowMs).toBeLessThan(at(0, 1))
    const aheadFirst = Array.from({ length: 40 }, (_, index) => at(0, index % 2 === 0 ? 23 : 0) + index * 60_000)
    expect(after(...aheadFirst).nowMs).toBeLessThan(at(1, 1))
  })

  it('counts going to and fro once, however long it is kept up', () => {
    // Ours is 20 hours ahead; from then on the system's leaps ahead twice a day and is put right half an hour later.
    const looks = Array.from({ length: 30 * 48 }, (_, index) => at(0, index / 2 + (index % 24 === 12 ? 23 : 0)))
    expect(after(at(0, 20), ...looks).nowMs).toBeLessThanOrEqual(at(31))
    // The same under a clock that is years wrong, either way.
    const flips = (days: number) => Array.from({ length: 70 }, (_, index) => at(days, index / 4 + (index % 2) * 19))
    expect(after(at(3650), ...flips(3650)).nowMs).toBeLessThanOrEqual(at(2))
    const behind = after(at(-3650), at(-3650, 10), at(-3650, 21), ...flips(-3649))
    expect(behind.nowMs).toBeLessThanOrEqual(at(3))
  })

  it('goes on with a clock that stays behind, so that things still grow old', () => {
    const hours = Array.from({ length: 100 }, (_, index) => at(-3650, index))
    expect(after(...hours).nowMs).toBe(START + 79 * HOUR)
  })

  it('begins at the newest thing that is known, not at a clock that may be wrong', () => {
    expect(firstLook(at(3650), START)).toMatchObject({ nowMs: START, doubt: { gapMs: 3650 * DAY } })
    expect(firstLook(START, null)).toEqual({ nowMs: START, seenMs: START, doubt: null })
    expect(firstLook(START, at(5))).toEqual({ nowMs: START, seenMs: START, doubt: null })
  })
})

/** True time goes on by steps; the system's clock is right, or wrong by a leap that is put right within a day. */
interface Step {
  readonly passesMs: number
  readonly errorMs: number
}

const shortStep = fc.integer({ min: 60_000, max: 20 * HOUR })
const leap = fc.oneof(
  fc.integer({ min: DAY + HOUR, max: 40 * 365 * DAY }),
  fc.integer({ min: -40 * 365 * DAY, max: -60_000 }),
)

/** Looks at a clock that is right now and then, and in between wrong for at most three looks within a few hours. */
const troubled: fc.Arbitrary<readonly Step[]> = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: shortStep.map((passesMs) => [{ passesMs, errorMs: 0 }]) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(leap, fc.array(fc.integer({ min: 60_000, max: 3 * HOUR }), { minLength: 1, maxLength: 3 }))
          .map(([errorMs, steps]) => [
            ...steps.map((passesMs) => ({ passesMs, errorMs })),
            { passesMs: 60_000, errorMs: 0 },
          ]),
      },
    ),
    { maxLength: 60 },
  )
  .map((groups) => groups.flat())

describe('whatever a clock does in between', () => {
  it('nothing is believed to be later than it is, however it leaps, when it is put right the same day', () => {
    fc.assert(
      fc.property(troubled, (steps) => {
        let truth = START
        let clock = firstLook(START, null)
        for (const { passesMs, errorMs } of steps) {
          truth += passesMs
          clock = look(clock, truth + errorMs)
          expect(clock.nowMs).toBeLessThanOrEqual(truth)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('is never a day ahead of the truth by errors of up to a day, whether they are put right or not', () => {
    const error = fc.oneof(fc.constant(0), fc.constant(DAY), fc.integer({ min: 0, max: DAY }))
    const passesMs = fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: 60_000, max: 2 * HOUR }) },
      { weight: 1, arbitrary: shortStep },
      { weight: 1, arbitrary: fc.integer({ min: DAY, max: 30 * DAY }) },
    )
    const steps = fc.array(fc.record({ ms: passesMs, errorMs: error }), { maxLength: 300 })
    fc.assert(
      fc.property(steps, (all) => {
        let truth = START
        let clock = firstLook(START, null)
        for (const { ms, errorMs } of all) {
          truth += ms
          clock = look(clock, truth + errorMs)
          expect(clock.nowMs).toBeLessThanOrEqual(truth + DAY)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('never goes back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4e12 }), { maxLength: 80 }), (walls) => {
        let clock = firstLook(START, null)
        for (const wall of walls) {
          const next = look(clock, wall)
          expect(next.nowMs).toBeGreaterThanOrEqual(clock.nowMs)
          clock = next
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('once it is right is caught up with: used on two days, after whatever came before', () => {
    fc.assert(
      fc.property(troubled, fc.integer({ min: 0, max: 400 * DAY }), (steps, awayMs) => {
        let truth = START
        let clock = firstLook(START, null)
        for (const { passesMs, errorMs } of steps) {
          truth += passesMs
          clock = look(clock, truth + errorMs)
        }
        truth += awayMs
        for (let hour = 0; hour <= 48; hour += 1) clock = look(clock, truth + hour * HOUR)
        expect(clock).toEqual({ nowMs: truth + 48 * HOUR, seenMs: truth + 48 * HOUR, doubt: null })
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('how long something is kept', () => {
  const LIVED = { activeMs: START, deletedMs: null }

  it('goes within the day after the last one, never before it is over', () => {
    expect(isDue({ days: 1 }, LIVED, at(1, 23))).toBe(false)
    expect(isDue({ days: 1 }, LIVED, at(2))).toBe(true)
    expect(goesFromMs('forever', LIVED)).toBeNull()
    expect(isDue('forever', LIVED, 8e15)).toBe(false)
    // By no day: it goes at quit.
    expect(isDue('until_quit', LIVED, 8e15)).toBe(false)
  })

  it('is held while the clock is doubted', () => {
    const home = after(at(21))
    expect(isHeld({ days: 7 }, LIVED, home)).toBe(true)
    expect(isHeld({ days: 30 }, LIVED, home)).toBe(false)
    expect(isHeld({ days: 7 }, LIVED, after(at(21), at(22)))).toBe(false)
  })

  it.each([undefined, null, 7, 'never', {}, { days: 0 }, { days: 1.5 }, { days: 3651 }, { days: '30' }, { days: NaN }])(
    'deletes nothing by what is no retention: %j',
    (value) => expect(retentionFrom(value)).toBeNull(),
  )
})
