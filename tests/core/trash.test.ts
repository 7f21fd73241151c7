import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  daysLeft,
  goesFromMs,
  isDue,
  isHeld,
  MOST_RETENTION_DAYS,
  TRASH_DAYS,
  type Retention,
} from '../../src/core/retention'

// Bug: deleting something makes it stay longer than it would have stayed, or go before it can be missed.

const DAY = 86_400_000
const START = Date.parse('2026-11-23T10:00:00Z')

const retention: fc.Arbitrary<Retention> = fc.oneof(
  fc.constant<Retention>('forever'),
  fc.constant<Retention>('until_quit'),
  fc.integer({ min: 1, max: MOST_RETENTION_DAYS }).map((days) => ({ days })),
)
/** Stamps need not be in order: a wrong clock may have set either. */
const stamp = fc.integer({ min: START - 4000 * DAY, max: START + 4000 * DAY })

describe('what was deleted', () => {
  it('waits thirty whole days where it would be kept for ever, and goes within the next', () => {
    const lived = { activeMs: START - 400 * DAY, deletedMs: START }
    expect(isDue('forever', lived, START + 31 * DAY - 1)).toBe(false)
    expect(isDue('forever', lived, START + 31 * DAY)).toBe(true)
  })

  it('goes with its own time where that is over before', () => {
    expect(goesFromMs({ days: 7 }, { activeMs: START, deletedMs: START + 6 * DAY })).toBe(START + 8 * DAY)
    expect(goesFromMs({ days: 90 }, { activeMs: START, deletedMs: START + 6 * DAY })).toBe(START + 37 * DAY)
  })

  it('stays no longer for being deleted, and exactly as long as before once it is back', () => {
    fc.assert(
      fc.property(retention, stamp, stamp, (rule, activeMs, deletedMs) => {
        const kept = goesFromMs(rule, { activeMs, deletedMs: null })
        const trashed = goesFromMs(rule, { activeMs, deletedMs })
        expect(trashed).not.toBeNull()
        expect(trashed).toBeLessThanOrEqual(kept ?? Infinity)
      }),
    )
  })

  it('is taken before thirty whole days are over by no rule but its own', () => {
    fc.assert(
      fc.property(retention, stamp, stamp, stamp, (rule, activeMs, deletedMs, nowMs) => {
        const lived = { activeMs, deletedMs }
        if (!isDue(rule, lived, nowMs)) return
        const byOwn = isDue(rule, { activeMs, deletedMs: null }, nowMs)
        expect(byOwn || nowMs - deletedMs > TRASH_DAYS * DAY).toBe(true)
      }),
    )
  })

  it('is not back once it was due, however time goes on', () => {
    fc.assert(
      fc.property(retention, stamp, stamp, stamp, fc.nat(), (rule, activeMs, deletedMs, nowMs, moreMs) => {
        const lived = { activeMs, deletedMs }
        expect(isDue(rule, lived, nowMs) && !isDue(rule, lived, nowMs + moreMs)).toBe(false)
      }),
    )
  })

  it('is held while the clock has leapt past the end of its wait', () => {
    const clock = { nowMs: START, seenMs: START + 40 * DAY, doubt: { wallMs: START + 40 * DAY, gapMs: 40 * DAY } }
    expect(isHeld('forever', { activeMs: START, deletedMs: START }, clock)).toBe(true)
    expect(isHeld('forever', { activeMs: START, deletedMs: null }, clock)).toBe(false)
    expect(isHeld('forever', { activeMs: START, deletedMs: START + 10 * DAY }, clock)).toBe(false)
  })

  it('has so many whole days left, never one that is not there', () => {
    const from = START + 31 * DAY
    expect([START, START + 1, START + DAY - 1, START + DAY].map((now) => daysLeft(from, now))).toEqual([30, 30, 30, 29])
    expect([from - DAY - 1, from - DAY, from - 1, from, from + DAY].map((now) => daysLeft(from, now))).toEqual([
      1, 0, 0, 0, 0,
    ])
    // Deleted under a clock that stood years ahead.
    expect(daysLeft(from + 4000 * DAY, START)).toBe(30)
    fc.assert(
      fc.property(stamp, stamp, (deletedMs, nowMs) => {
        const ends = goesFromMs('forever', { activeMs: 0, deletedMs })
        const left = daysLeft(ends ?? 0, nowMs)
        expect(left > 0 && isDue('forever', { activeMs: 0, deletedMs }, nowMs + left * DAY)).toBe(false)
      }),
    )
  })
})
