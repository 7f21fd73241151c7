import { describe, expect, it } from 'vitest'
import { endOfLocalDay } from '../../src/core/period'

/** Berlin: an hour ahead, two from the last Sunday of March to the last of October. */
const berlin = (atMs: number): number =>
  atMs >= Date.UTC(2026, 2, 29, 1) && atMs < Date.UTC(2026, 9, 25, 1) ? 120 : 60
const end = (day: string, offsetAt = berlin) => {
  const atMs = endOfLocalDay(day, offsetAt)
  return atMs === null ? null : new Date(atMs).toISOString()
}

// Bug: a key said to expire a day early or late, where the user is or when the clocks change.
describe('the end of a local day', () => {
  it.each([
    ['2026-11-23', '2026-11-23T23:00:00.000Z'],
    ['2026-07-31', '2026-07-31T22:00:00.000Z'],
    ['2026-12-31', '2026-12-31T23:00:00.000Z'],
    // The days that have 23 and 25 hours, and those beside them.
    ['2026-03-28', '2026-03-28T23:00:00.000Z'],
    ['2026-03-29', '2026-03-29T22:00:00.000Z'],
    ['2026-10-24', '2026-10-24T22:00:00.000Z'],
    ['2026-10-25', '2026-10-25T23:00:00.000Z'],
    ['2028-02-29', '2028-02-29T23:00:00.000Z'],
  ])('of %s is %s', (day, instant) => {
    expect(end(day)).toBe(instant)
  })

  it('is where the user is, however far that is', () => {
    expect(end('2026-11-23', () => 840)).toBe('2026-11-23T10:00:00.000Z')
    expect(end('2026-11-23', () => -660)).toBe('2026-11-24T11:00:00.000Z')
  })

  it.each(['2026-02-29', '2026-02-31', '2026-13-01', '2026-00-01', '2026-01-00', '26-01-01', '', 'soon'])(
    'there is none of %j',
    (day) => {
      expect(end(day)).toBeNull()
    },
  )
})
