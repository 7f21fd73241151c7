import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CallId } from '../../src/core/ids'
import type { Pico } from '../../src/core/money'
import { migrate } from '../../src/main/storage/migrate'
import { migrations } from '../../src/main/storage/migrations'
import type { Storage } from '../../src/main/storage/storage'
import { book, callOf, faultOf, lineOf, withFile, withStorage } from '../support/ledger'
import { makeTempDir, type TempDir } from '../support/temp-dir'

let profile: TempDir

beforeEach(async () => {
  profile = await makeTempDir()
})
afterEach(() => profile.remove())

const correction = (corrects: number, pico: Pico) =>
  ({ corrects, reason: 'price_override', line: lineOf(pico) }) as const

describe('a ledger of the version before', () => {
  /** Two calls in the second schema: one priced with a bound, one without a price, and a number that was never used. */
  const OLD = `
    INSERT INTO connection VALUES ('con', 'anthropic', 'Personal', 'https://api.anthropic.com', NULL, 0);
    INSERT INTO call (id, connection_id, connection_label, provider, model_requested, purpose, state, started_ms, utc_day,
      local_day, utc_offset_minutes, prompt_tokens_about, prompt_tokens_most, max_output_tokens, usage)
    VALUES ('one', 'con', 'Personal', 'anthropic', 'm', 'answer', 'done', 0, '2026-10-31', '2026-11-01', 60, 1, 2, 3, '{"lines":[],"raw":[1],"flags":["cache_ttl_assumed"]}'),
      ('two', 'con', 'Personal', 'anthropic', 'm', 'answer', 'stopped', 0, '2026-11-02', '2026-11-02', 60, 1, 2, 3, NULL);
    INSERT INTO ledger_line (seq, call_id, role, model, bucket, units, multiplier, pico, pico_upper, cost_class, utc_day,
      local_day, booked_ms)
    VALUES (1, 'one', 'main', 'm', 'in_uncached', 7, '1', 9007199254740993, NULL, 'computed', '2026-10-31', '2026-11-01', 5),
      (2, 'one', 'main', 'm', 'out', 3, '1', 20, 90, 'partial', '2026-10-31', '2026-11-01', 5),
      (9, 'two', 'main', 'x', 'out', 4, '1', NULL, NULL, 'unpriced', '2026-11-02', '2026-11-02', 6);`

  it('is carried over whole: lines, sums, chain and rules', () => {
    withFile(profile, (database) => {
      migrate(database, () => undefined, migrations.slice(0, 2))
      database.exec(OLD)
    })
    withStorage(profile, (storage) => {
      expect(faultOf(storage)).toBeNull()
      // As an answer that ran while the app was updated is read again.
      const kept = { lines: [], raw: [1], flags: ['split_estimated'], stated: [], severalSteps: false }
      expect(storage.calls.progressOf('one' as CallId)?.usage).toEqual(kept)
      expect(storage.spend.month('2026-11').cost).toEqual({
        pico: null,
        atLeast: 9_007_199_254_741_013n,
        upper: 9_007_199_254_741_083n,
        costClass: 'unpriced',
        inputTokens: 7,
        outputTokens: 7,
      })
      expect(storage.spend.month('2026-11').parts.day.map(({ key }) => key)).toEqual(['2026-11-01', '2026-11-02'])
      expect(storage.spend.month('2026-11').callCount).toBe(2)
      book(storage, callOf(1), [lineOf(5n)])
      expect(faultOf(storage)).toBeNull()
    })
    withFile(profile, (database) => {
      expect(database.prepare('SELECT seq FROM ledger_line ORDER BY seq').pluck().all()).toEqual([1, 2, 3, 4])
      expect(database.prepare("SELECT usage FROM call WHERE id = 'one'").pluck().get()).toBe(
        '{"lines":[],"raw":[1],"flags":["cache_ttl_assumed"]}',
      )
      expect(database.pragma('foreign_key_check')).toEqual([])
    })
  })
})

