import Sqlite, { type Database } from 'better-sqlite3'
import { daysOf } from '../../../src/core/period'
import type { SpendGrouping, SpendQuery } from '../../../src/core/spend-query'
import { createCatalog } from '../../../src/main/catalog/catalog'
import { createLog, createRedactor } from '../../../src/main/log'
import { createForecastService } from '../../../src/main/services/forecast-service'
import { createSpendReportService, type SpendReportService } from '../../../src/main/services/spend-report-service'
import type { Result } from '../../../src/shared/ipc/transport'
import type { SpendReportView } from '../../../src/shared/ipc/spend-views'
import type { Benchmark, Run, Trial } from '../harness'
import { manyCalls } from '../million-calls'
import { sameAs, sameSums } from '../right'

// What the Spend page asks for, of a large ledger, against bare SQL that reads the same rows: the month that runs from
// `spend_call`, where each call has one, and longer ranges from the sums that are kept of months.

const NOW_MS = Date.parse('2026-11-30T12:00:00Z')
const MONTH = { from: '2026-11-01', to: '2026-11-30' }
const YEAR = { from: '2025-12-01', to: '2026-11-30' }
const ALL = { from: '2021-12-01', to: '2026-11-30' }
type Range = typeof MONTH

/** A bar of the five years, and one model in it. */
const BAR = { from: '2024-03-01', to: '2024-03-31' }
const DRILLED = { model: 'openai-small' }
const PAGE = 100

/** The services over the large ledger, and a second hand on its file. */
async function partsOf(run: Run) {
  const { storage, file } = await manyCalls(run)
  const clock = { now: () => NOW_MS, steadyMs: () => 0, offsetMinutes: () => -300 }
  const log = createLog(createRedactor(), run.tell)
  const catalog = createCatalog()
  const forecasts = createForecastService({ storage, clock })
  const reports = createSpendReportService({ storage, catalog, clock, log, forecasts })
  const database = new Sqlite(file, { readonly: true })
  return { reports, database }
}

const COLUMN = {
  model: 'provider, model',
  conversation: 'conversation',
  key: 'key_id',
  time: 'period, provider',
  kind: 'purpose, state, doubt',
} as const
type By = keyof typeof COLUMN
const TOLD = `MAX(doubt), SUM(calls), SUM(CASE purpose WHEN 'answer' THEN calls END), MAX(last_ms), SUM(ranged), SUM(pico),
  SUM(pico_most), SUM(input_tokens), SUM(output_tokens)`
const OF_CALLS = `SELECT local_day AS period, started_ms AS last_ms, 1 AS calls, conversation_id AS conversation, *
  FROM spend_call WHERE local_day BETWEEN ? AND ?`

/** SQL alone for what is told of each part: one query over the rows a report reads. */
function bareSums(database: Database, by: By, range: Range): () => unknown {
  const columns = COLUMN[by]
  const calls = database
    .prepare(`SELECT ${columns}, ${TOLD} FROM (${OF_CALLS}) GROUP BY ${columns}`)
    .raw()
    .safeIntegers()
  const running = () => calls.all(MONTH.from, MONTH.to)
  if (range === MONTH) return running
  const grain = by === 'conversation' ? 'conversation' : range === YEAR ? 'day' : 'month'
  const kept = database
    .prepare(`SELECT ${columns}, ${TOLD} FROM spend_sum WHERE grain = ? AND period BETWEEN ? AND ? GROUP BY ${columns}`)
    .raw()
    .safeIntegers()
  const length = grain === 'day' ? 10 : 7
  // The month that runs has no sums yet.
  return () => [kept.all(grain, range.from.slice(0, length), range.to.slice(0, length)), running()]
}

/** The same for a whole report: its parts, its time axis, and by what it was for and how sure it is. */
function bareReport(database: Database, by: readonly By[], range: Range): () => unknown {
  const queries = [...by, 'time', 'kind'].map((each) => bareSums(database, each as By, range))
  return () => queries.map((query) => query())
}

/** The rows of calls, newest first. */
function barePage(database: Database, where: string) {
  const query = database
    .prepare(
      `SELECT call.*, (SELECT json_group_array(CAST(pico AS TEXT)) FROM ledger_line WHERE call_id = call.id)
       FROM (SELECT local_day, seq FROM spend_call WHERE local_day BETWEEN ? AND ? AND ${where}
         ORDER BY local_day DESC, seq DESC LIMIT ?) AS found JOIN call ON call.seq = found.seq`,
    )
    .raw()
    .safeIntegers()
  return (from: string, to: string) => query.all(from, to, PAGE)
}

/** What each part of a range has cost, from the lines of the ledger. */
function trueSums(database: Database, by: 'model' | 'conversation', { from, to }: Range): Map<string, bigint> {
  const key = by === 'model' ? `call.provider || ' ' || model_requested` : 'conversation_id'
  const rows = database
    .prepare<[string, string], [string, bigint]>(
      `SELECT ${key}, COALESCE(SUM(line.pico), 0) FROM call JOIN ledger_line AS line ON line.call_id = call.id
       WHERE call.local_day BETWEEN ? AND ? GROUP BY 1`,
    )
    .raw()
    .safeIntegers()
    .all(from, to)
  return new Map(rows)
}

function checkReport(database: Database, report: SpendReportView): void {
  const { by, range } = report.query
  if (by !== 'model' && by !== 'conversation') return
  const must = trueSums(database, by, range)
  const keyOf = (key: string, provider: string | null) => (by === 'model' ? `${provider} ${key}` : key)
  const is = new Map(report.groups.map(({ key, provider, spend }) => [keyOf(key, provider), BigInt(spend.atLeast)]))
  // Of thousands of conversations the dearest are told one by one, and the others together.
  const told = new Map([...must].filter(([key]) => is.has(key)))
  sameSums(`the sum by ${by}`, is, told)
  const sum = (values: Iterable<bigint>) => [...values].reduce((all, each) => all + each, 0n)
  sameAs(`the rest by ${by}`, BigInt(report.more?.spend.atLeast ?? '0'), sum(must.values()) - sum(told.values()))
  sameAs('the total', BigInt(report.total.atLeast), sum(must.values()))
}

