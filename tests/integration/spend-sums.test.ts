import Sqlite from 'better-sqlite3'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SpendFilter } from '../../src/core/spend-query'
import { createCatalog } from '../../src/main/catalog/catalog'
import { createLog, createRedactor } from '../../src/main/log'
import { createForecastService } from '../../src/main/services/forecast-service'
import { createSpendReportService } from '../../src/main/services/spend-report-service'
import { spendCallRepository, type SpendColumn, type SpendSum } from '../../src/main/storage/spend-calls'
import { openStorage, type Storage } from '../../src/main/storage/storage'
import { testClock } from '../support/latchkey'
import { book, callOf, faultOf, lineOf, walked, withFile, withStorage } from '../support/ledger'
import { addCall, addConversations, callSeed, idOf } from '../support/random-ledger'
import { makeTempDir, type TempDir } from '../support/temp-dir'

// Sums of whole months are kept so that a long report is short work. Bugs: a figure that is another one because it was
// read from there; one that misses a call which was booked while they were put together; a report whose parts are of
// different moments.

let profile: TempDir

beforeEach(async () => {
  profile = await makeTempDir()
})
afterEach(() => profile.remove())

const ALL = { from: '2026-01-01', to: '2026-12-31' }
const MONTHS = ['2026-09', '2026-10', '2026-11']

describe('what is read from kept sums', () => {
  const GROUPS: readonly (readonly SpendColumn[])[] = [
    ['day', 'provider', 'purpose', 'state', 'doubt'],
    ['month', 'provider', 'purpose', 'state', 'doubt', 'model'],
    ['week', 'provider', 'model'],
    ['week', 'doubt'],
    ['model', 'provider'],
    ['day', 'doubt'],
    ['key'],
    ['conversation'],
    ['purpose'],
    [],
  ]
  const FILTERS: readonly SpendFilter[] = [
    {},
    { provider: 'openai' },
    { model: 'a', costClass: 'computed' },
    { keyId: 'none' },
    { keyId: idOf('key', 1) },
    { conversationId: 'private' },
    { conversationId: 'none', purpose: 'retry' },
    { conversationId: idOf('conversation', 2) },
    { outcome: 'failed' },
    { costClass: 'unpriced' },
  ]
  const RANGES = [
    ALL,
    { from: '2026-09-20', to: '2026-11-30' },
    { from: '2026-10-01', to: '2026-10-31' },
    { from: '2026-10-05', to: '2026-10-06' },
  ]
  const inOrder = (sums: readonly SpendSum[]) =>
    sums
      .map((sum) => JSON.stringify(sum, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)))
      .toSorted()

  it('is what the calls themselves come to, for any calls, months, ranges and conditions', () => {
    const calls = fc.array(callSeed, { minLength: 20, maxLength: 60, size: 'max' })
    let run = 0
    fc.assert(
      fc.property(calls, fc.subarray(MONTHS), fc.integer({ min: 1, max: 20 }), (seeds, months, atOnce) => {
        run += 1
        withStorage(profile, (storage) => {
          if (run === 1) addConversations(storage)
          for (const [index, seed] of seeds.entries()) {
            storage.transaction(() => addCall(storage, seed, run * 1000 + index))
          }
          for (const month of months) walked(storage.spendSums.put(month, atOnce))
          const file = new Sqlite(profile.file('latchkey.db'), { readonly: true })
          const plain = spendCallRepository(file, { pieces: (range) => [{ ...range, grain: 'call' }] })
          for (const range of RANGES) {
            for (const filter of FILTERS) {
              for (const by of GROUPS) {
                expect(inOrder(storage.spendCalls.sums(range, filter, by))).toEqual(
                  inOrder(plain.sums(range, filter, by)),
                )
              }
              const page = plain.page(range, filter, null, 30) ?? []
              expect(storage.spendCalls.page(range, filter, null, 30)).toEqual(page)
              const newest = plain.page(ALL, filter, null, 1)?.[0]
              if (newest === undefined) continue
              // Bug: what comes before a call that is past the range is not in it either.
              const others = page.filter(({ id }) => id !== newest.id).slice(0, 29)
              expect(storage.spendCalls.page(range, filter, newest.id, 29)).toEqual(others)
              const later = page[7]
              if (later === undefined) continue
              expect(storage.spendCalls.page(range, filter, later.id, 9)).toEqual(
                plain.page(range, filter, later.id, 9),
              )
              expect(storage.spendCalls.page(range, filter, later.id, 9)).toEqual(page.slice(8, 17))
            }
          }
          file.close()
          expect(faultOf(storage)).toBeNull()
        })
      }),
      { numRuns: 6, endOnFailure: true },
    )
  })
})

/** So many calls of a month, an hour apart. */
function fill(storage: Storage, month: number, count: number): void {
  storage.transaction(() => {
    for (let number = 0; number < count; number += 1) {
      const startedMs = Date.UTC(2026, month - 1, 2 + (number % 27), 10)
      book(storage, callOf(month * 10_000 + number, { startedMs }), [lineOf(7n)])
    }
  })
}

