import type { Database } from 'better-sqlite3'
import { GRAINS, SUM_COLUMNS, sumsOfCalls, type Grain } from './spend-sums'

// What the sums kept beside the ledger must be, by its entries and the rows of calls alone.

const KEY = `local_day, utc_day, provider, model, connection_id, key_id, purpose`
const SUMS = `cost_class, lines, ranged, pico, pico_most, input_tokens, output_tokens`
// The lines of these calls are named: the view of all lines would be made anew for every day.
const COUNTED = `SELECT line.local_day, line.utc_day, call.provider, call.model_requested, call.connection_id,
    COALESCE(call.key_id, ''), call.purpose, line.cost_class, COUNT(*), COUNT(line.pico_upper),
    COALESCE(SUM(line.pico), 0), COALESCE(SUM(COALESCE(line.pico_upper, line.pico)), 0),
    COALESCE(SUM(line.input_tokens), 0), COALESCE(SUM(line.output_tokens), 0)
  FROM (SELECT * FROM ledger_effective WHERE call_id IN (SELECT id FROM call WHERE local_day = @day)) AS line
  JOIN call ON call.id = line.call_id GROUP BY 1, 2, 3, 4, 5, 6, 7, 8`
const CALL_KEY = `local_day, utc_day, provider, model, connection_id, key_id, purpose, calls`
const COUNTED_CALLS = `SELECT local_day, utc_day, provider, model_requested, connection_id, COALESCE(key_id, ''), purpose,
    COUNT(*) FROM call WHERE local_day = @day GROUP BY 1, 2, 3, 4, 5, 6, 7`
/** A row of a call that there is not. */
const STRAY = `spend_call WHERE local_day = @day AND NOT EXISTS
  (SELECT 1 FROM call WHERE call.seq = spend_call.seq AND call.local_day = spend_call.local_day)`

/** What is kept of each call, and what its row and lines come to. */
const OF_CALL = {
  provider: 'call.provider',
  model: 'model_requested',
  connection_id: 'call.connection_id',
  key_id: `COALESCE(call.key_id, '')`,
  conversation_id: `COALESCE(call.conversation_id, '')`,
  private: 'call.private',
  purpose: `CASE automatic WHEN 1 THEN 'retry' ELSE call.purpose END`,
  state: 'call.state',
  started_ms: 'call.started_ms',
  lines: 'COUNT(line.seq)',
  doubt: `COALESCE(MAX(CASE line.cost_class WHEN 'unpriced' THEN 6 WHEN 'uncertain' THEN 5 WHEN 'partial' THEN 4
    WHEN 'computed' THEN 3 WHEN 'provider_reported' THEN 2 ELSE line.seq IS NOT NULL END), 0)`,
  ranged: 'COUNT(line.pico_upper)',
  pico: 'COALESCE(SUM(line.pico), 0)',
  pico_most: 'COALESCE(SUM(COALESCE(line.pico_upper, line.pico)), 0)',
  input_tokens: 'COALESCE(SUM(line.input_tokens), 0)',
  output_tokens: 'COALESCE(SUM(line.output_tokens), 0)',
  cache_saved: `CASE WHEN EXISTS (SELECT 1 FROM ledger_line AS taken WHERE taken.call_id = call.id
    AND taken.reason IN ('generation', 'duplicate')) THEN NULL ELSE cache_saved_pico END`,
}
const NAMES = Object.keys(OF_CALL)
const COUNTED_CALL = `SELECT call.seq, call.local_day AS day, ${Object.entries(OF_CALL)
  .map(([name, value]) => `${value} AS its_${name}`)
  .join(', ')}
  FROM call LEFT JOIN (
    SELECT * FROM ledger_effective WHERE call_id IN (SELECT id FROM call WHERE seq > @after AND seq <= @last)
  ) AS line ON line.call_id = call.id
  WHERE call.seq > @after AND call.seq <= @last GROUP BY call.seq`
const DIFFERING_CALLS = `SELECT counted.seq, counted.day FROM (${COUNTED_CALL}) AS counted
  LEFT JOIN spend_call AS kept ON kept.local_day = counted.day AND kept.seq = counted.seq
  WHERE kept.seq IS NULL OR ${NAMES.map((name) => `kept.${name} IS NOT its_${name}`).join(' OR ')}`

/** Whether two lists differ. */
const differ = (kept: string, counted: string) => `SELECT EXISTS (SELECT * FROM (${kept} EXCEPT ${counted}))
  OR EXISTS (SELECT * FROM (${counted} EXCEPT ${kept}))`

const IN_GRAIN: Readonly<Record<Grain, string>> = {
  day: 'period BETWEEN @from AND @to',
  month: 'period = @month',
  conversation: 'period = @month',
}

