import type { Database } from 'better-sqlite3'
import { monthOf } from '../../core/period'
import { dayAfter, lastDayOf, type SpendRange } from '../../core/spend-query'

// Sums of the calls of whole months, kept so that a year is not added up call by call (`spend_sum`). Only those of months
// in `spend_summed` count: a trigger takes a month out of there with every change of a call of it.

/** What is told apart in kept sums: of each day, of each month, and of each month by conversation. */
export const GRAINS = ['day', 'month', 'conversation'] as const

export type Grain = (typeof GRAINS)[number]

const KEY = `provider, purpose, state, doubt, model, connection_id, key_id`

const PERIOD: Readonly<Record<Grain, string>> = {
  day: 'local_day',
  month: 'substr(local_day, 1, 7)',
  conversation: 'substr(local_day, 1, 7)',
}

const OTHERS: Readonly<Record<Grain, string>> = { day: `'any'`, month: `'any'`, conversation: 'conversation_id' }
const FIGURES = `calls, last_ms, last_call, ranged, pico, pico_most, input_tokens, output_tokens, saving, saved`

/** The columns of a kept sum. */
export const SUM_COLUMNS = `grain, period, ${KEY}, conversation, ${FIGURES}`

/** The sums of the calls of some days as they are kept. */
export function sumsOfCalls(grain: Grain): string {
  return `SELECT '${grain}' AS grain, ${PERIOD[grain]} AS period, ${KEY},
      CASE WHEN private = 1 THEN 'private' WHEN conversation_id = '' THEN '' ELSE ${OTHERS[grain]} END AS conversation,
      COUNT(*), MAX(started_ms), MAX(seq), SUM(ranged), SUM(pico), SUM(pico_most), SUM(input_tokens), SUM(output_tokens),
      COUNT(cache_saved), COALESCE(SUM(cache_saved), 0)
    FROM spend_call WHERE local_day BETWEEN @from AND @to GROUP BY period, ${KEY}, conversation`
}

/** The same added to what is there of other days. */
const ADDED = FIGURES.split(', ')
  .map((name) =>
    name.startsWith('last_')
      ? `${name} = MAX(spend_sum.${name}, excluded.${name})`
      : `${name} = spend_sum.${name} + excluded.${name}`,
  )
  .join(', ')

/** So many calls are added up at once: a few hundredths of a second. */
const CALLS_AT_ONCE = 3_000

/** A part of a range, and where it is added up from. */
export interface Piece extends SpendRange {
  readonly grain: Grain | 'call'
}

/** The sums of whole months: which there are, and putting them together. */
export function spendSumRepository(database: Database) {
  const summed = database
    .prepare<[string, string], string>(
      `SELECT month FROM spend_summed WHERE month BETWEEN ? AND ? AND whole = 1 ORDER BY month`,
    )
    .pluck()
  const nextDay = database
    .prepare<[string, string], string | null>(`SELECT MIN(local_day) FROM spend_call WHERE local_day BETWEEN ? AND ?`)
    .pluck()
  const daysWith = database.prepare<[SpendRange], { day: string; calls: number }>(
    `SELECT local_day AS day, COUNT(*) AS calls FROM spend_call WHERE local_day BETWEEN @from AND @to GROUP BY local_day`,
  )
  const clear = [
    `DELETE FROM spend_sum WHERE grain = 'day' AND period BETWEEN @from AND @to`,
    `DELETE FROM spend_sum WHERE grain IN ('month', 'conversation') AND period = substr(@from, 1, 7)`,
    `INSERT INTO spend_summed (month, whole) VALUES (substr(@from, 1, 7), 0) ON CONFLICT DO UPDATE SET whole = 0`,
  ].map((sql) => database.prepare<[SpendRange]>(sql))
  const begun = database.prepare<[string], number>(`SELECT 1 FROM spend_summed WHERE month = ?`).pluck()
  const add = GRAINS.map((grain) =>
    database.prepare<[SpendRange]>(
      `INSERT INTO spend_sum (${SUM_COLUMNS}) ${sumsOfCalls(grain)} ON CONFLICT DO UPDATE SET ${ADDED}`,
    ),
  )
  const finish = database.prepare<[string]>(`UPDATE spend_summed SET whole = 1 WHERE month = ?`)

  return {
    /** The months of a range before another one that have calls and no sums, the first one first. */
    missing({ from, to }: SpendRange, before: string): string[] {
      const have = new Set(summed.all(monthOf(from), monthOf(to)))
      const missing: string[] = []
      for (let at = from; ;) {
        const day = nextDay.get(at, to)
        if (day === null || day === undefined || monthOf(day) >= before) return missing
        if (!have.has(monthOf(day))) missing.push(monthOf(day))
        at = dayAfter(lastDayOf(day), 1)
      }
    },
    /**
     * Puts the sums of a month together, each step in a transaction of its own; they count with the last one. A call of
     * the month that changes in between takes the month away, and the rest is not done. One at a time.
     */
    *put(month: string, atOnce = CALLS_AT_ONCE): Generator<void, void, undefined> {
      const days = daysOfMonth(month)
      const stretches = stretchesOf(daysWith.all(days), atOnce)
      for (const [at, stretch] of stretches.entries()) {
        const isWhole = database
          .transaction(() => {
            if (at === 0) for (const statement of clear) statement.run(days)
            if (begun.get(month) === undefined) return false
            for (const statement of add) statement.run(stretch)
            if (at === stretches.length - 1) finish.run(month)
            return true
          })
          .immediate()
        if (!isWhole) return
        yield
      }
    },
    /** How a range is best added up: from kept sums of this grain, finer ones at its ends, and calls where there are none. */
    pieces({ from, to }: SpendRange, grain: Grain): Piece[] {
      const pieces: Piece[] = []
      const append = (piece: Piece): void => {
        const last = pieces.at(-1)
        if (last !== undefined && last.grain === piece.grain && dayAfter(last.to, 1) === piece.from) {
          pieces[pieces.length - 1] = { ...last, to: piece.to }
        } else if (piece.from <= piece.to) pieces.push(piece)
      }
      let at = from
      for (const month of summed.all(monthOf(from), monthOf(to))) {
        const days = daysOfMonth(month)
        const first = days.from < from ? from : days.from
        const last = days.to > to ? to : days.to
        if (at < first) append({ grain: 'call', from: at, to: dayAfter(first, -1) })
        const isWhole = first === days.from && last === days.to
        append({ grain: isWhole ? grain : grain === 'conversation' ? 'call' : 'day', from: first, to: last })
        at = dayAfter(last, 1)
      }
      append({ grain: 'call', from: at, to })
      return pieces
    },
  }
}

export type SpendSums = ReturnType<typeof spendSumRepository>

/** Days after each other that have about as many calls as are added up at once. */
function stretchesOf(days: readonly { readonly day: string; readonly calls: number }[], atOnce: number): SpendRange[] {
  const stretches: (SpendRange & { readonly calls: number })[] = []
  for (const { day, calls } of days) {
    const last = stretches.at(-1)
    if (last === undefined || last.calls + calls > atOnce) stretches.push({ from: day, to: day, calls })
    else stretches[stretches.length - 1] = { ...last, to: day, calls: last.calls + calls }
  }
  return stretches.map(({ from, to }) => ({ from, to }))
}

/** The first and the last day of a month. */
export function daysOfMonth(month: string): SpendRange {
  const from = `${month}-01`
  return { from, to: lastDayOf(from) }
}