describe('a call that is booked while sums are put together', () => {
  it.each([1, 3, 26])('keeps the month from counting, after step %i', (steps) => {
    withStorage(profile, (storage) => {
      fill(storage, 9, 27)
      const put = storage.spendSums.put('2026-09', 1)
      for (let step = 0; step < steps; step += 1) expect(put.next().done).toBe(false)
      // On a day that was added up already.
      book(storage, callOf(1, { startedMs: Date.UTC(2026, 8, 2, 9) }), [lineOf(1_000n)])
      walked(put)
      expect(storage.spendSums.missing(ALL, '2026-11')).toEqual(['2026-09'])
      const [sum] = storage.spendCalls.sums(ALL, {}, [])
      expect([sum?.calls, sum?.pico]).toEqual([28, 27n * 7n + 1_000n])
      // And it can be done again, with nothing left of the first time.
      walked(storage.spendSums.put('2026-09', 1))
      expect(storage.spendSums.missing(ALL, '2026-11')).toEqual([])
      expect(storage.spendCalls.sums(ALL, {}, []).map(({ calls, pico }) => [calls, pico])).toEqual([[28, 1_189n]])
      expect(faultOf(storage)).toBeNull()
    })
  })

  it('and sums that were cut short by a kill count for nothing', () => {
    withStorage(profile, (storage) => {
      fill(storage, 9, 27)
      storage.spendSums.put('2026-09', 5).next()
    })
    withStorage(profile, (storage) => {
      expect(storage.spendCalls.sums(ALL, {}, [])[0]?.calls).toBe(27)
      expect(storage.spendSums.missing(ALL, '2026-11')).toEqual(['2026-09'])
    })
  })
})

describe('a report', () => {
  function serve(storage: Storage) {
    const clock = testClock()
    const catalog = createCatalog()
    const logged: string[] = []
    const log = createLog(createRedactor(), (line) => void logged.push(line))
    const forecasts = createForecastService({ storage, clock })
    return { ...createSpendReportService({ storage, catalog, clock, log, forecasts }), logged }
  }

  /** Books a call of every month at every turn of the loop, until something is answered. */
  async function bookUntil<Value>(storage: Storage, answer: Promise<Value>): Promise<{ value: Value; booked: number }> {
    let booked = 0
    const state = { ended: false }
    const watched = answer.then((value) => {
      state.ended = true
      return value
    })
    for (let number = 1; !state.ended; number += 1) {
      for (const month of [8, 9, 10]) {
        book(storage, callOf(900_000 + number * 3 + month, { startedMs: Date.UTC(2026, month, 3, 10) }), [lineOf(11n)])
        booked += 1
      }
      await new Promise(setImmediate)
    }
    return { value: await watched, booked }
  }

  it('is of one moment, whatever is booked while it is made', async () => {
    const storage = openStorage({ profile: profile.path })
    try {
      for (const month of [3, 4, 5, 6, 7, 8, 9, 10]) fill(storage, month, 40)
      const reports = serve(storage)
      const query = { range: ALL, filter: {}, by: 'conversation' } as const
      const { value, booked } = await bookUntil(storage, reports.page({ query }))
      expect(booked).toBeGreaterThan(6)
      if (!value.ok) throw new Error('refused')
      const { report, providers, conversations, calls } = value.value
      // Everything that was booked until it was told is in it.
      expect(report.callCount).toBe(8 * 40 + booked)
      expect(report.total.pico).toBe((8n * 40n * 7n + BigInt(booked) * 11n).toString())
      const together = (parts: readonly { readonly spend: { readonly atLeast: string } }[]) =>
        parts.reduce((sum, { spend }) => sum + BigInt(spend.atLeast), 0n).toString()
      for (const parts of [report.groups, report.series, report.classes, providers, conversations]) {
        expect(together(parts)).toBe(report.total.atLeast)
      }
      expect(calls[0]?.startedMs).toBe(Date.UTC(2026, 10, 3, 10))
      expect(faultOf(storage)).toBeNull()
    } finally {
      storage.close()
    }
  })

  it('says the same while nothing can be written, and the log says why it took longer', async () => {
    const storage = openStorage({ profile: profile.path })
    try {
      fill(storage, 9, 40)
      withFile(profile, (file) =>
        file.exec(`CREATE TRIGGER full BEFORE INSERT ON spend_sum BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`),
      )
      const reports = serve(storage)
      const answer = await reports.report({ query: { range: ALL, filter: {}, by: 'model' } })
      expect(answer).toMatchObject({ ok: true, value: { callCount: 40 } })
      expect(reports.logged).toHaveLength(1)
    } finally {
      storage.close()
    }
  })

  it('is refused when the file is closed while it is made', async () => {
    const storage = openStorage({ profile: profile.path })
    fill(storage, 9, 40)
    const answer = serve(storage).page({ query: { range: ALL, filter: {}, by: 'model' } })
    storage.close()
    expect(await answer).toEqual({ ok: false, error: { code: 'shutting_down' } })
  })
})
