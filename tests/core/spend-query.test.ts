import { describe, expect, it } from 'vitest'
import { dayAfter, daysIn, isRange, lastDayOf, stepFor, stepOf } from '../../src/core/spend-query'

describe('days', () => {
  it.each([
    ['2026-11-01', '2026-11-01', 1],
    ['2026-11-01', '2026-11-30', 30],
    // The clocks change in between, and calendar days do not mind.
    ['2026-10-24', '2026-10-26', 3],
    ['2024-02-28', '2024-03-01', 3],
    ['2026-02-28', '2026-03-01', 2],
  ])('from %s to %s are %i', (from, to, days) => {
    expect(daysIn({ from, to })).toBe(days)
  })

  it.each([
    ['2026-11-02', '2026-11-01'],
    ['2026-02-30', '2026-03-01'],
    ['2026-13-01', '2026-13-02'],
    ['0000-00-00', '2026-01-01'],
  ])('from %s to %s are none', (from, to) => {
    expect(daysIn({ from, to })).toBeNull()
    expect(isRange({ from, to })).toBe(false)
  })

  it('may be 3,700 and not one more', () => {
    const from = '2016-01-01'
    expect(isRange({ from, to: dayAfter(from, 3_699) })).toBe(true)
    expect(isRange({ from, to: dayAfter(from, 3_700) })).toBe(false)
  })

  it.each([
    ['2026-02-10', '2026-02-28'],
    ['2024-02-10', '2024-02-29'],
    ['2026-12-31', '2026-12-31'],
  ])('of the month of %s end with %s', (day, last) => {
    expect(lastDayOf(day)).toBe(last)
  })

  it('before the first of a month are of the month before', () => {
    expect(dayAfter('2026-03-01', -1)).toBe('2026-02-28')
  })
})

describe('steps', () => {
  it.each([
    [1, 'day'],
    [92, 'day'],
    [93, 'week'],
    [731, 'week'],
    [732, 'month'],
  ])('of %i days are a %s each', (days, step) => {
    expect(stepFor(days)).toBe(step)
  })

  it.each([
    ['2026-11-23', '2026-11-23'],
    ['2026-11-29', '2026-11-23'],
    ['2026-11-22', '2026-11-16'],
    ['2026-01-01', '2025-12-29'],
  ])('of a week begin on Monday: %s is of %s', (day, monday) => {
    expect(stepOf('week', day)).toBe(monday)
    expect(stepOf('month', day)).toBe(day.slice(0, 7))
  })
})