describe('the proof of a ledger', () => {
  const DAY = 86_400_000
  const fill = (storage: Storage) => {
    for (let day = 0; day < 10; day += 1) {
      const call = callOf(day + 1, { startedMs: Date.UTC(2026, 10, 1 + day) })
      book(storage, call, [lineOf(100n + BigInt(day)), lineOf(null, { bucket: 'in_audio' })])
    }
  }
  const tamper = (sql: string) => {
    withStorage(profile, fill)
    withFile(profile, (database) => {
      for (const name of ['ledger_line_stays', 'ledger_line_stays_as_it_is']) database.exec(`DROP TRIGGER ${name}`)
      database.exec(sql)
    })
    return withStorage(profile, faultOf)
  }

  it('finds nothing where nothing is wrong, and nothing in an empty one', () => {
    expect(withStorage(profile, faultOf)).toBeNull()
    withStorage(profile, fill)
    expect(withStorage(profile, faultOf)).toBeNull()
  })

  it.each([
    'pico = 99',
    'pico_upper = 5000',
    'units = 2',
    "unit_price = '2'",
    "multiplier = '0.5'",
    "price_id = 'other'",
    "bucket = 'in_uncached'",
    "model = 'cheaper'",
    "role = 'fallback'",
    "cost_class = 'provider_reported'",
    "local_day = '2026-12-01'",
    "utc_day = '2026-12-01'",
    'booked_ms = 1',
    "reason = 'because'",
    'call_id = (SELECT MAX(id) FROM call)',
  ])('names the first entry that is not what was booked (%s)', (change) => {
    expect(tamper(`UPDATE ledger_line SET ${change} WHERE seq IN (7, 11)`)).toMatchObject({ kind: 'entry', seq: 7 })
  })

  it('names the place where an entry is missing', () => {
    expect(tamper('DELETE FROM ledger_line WHERE seq = 5')).toMatchObject({ kind: 'entry', seq: 5 })
  })

  it('misses entries that were cut off at the end, and notices some past it', () => {
    expect(tamper('DELETE FROM ledger_line WHERE seq > 18')).toEqual({ kind: 'end', seq: 19 })
    expect(withStorage(profile, (storage) => (fillLater(storage), faultOf(storage)))).toMatchObject({ kind: 'entry' })
  })

  const fillLater = (storage: Storage) => book(storage, callOf(99, { startedMs: 40 * DAY }), [lineOf(1n)])

  it.each([
    "doubt = 2, state = 'failed'",
    'pico = pico + 1',
    "conversation_id = 'cnv_other'",
    'cache_saved = 7',
    "purpose = 'retry'",
    'output_tokens = 3',
  ])('names the day of a call that does not come to what its lines do (%s)', (change) => {
    const of = 'WHERE seq = (SELECT MAX(seq) - 3 FROM call)'
    expect(tamper(`UPDATE spend_call SET ${change} ${of}`)).toEqual({ kind: 'day', localDay: '2026-11-07' })
  })

  it('names the day of a call that has no row, and of a row that has no call', () => {
    expect(tamper('DELETE FROM spend_call WHERE seq = (SELECT MAX(seq) - 2 FROM call)')).toEqual({
      kind: 'day',
      localDay: '2026-11-08',
    })
    withFile(profile, (file) =>
      file.exec(`INSERT INTO spend_call SELECT '2026-11-08', seq, provider, model, connection_id, key_id,
          conversation_id, private, purpose, state, started_ms, 2, 6, 0, 107, 107, 0, 1, NULL
        FROM spend_call WHERE local_day = '2026-11-09'`),
    )
    expect(withStorage(profile, faultOf)).toMatchObject({ kind: 'day' })
    withFile(profile, (file) => file.exec(`UPDATE spend_call SET seq = 999 WHERE local_day = '2026-11-09'`))
    expect(withStorage(profile, faultOf)).toMatchObject({ kind: 'day' })
  })

  it('names the day whose sum is not that of its lines', () => {
    expect(tamper("UPDATE spend_day SET pico = pico - 1 WHERE local_day = '2026-11-04'")).toEqual({
      kind: 'day',
      localDay: '2026-11-04',
    })
    expect(withFile(profile, (file) => file.exec("DELETE FROM spend_day WHERE local_day = '2026-11-02'"))).toBeDefined()
    expect(withStorage(profile, faultOf)).toEqual({ kind: 'day', localDay: '2026-11-02' })
  })
})

