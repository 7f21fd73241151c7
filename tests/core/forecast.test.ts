import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { forecast, FORECAST_DAYS, type ForecastRange, type SpendSoFar } from '../../src/core/forecast'
import { HABITS, historyOf, OTHER_HABITS, UNSEEN_HABITS, type History } from '../support/spending-habits'

/** The formula was tuned on seeds 1 to 80: none of these. */
const SEEDS = Array.from({ length: 30 }, (_, index) => 5_001 + index)
/** Days of the month on which it is looked at. */
const LOOKS = [3, 8, 15, 24]

const sumOf = (days: readonly bigint[]): bigint => days.reduce((sum, pico) => sum + pico, 0n)

/** What is known in the middle of a day of the month; null where there were too few days before. */
function seenOn({ days, first, looked }: History, dayOfMonth: number): SpendSoFar | null {
  const at = first + dayOfMonth - 1
  const began = days.findIndex((pico) => pico > 0n)
  if (began < 0 || at - began < 2) return null
  const today = ((days[at] ?? 0n) * BigInt(looked[at] ?? 0)) / 1_000n
  return {
    days: days.slice(Math.max(began, at - FORECAST_DAYS), at),
    today,
    spent: sumOf(days.slice(first, at)) + today,
    dayOfMonth,
    daysLeft: days.length - 1 - at,
  }
}

interface Coverage {
  readonly within: number
  readonly looks: number
  /** How wide the ranges were, in shares of what the month came to. */
  readonly widths: readonly number[]
}

function coverageOf(habit: Parameters<typeof historyOf>[0]): Coverage {
  const widths: number[] = []
  let within = 0
  for (const seed of SEEDS) {
    const history = historyOf(habit, seed)
    const end = sumOf(history.days.slice(history.first))
    for (const day of LOOKS) {
      const seen = seenOn(history, day)
      if (seen === null) continue
      const range = forecast(seen) as ForecastRange
      if (range.least <= end && end <= range.most) within += 1
      widths.push(Number(((range.most - range.least) * 1_000n) / (end || 1n)) / 1_000)
    }
  }
  return { within, looks: widths.length, widths }
}

/** How often months ended in their range, in hundredths. */
function shareOf(measured: readonly Coverage[]): number {
  const total = (part: (each: Coverage) => number): number => measured.reduce((sum, each) => sum + part(each), 0)
  return (100 * total(({ within }) => within)) / total(({ looks }) => looks)
}

describe('the month ends in its range', () => {
  const chosenBy = new Map(Object.entries(HABITS).map(([name, habit]) => [name, coverageOf(habit)]))
  const others = Object.values(OTHER_HABITS).map(coverageOf)
  const unseen = Object.values(UNSEEN_HABITS).map(coverageOf)

  // Bug: a range nobody's month ends in, or one so wide that it says nothing. docs/spend.md has these figures.
  it.each([
    ['steady', 93, 0.5],
    ['weekdays', 95, 0.75],
    ['bursts', 83, 1.7],
    ['growing', 65, 0.55],
    ['oneBigDay', 65, 1.05],
    ['newUser', 90, 0.7],
    ['stops', 42, 1.4],
  ])('of the habit %s', (name, share, width) => {
    const measured = chosenBy.get(name) as Coverage
    expect(shareOf([measured])).toBeGreaterThanOrEqual(share)
    expect(measured.widths.toSorted((a, b) => a - b)[measured.looks >> 1]).toBeLessThanOrEqual(width)
  })

  it('of habits it was not tuned on', () => {
    expect(shareOf(others)).toBeGreaterThanOrEqual(80)
  })

  it('of habits nobody had looked at', () => {
    expect(shareOf(unseen)).toBeGreaterThanOrEqual(78)
  })

  it('in eight cases of ten', () => {
    expect(shareOf([...chosenBy.values(), ...others, ...unseen])).toBeGreaterThanOrEqual(80)
  })
})

describe('a forecast', () => {
  const dollars = fc.bigInt(0n, 50n * 10n ** 12n)
  const seen = fc
    .record({
      days: fc.array(dollars, { minLength: 2, maxLength: 70 }),
      today: dollars,
      before: dollars,
      dayOfMonth: fc.integer({ min: 3, max: 31 }),
      daysLeft: fc.integer({ min: 0, max: 28 }),
    })
    .map(({ before, ...rest }): SpendSoFar => ({ ...rest, spent: before + rest.today }))

  it('is never below what is spent already, and its ends are in order', () => {
    fc.assert(
      fc.property(seen, (known) => {
        const range = forecast(known) as ForecastRange
        expect(range.least >= known.spent && range.least <= range.most).toBe(true)
      }),
    )
  })

  it('is the same for the same days, and knows none before the last 56', () => {
    fc.assert(
      fc.property(seen, (known) => {
        expect(forecast(known)).toEqual(forecast({ ...known, days: known.days.slice(-FORECAST_DAYS) }))
      }),
      { numRuns: 20 },
    )
  })

  it('says nothing before the third day of the month and of use', () => {
    const known: SpendSoFar = { days: [1n, 1n], today: 1n, spent: 3n, dayOfMonth: 3, daysLeft: 27 }
    expect(forecast(known)).not.toBeNull()
    expect(forecast({ ...known, dayOfMonth: 2 })).toBeNull()
    expect(forecast({ ...known, days: [1n] })).toBeNull()
  })

  it('of days that were all the same is close around them', () => {
    const days = Array.from({ length: FORECAST_DAYS }, () => 10n ** 12n)
    const known: SpendSoFar = { days, today: 0n, spent: 9n * 10n ** 12n, dayOfMonth: 10, daysLeft: 20 }
    const { least, most } = forecast(known) as ForecastRange
    expect(least).toBeGreaterThan(22n * 10n ** 12n)
    expect(most).toBeLessThan(38n * 10n ** 12n)
  })

  it('of nothing is nothing more', () => {
    const days = [0n, 0n, 0n, 0n]
    expect(forecast({ days, today: 0n, spent: 5n, dayOfMonth: 9, daysLeft: 21 })).toEqual({ least: 5n, most: 5n })
  })

  it('is exact past what a JavaScript number holds', () => {
    const days = Array.from({ length: 30 }, () => 10n ** 16n + 1n)
    const known: SpendSoFar = { days, today: 10n ** 16n + 1n, spent: 7n, dayOfMonth: 30, daysLeft: 0 }
    expect(forecast(known)).toEqual({ least: 7n, most: expect.any(BigInt) as bigint })
    const past = forecast({ ...known, today: 0n, daysLeft: 1 }) as ForecastRange
    expect(past.least % (10n ** 16n + 1n)).not.toBe(0n)
  })
})
