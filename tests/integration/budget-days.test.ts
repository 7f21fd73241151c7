import { describe, expect, it } from 'vitest'
import { localDay, periodDays, utcDay } from '../../src/core/period'
import { createBudgetService } from '../../src/main/services/budget-service'
import { createEventHub } from '../../src/main/services/event-hub'
import { createLog, createRedactor } from '../../src/main/log'
import type { Clock } from '../../src/main/ports'
import type { Storage } from '../../src/main/storage/storage'
import { countingIds } from '../support/latchkey'
import { book, callOf, lineOf, withStorage } from '../support/ledger'
import { withTempDir } from '../support/temp-dir'

// Bug: a month that begins at the wrong midnight: money of one month held against another.

const HOUR = 3_600_000
const DOLLAR = 10n ** 12n

/** Local minus UTC as the zone's rules have it, in minutes. */
function offsetIn(zone: string) {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  return (atMs: number): number => {
    const parts = Object.fromEntries(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]))
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
    return Math.round((Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(atMs / 1000) * 1000) / 60_000)
  }
}

interface World {
  readonly spend: (at: string, dollars: bigint) => void
  /** What a budget of everything has booked at this moment. */
  readonly booked: (period: 'day' | 'month', at: string) => bigint
  readonly move: (zone: string) => void
}

function inWorld(zone: string, calendar: 'local' | 'utc', work: (world: World) => void) {
  return withTempDir(async (profile) => {
    withStorage(profile, (storage: Storage) => {
      let now = 0
      let offset = offsetIn(zone)
      let number = 0
      const clock: Clock = { now: () => now, steadyMs: () => 0, offsetMinutes: (atMs) => offset(atMs) }
      const log = createLog(createRedactor(), () => undefined)
      const hub = createEventHub(log)
      const budgets = createBudgetService({ storage, clock, newId: countingIds(), hub, calendar: () => calendar })
      const steps = [{ percent: 100, action: 'block' }] as const
      for (const period of ['day', 'month'] as const) {
        budgets.set({ scope: { kind: 'all' }, period, limit: '100', steps })
      }
      work({
        spend(at, dollars) {
          now = Date.parse(at)
          number += 1
          book(storage, callOf(number, { startedMs: now, offsetMinutes: offset(now) }), [lineOf(dollars * DOLLAR)])
        },
        booked(period, at) {
          now = Date.parse(at)
          return BigInt(budgets.list().find((each) => each.period === period)?.settled ?? '-1') / DOLLAR
        },
        move: (to) => void (offset = offsetIn(to)),
      })
    })
    await Promise.resolve()
  })
}

describe('a local month', () => {
  it('begins at midnight in Kiritimati, fourteen hours before UTC', () =>
    inWorld('Pacific/Kiritimati', 'local', ({ spend, booked }) => {
      spend('2026-11-30T09:59:59Z', 1n)
      spend('2026-11-30T10:00:00Z', 2n)
      expect(booked('month', '2026-11-30T09:59:59Z')).toBe(1n)
      expect(booked('month', '2026-11-30T10:00:00Z')).toBe(2n)
      expect(booked('day', '2026-12-01T09:59:59Z')).toBe(2n)
      expect(booked('day', '2026-12-01T10:00:00Z')).toBe(0n)
    }))

  it('ends at midnight in Los Angeles, eight hours after UTC', () =>
    inWorld('America/Los_Angeles', 'local', ({ spend, booked }) => {
      spend('2026-12-01T07:59:59Z', 1n)
      spend('2026-12-01T08:00:00Z', 2n)
      expect(booked('month', '2026-12-01T07:59:59Z')).toBe(1n)
      expect(booked('month', '2026-12-01T08:00:00Z')).toBe(2n)
    }))

  it('has days of 23 and of 25 hours where the clocks change', () =>
    inWorld('America/Los_Angeles', 'local', ({ spend, booked }) => {
      // 8 March 2026 has 23 hours, 1 November 25.
      spend('2026-03-08T08:00:00Z', 1n)
      spend('2026-03-09T06:59:59Z', 2n)
      expect(booked('day', '2026-03-09T06:59:59Z')).toBe(3n)
      expect(booked('day', '2026-03-09T07:00:00Z')).toBe(0n)
      spend('2026-11-01T07:00:00Z', 4n)
      spend('2026-11-02T07:59:59Z', 8n)
      expect(booked('day', '2026-11-02T07:59:59Z')).toBe(12n)
      expect(booked('day', '2026-11-02T08:00:00Z')).toBe(0n)
      expect(booked('month', '2026-11-30T12:00:00Z')).toBe(12n)
    }))

  it('counts a call on the day it had where it was made, whatever the zone has become since', () =>
    inWorld('Pacific/Kiritimati', 'local', ({ spend, booked, move }) => {
      // The first of December in Kiritimati; a flight later it is the thirtieth of November again.
      spend('2026-11-30T11:00:00Z', 5n)
      expect(booked('month', '2026-11-30T11:00:00Z')).toBe(5n)
      move('America/Los_Angeles')
      expect(booked('month', '2026-11-30T20:00:00Z')).toBe(0n)
      spend('2026-11-30T20:00:00Z', 1n)
      expect(booked('month', '2026-11-30T20:00:00Z')).toBe(1n)
      // And in December both of its own.
      expect(booked('month', '2026-12-01T12:00:00Z')).toBe(5n)
    }))

  it.each([
    ['2026-02-28T23:59:59Z', '2026-03-01T00:00:00Z'],
    ['2028-02-29T23:59:59Z', '2028-03-01T00:00:00Z'],
    ['2026-12-31T23:59:59Z', '2027-01-01T00:00:00Z'],
    ['2026-04-30T23:59:59Z', '2026-05-01T00:00:00Z'],
  ])('keeps %s and %s apart', (last, first) =>
    inWorld('UTC', 'local', ({ spend, booked }) => {
      spend(last, 1n)
      spend(first, 2n)
      expect([booked('month', last), booked('month', first)]).toEqual([1n, 2n])
    }),
  )
})

describe('a UTC month', () => {
  it.each(['Pacific/Kiritimati', 'America/Los_Angeles', 'Asia/Kathmandu'])('is the same everywhere (%s)', (zone) =>
    inWorld(zone, 'utc', ({ spend, booked }) => {
      spend('2026-11-01T00:00:00Z', 1n)
      spend('2026-11-30T23:59:59Z', 2n)
      spend('2026-12-01T00:00:00Z', 4n)
      spend('2026-10-31T23:59:59Z', 8n)
      expect(booked('month', '2026-11-15T00:00:00Z')).toBe(3n)
      expect(booked('month', '2026-12-01T00:00:00Z')).toBe(4n)
      expect(booked('day', '2026-11-30T00:00:00Z')).toBe(2n)
      expect(booked('day', '2026-12-01T23:59:59Z')).toBe(4n)
    }),
  )
})

describe('any instant', () => {
  it('lies in the days of its own period, in every zone', () => {
    for (let atMs = Date.UTC(2026, 0, 1); atMs < Date.UTC(2027, 0, 2); atMs += 7 * HOUR) {
      for (const zone of ['Pacific/Kiritimati', 'America/Los_Angeles', 'Europe/Berlin']) {
        const offset = offsetIn(zone)(atMs)
        const [first, last] = periodDays('month', 'local', atMs, offset)
        const day = localDay(atMs, offset)
        expect(first <= day && day <= last).toBe(true)
        expect(periodDays('day', 'utc', atMs, offset)).toEqual([utcDay(atMs), utcDay(atMs)])
      }
    }
  })
})