describe('a correction', () => {
  it('settles what it corrects, on the day of the call, and leaves the line as it was', () => {
    withStorage(profile, (storage) => {
      const call = callOf(1)
      book(storage, call, [lineOf(10n), lineOf(null), lineOf(5n, { costClass: 'partial', picoUpper: 80n })])
      expect(storage.spend.ofCall(call.id)).toMatchObject({ pico: null, atLeast: 15n, costClass: 'unpriced' })
      expect(storage.ledger.openOfConnection(call.connectionId)).toMatchObject([{ seq: 2, callId: call.id }])

      storage.transaction(() => storage.ledger.correct(call, [correction(2, 7n)], Date.UTC(2027, 0, 5)))
      expect(storage.ledger.openOfConnection(call.connectionId)).toEqual([])
      const settled = { pico: 22n, atLeast: 22n, upper: 97n, costClass: 'partial' }
      expect(storage.spend.ofCall(call.id)).toMatchObject(settled)
      expect(storage.spend.month('2026-11').cost).toMatchObject(settled)
      expect(storage.spend.month('2027-01').cost.atLeast).toBe(0n)

      storage.transaction(() => storage.ledger.correct(call, [correction(3, 30n)], 0))
      const exact = { pico: 52n, atLeast: 52n, upper: null, costClass: 'computed' }
      expect(storage.spend.ofCall(call.id)).toMatchObject(exact)
      expect(storage.spend.month('2026-11').cost).toMatchObject(exact)
      expect(faultOf(storage)).toBeNull()
    })
  })

  it('is made once: a second one of the same line is refused, and nothing of it stays', () => {
    withStorage(profile, (storage) => {
      const call = callOf(1)
      book(storage, call, [lineOf(null)])
      const correct = (line: number) =>
        storage.transaction(() => storage.ledger.correct(call, [correction(line, 7n)], 0))
      correct(1)
      expect(() => correct(1)).toThrow('append-only')
      expect(storage.spend.ofCall(call.id).pico).toBe(7n)
      // What is wrong about a correction is corrected by another.
      correct(2)
      expect(storage.spend.ofCall(call.id)).toMatchObject({ pico: 14n, costClass: 'adjustment' })
      expect(faultOf(storage)).toBeNull()
    })
  })
})

describe('sums', () => {
  const START = Date.UTC(2026, 9, 30)
  const seed = fc.record({
    hour: fc.nat(24 * 70),
    offset: fc.constantFrom(-720, -60, 0, 60, 840),
    provider: fc.constantFrom('anthropic', 'openai', 'google'),
    model: fc.constantFrom('a', 'b'),
    connection: fc.integer({ min: 1, max: 2 }),
    lines: fc.array(
      fc.record({
        pico: fc.option(fc.bigInt(0n, 10_000_000_000_000_000n), { nil: null, freq: 6 }),
        more: fc.constantFrom({}, { costClass: 'partial' }, { costClass: 'uncertain', picoUpper: 9n }),
        bucket: fc.constantFrom('in_uncached', 'out', 'out_image', 'fee:web_search'),
        units: fc.nat(1000),
        settledWith: fc.option(fc.bigInt(0n, 1_000_000n), { nil: null }),
      }),
      { maxLength: 4 },
    ),
  })

  it('kept by the database are those of the lines, whatever is booked and corrected', () => {
    fc.assert(
      fc.property(fc.array(seed, { maxLength: 25 }), (calls) => {
        withStorage(profile, (storage) => {
          let seq = 0
          const expected = new Map<string, bigint>()
          for (const [index, { hour, offset, lines, ...more }] of calls.entries()) {
            const id = runs * 1000 + index + 1
            const call = callOf(id, { ...more, startedMs: START + hour * 3_600_000, offsetMinutes: offset })
            const booked = lines.map(({ pico, more: doubt, bucket, units }) =>
              lineOf(pico, { ...(pico === null ? {} : doubt), bucket, units }),
            )
            book(storage, call, booked)
            const first = before + seq
            seq += booked.length
            const settle = lines.flatMap(({ settledWith, pico }, at) =>
              settledWith === null || pico !== null ? [] : [correction(first + at + 1, settledWith)],
            )
            storage.transaction(() => storage.ledger.correct(call, settle, 0))
            seq += settle.length
            const month = call.localDay.slice(0, 7)
            const cost = [...booked, ...settle.map(({ line }) => line)].reduce(
              (sum, { pico }) => sum + (pico ?? 0n),
              0n,
            )
            expect(storage.spend.ofCall(call.id).atLeast).toBe(cost)
            expected.set(month, (expected.get(month) ?? 0n) + cost)
          }
          before += seq
          runs += 1
          for (const [month, cost] of expected) {
            total.set(month, (total.get(month) ?? 0n) + cost)
            expect(storage.spend.month(month).cost.atLeast).toBe(total.get(month))
            for (const by of ['day', 'model', 'provider'] as const) {
              const parts = storage.spend.month(month).parts[by]
              expect(parts.reduce((sum, part) => sum + part.cost.atLeast, 0n)).toBe(total.get(month))
            }
          }
          expect(faultOf(storage)).toBeNull()
        })
      }),
      { numRuns: 30, endOnFailure: true },
    )
  })

  let before = 0
  let runs = 0
  const total = new Map<string, bigint>()
  beforeEach(() => {
    before = 0
    runs = 0
    total.clear()
  })
})