function valueOf<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(`refused: ${result.error.code}`)
  return result.value
}

const queryOf = (range: Range, by: SpendGrouping): SpendQuery => ({ range, filter: {}, by })

function opening(name: string, range: Range, words: string): Benchmark {
  return {
    name,
    unit: 'ms',
    measures: `all the Spend page shows of ${words} when it opens, of a ledger of a million calls, against SQL alone over the rows it reads, for the same figures and calls`,
    target: 3,
    rounds: 20,
    warmUp: 3,
    async prepare(run): Promise<Trial> {
      const { reports, database } = await partsOf(run)
      const bare = bareReport(database, ['model', 'conversation'], range)
      const newest = barePage(database, 'TRUE')
      const open = async () => valueOf(await reports.page({ query: queryOf(range, 'model') }))
      return {
        baseline: () => [bare(), newest(range.from, range.to)],
        subject: open,
        async check() {
          const { report, conversations, calls } = await open()
          checkReport(database, report)
          const must = trueSums(database, 'conversation', range)
          for (const { key, spend } of conversations)
            sameAs(`what ${key} has cost`, BigInt(spend.atLeast), must.get(key))
          sameAs('the calls shown', calls.length, Math.min(PAGE, report.callCount))
        },
        close: () => database.close(),
      }
    },
  }
}

function regrouping(name: string, range: Range, words: string): Benchmark {
  const ways = ['model', 'conversation', 'key'] as const
  return {
    name,
    unit: 'ms',
    measures: `reports of ${words} by model, by conversation and by key, of a ledger of a million calls, against SQL alone over the rows they read, for the same figures`,
    target: 3,
    rounds: 20,
    warmUp: 3,
    async prepare(run): Promise<Trial> {
      const { reports, database } = await partsOf(run)
      const bare = ways.map((by) => bareReport(database, [by], range))
      const ask = async (by: SpendGrouping) => valueOf(await reports.report({ query: queryOf(range, by) }))
      return {
        baseline: () => bare.map((each) => each()),
        async subject() {
          for (const by of ways) await ask(by)
        },
        async check() {
          for (const by of ways) checkReport(database, await ask(by))
        },
        close: () => database.close(),
      }
    },
  }
}

/** A call some pages into a list. */
function laterCall(reports: SpendReportService, pages: number) {
  let before = null
  for (let page = 0; page < pages; page += 1) {
    before = valueOf(reports.calls({ range: BAR, filter: DRILLED, before })).next
    if (before === null) throw new Error('the list is too short')
  }
  return before
}

const drill: Benchmark = {
  name: 'spend-drill',
  unit: 'ms',
  measures:
    'the calls of one model in one bar of five years, a ledger of a million calls: the first 100, the fifth 100 and everything of one call, against SQL alone for the same rows',
  target: 3,
  rounds: 100,
  warmUp: 10,
  async prepare(run) {
    const { reports, database } = await partsOf(run)
    const pages = run.calls < 500_000 ? 1 : 4
    const before = laterCall(reports, pages)
    const place = database.prepare<[string | null], { day: string; seq: number }>(
      `SELECT local_day AS day, seq FROM call WHERE id = ?`,
    )
    const at = place.get(before)
    if (at === undefined) throw new Error('there is no such call')
    const model = `model = '${DRILLED.model}'`
    const first = barePage(database, model)
    const later = barePage(database, `${model} AND (local_day, seq) < ('${at.day}', ${at.seq})`)
    const one = database.prepare(`SELECT * FROM ledger_line WHERE call_id = ?`).raw().safeIntegers()
    const ask = async () => {
      const [start, further] = [null, before].map((from) =>
        reports.calls({ range: BAR, filter: DRILLED, before: from }),
      )
      return { start, further, call: before === null ? undefined : reports.call({ callId: before }) }
    }
    return {
      baseline: () => [first(BAR.from, BAR.to), later(BAR.from, at.day), one.all(before)],
      subject: ask,
      async check() {
        const { start, further, call } = await ask()
        if (start === undefined || further === undefined || call === undefined) throw new Error('nothing was answered')
        const ids = database
          .prepare<[string, string], string>(
            `SELECT id FROM call WHERE local_day BETWEEN ? AND ? AND model_requested = '${DRILLED.model}'
             ORDER BY local_day DESC, seq DESC`,
          )
          .pluck()
          .all(...daysOf(BAR.from.slice(0, 7)))
        const shown = (from: number) => JSON.stringify(ids.slice(from, from + PAGE))
        const idsOf = (page: typeof start) => JSON.stringify(valueOf(page).calls.map(({ id }) => id))
        sameAs('the first page', idsOf(start), shown(0))
        sameAs('a later page', idsOf(further), shown(pages * PAGE))
        const detail = valueOf(call)
        const pico = detail.lines.reduce((sum, line) => sum + BigInt(line.pico ?? '0'), 0n)
        sameAs('the lines of a call', pico, BigInt(detail.cost.atLeast))
      },
      close: () => database.close(),
    }
  },
}

/** The Spend page over a ledger of many calls. */
export const spendMany: readonly Benchmark[] = [
  opening('spend-open', MONTH, 'the month that runs'),
  opening('spend-open-5y', ALL, 'five years'),
  regrouping('spend-regroup', YEAR, 'a year'),
  regrouping('spend-regroup-5y', ALL, 'five years'),
  drill,
]