/** A call whose kept row is not what it comes to. */
export interface DifferingCall {
  readonly seq: number
  readonly day: string
}

/** Calls by their numbers: all after one, up to another. */
export type Calls = { readonly after: number; readonly last: number }
type OfDay = { readonly day: string }
type OfMonth = { readonly month: string; readonly from: string; readonly to: string }

/** Compares what is kept beside the ledger with its entries, a piece at a time, and writes it anew. */
export function ledgerSums(database: Database) {
  const lastCall = database.prepare<[], number>(`SELECT COALESCE(MAX(seq), 0) FROM call`).pluck()
  const differing = database.prepare<[Calls], DifferingCall>(DIFFERING_CALLS)
  const nextDay = database
    .prepare<[{ readonly after: string }], string | null>(
      `SELECT MIN(day) FROM (${['call', 'spend_call', 'spend_day', 'call_day']
        .map((table) => `SELECT MIN(local_day) AS day FROM ${table} WHERE local_day > @after`)
        .join(' UNION ALL ')})`,
    )
    .pluck()
  const lastDay = database.prepare<[], string | null>(`SELECT MAX(local_day) FROM call`).pluck()
  const ofDay = [
    differ(`SELECT ${KEY}, ${SUMS} FROM spend_day WHERE local_day = @day`, COUNTED),
    differ(`SELECT ${CALL_KEY} FROM call_day WHERE local_day = @day`, COUNTED_CALLS),
    `SELECT EXISTS (SELECT 1 FROM ${STRAY})`,
  ].map((sql) => database.prepare<[OfDay], number>(sql).pluck())
  const months = database.prepare<[], string>(`SELECT month FROM spend_summed WHERE whole = 1 ORDER BY month`).pluck()
  const ofMonth = GRAINS.map((grain) =>
    database
      .prepare<[OfMonth], number>(
        differ(
          `SELECT ${SUM_COLUMNS}
           FROM spend_sum WHERE grain = '${grain}' AND ${IN_GRAIN[grain]}`,
          sumsOfCalls(grain),
        ),
      )
      .pluck(),
  )
  const putCalls = database.prepare<[Calls]>(
    `INSERT OR REPLACE INTO spend_call (local_day, seq, ${NAMES.join(', ')})
     SELECT day, seq, ${NAMES.map((name) => `its_${name}`).join(', ')} FROM (${COUNTED_CALL})`,
  )
  const putDay = [
    `DELETE FROM ${STRAY}`,
    `DELETE FROM spend_day WHERE local_day = @day`,
    `INSERT INTO spend_day (${KEY}, ${SUMS}) ${COUNTED}`,
    `DELETE FROM call_day WHERE local_day = @day`,
    `INSERT INTO call_day (${CALL_KEY}) ${COUNTED_CALLS}`,
  ].map((sql) => database.prepare<[OfDay]>(sql))
  const forget = [`DELETE FROM spend_summed`, `DELETE FROM spend_sum`].map((sql) => database.prepare<[]>(sql))

  return {
    lastCall: (): number => lastCall.get() ?? 0,
    /** Of the calls of these numbers, those whose row is missing or not what their lines come to. */
    differingCalls: (calls: Calls): DifferingCall[] => differing.all(calls),
    /** The next local day that anything is kept of. */
    dayAfter: (after: string): string | null => nextDay.get({ after }) ?? null,
    /** The last local day there is a call of. */
    lastDay: (): string | null => lastDay.get() ?? null,
    /** Whether a sum kept of a day is not that of its lines and calls, or a row stands there for no call. */
    dayDiffers: (day: string): boolean => ofDay.some((sql) => sql.get({ day }) === 1),
    /** The months whose calls are added up. */
    months: (): string[] => months.all(),
    /** Whether the sums of such a month are not those of its calls: one way of telling them apart at a time. */
    *monthDiffers(month: string): Generator<boolean> {
      for (const sql of ofMonth) {
        // A call of it has changed since it was listed: what is kept of it counts no longer.
        if (!months.all().includes(month)) return
        yield sql.get({ month, from: `${month}-01`, to: `${month}-31` }) === 1
      }
    },
    /** Writes the rows of the calls of these numbers anew, as their lines are now. */
    putCalls: (calls: Calls): void => void putCalls.run(calls),
    /** Writes the sums of a day anew, as its calls and lines are now, and takes rows of no call away. */
    putDay(day: string): void {
      for (const statement of putDay) statement.run({ day })
    },
    /** Lets go of the sums of months; they are put together when they are asked for. */
    forgetMonths(): void {
      for (const statement of forget) statement.run()
    },
  }
}

export type LedgerSums = ReturnType<typeof ledgerSums>
