import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { SpendFilter } from '../../src/core/spend-query'
import { spendCallRepository, type SpendColumn } from '../../src/main/storage/spend-calls'
import { spendSumRepository } from '../../src/main/storage/spend-sums'
import { idOf } from '../support/random-ledger'
import { book, callOf, withStorage } from '../support/ledger'
import { makeTempDir, type TempDir } from '../support/temp-dir'

// Bug: a report of a week that reads five years. What SQLite says it will do is looked at, never a time: a question about
// a range searches the calls of that range, and no question reads `call` or `ledger_line` from end to end.

let profile: TempDir
let database: Sqlite.Database
let prepared: string[]

beforeAll(async () => {
  profile = await makeTempDir()
  withStorage(profile, (storage) => book(storage, callOf(1), []))
  database = new Sqlite(profile.file('latchkey.db'))
})
afterAll(async () => {
  database.close()
  await profile.remove()
})

/** What SQLite does for every statement that is prepared while `work` runs. */
function plansOf(work: (spendCalls: ReturnType<typeof spendCallRepository>) => void): string[] {
  prepared = []
  const watched = new Proxy(database, {
    get(target, name) {
      if (name !== 'prepare') return Reflect.get(target, name) as unknown
      return (sql: string) => {
        prepared.push(sql)
        return target.prepare(sql)
      }
    },
  })
  work(spendCallRepository(watched, spendSumRepository(database)))
  return prepared.flatMap((sql) =>
    database
      .prepare<[Record<string, string | number>], { detail: string }>(
        `EXPLAIN QUERY PLAN ${sql.replaceAll('?', "'x'")}`,
      )
      .all(ANY)
      .map(({ detail }) => detail),
  )
}

const ANY = { grain: 'day', from: '', to: '', limit: 1, day: '', seq: 1, doubt: 1 }
const VALUES = {
  provider: 'anthropic',
  model: 'm',
  connectionId: idOf('connection', 1),
  keyId: idOf('key', 1),
  purpose: 'answer',
  outcome: 'failed',
  costClass: 'partial',
} as const satisfies SpendFilter
const FILTERS: readonly SpendFilter[] = [
  {},
  ...Object.entries(VALUES).map(([name, value]): SpendFilter => ({ [name]: value })),
  { conversationId: 'private' },
  { conversationId: 'none' },
  { costClass: 'computed' },
]
const ONE_CONVERSATION: SpendFilter = { conversationId: idOf('conversation', 1) }
const GROUPS: readonly (readonly SpendColumn[])[] = [
  ['day', 'provider', 'purpose', 'state', 'doubt'],
  ['model', 'provider'],
  ['key'],
  ['conversation'],
  [],
]
const RANGE = { from: '2026-11-01', to: '2026-11-07' }
Object.assign(ANY, VALUES, ONE_CONVERSATION)

it.each(FILTERS)('reads the days that are asked about and no others (%o)', (filter) => {
  const plans = plansOf((spendCalls) => {
    for (const by of GROUPS) spendCalls.sums(RANGE, filter, by)
    spendCalls.page(RANGE, filter, null, 100)
    spendCalls.page(RANGE, filter, idOf('call', 1), 100)
  })
  const searches = plans.filter((detail) => detail.startsWith('SEARCH spend_call'))
  // One for every grouping, the first page and one after it.
  const inRange = searches.filter((detail) => detail.includes('USING PRIMARY KEY (local_day>? AND local_day<?)'))
  expect(inRange).toHaveLength(GROUPS.length + 2)
  // Where the first day is looked for, that is the first row.
  expect(searches.filter((detail) => !inRange.includes(detail))).toEqual(['SEARCH spend_call USING PRIMARY KEY'])
  expect(plans.filter((detail) => /^SCAN (?!found)/.test(detail))).toEqual([])
})

it('whether a booking corrects anything is seen from its own lines', () => {
  // Bug: every call that is booked reads all corrections there ever were, and settling thousands of calls takes minutes.
  const triggers = database
    .prepare<[], string>(`SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND sql LIKE '%OLD.entries%'`)
    .pluck()
    .all()
  const asked = triggers.flatMap((sql) => sql.match(/SELECT 1 FROM ledger_line [^()]*(?:\([^)]*\))?/g) ?? [])
  expect(asked.length).toBeGreaterThanOrEqual(3)
  for (const sql of asked) {
    const plan = database
      .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql.replaceAll('OLD.entries', '5')}`)
      .all()
    expect(plan.map(({ detail }) => detail)).toEqual([expect.stringContaining('INTEGER PRIMARY KEY (rowid>?)')])
  }
})

it('finds the calls of one conversation by it', () => {
  const plans = plansOf((spendCalls) => {
    for (const by of GROUPS) spendCalls.sums(RANGE, ONE_CONVERSATION, by)
    spendCalls.page(RANGE, ONE_CONVERSATION, null, 100)
  })
  const searches = plans.filter((detail) => /^SEARCH (?:spend_call|call) /.test(detail))
  expect(
    searches.filter((detail) => detail.includes('USING INDEX call_by_conversation (conversation_id=?)')),
  ).toHaveLength(GROUPS.length + 1)
  expect(searches.filter((detail) => detail.includes('PRIMARY KEY (local_day=? AND seq=?)'))).toHaveLength(
    GROUPS.length + 1,
  )
})

it('reads sums that are kept in place of calls, and of months where no day is asked about', () => {
  database.exec(`INSERT INTO spend_summed (month, whole) VALUES ('2026-10', 1)`)
  const whole = { from: '2026-10-01', to: '2026-10-31' }
  for (const filter of FILTERS) {
    const plans = plansOf((spendCalls) => {
      for (const by of GROUPS) spendCalls.sums(whole, filter, by)
    })
    // Bug: calls are read all the same. The first day is looked for by itself.
    expect(plans.filter((detail) => /spend_call/.test(detail))).toEqual(['SEARCH spend_call USING PRIMARY KEY'])
    expect(plans.filter((detail) => detail.includes('PRIMARY KEY (grain=? AND period>? AND period<?'))).toHaveLength(
      GROUPS.length,
    )
  }
  database.exec(`DELETE FROM spend_summed`)
})
