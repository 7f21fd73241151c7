import type { Database } from 'better-sqlite3'
import type { CallId, ConversationId, KeyId } from '../../core/ids'
import type { Pico } from '../../core/money'
import { monthOf } from '../../core/period'
import type { CostClass } from '../../core/pricing'
import type { ProviderId } from '../../core/provider'
import {
  COST_CLASSES,
  type CallState,
  type SpendFilter,
  type SpendPurpose,
  type SpendRange,
  stepOf,
} from '../../core/spend-query'
import type { BookedCost } from './spend'
import { conditions, conditionsOfSums, isOne, type Values } from './spend-conditions'
import { daysOfMonth, type Piece, type SpendSums } from './spend-sums'

/** What sums of calls are told apart by: `week` and `month` put days together, and `day` is then the first of them. */
const COLUMNS = [
  'day',
  'week',
  'month',
  'provider',
  'model',
  'key',
  'conversation',
  'purpose',
  'state',
  'doubt',
] as const

export type SpendColumn = (typeof COLUMNS)[number]

/** Some calls added up. Columns they were not told apart by are empty. */
export interface SpendSum {
  readonly day: string
  /** Null where they are of several. */
  readonly provider: ProviderId | null
  readonly model: string
  /** Empty for none. */
  readonly key: KeyId | ''
  /** Empty for none, `private` for all that were private. */
  readonly conversation: ConversationId | 'private' | ''
  readonly purpose: SpendPurpose | ''
  readonly state: CallState | ''
  /** From 0, where there is nothing booked, to 6 for what has no price. */
  readonly doubt: number
  readonly calls: number
  /** Answers that were asked for by hand. */
  readonly messages: number
  readonly inFlight: number
  readonly lastMs: number
  /** Of the last of them. */
  readonly lastCall: number
  readonly ranged: number
  readonly pico: Pico
  readonly most: Pico
  readonly input: number
  readonly output: number
  /** How many of them say what caching has saved, and how much. */
  readonly saving: number
  readonly saved: Pico
}

/** A call with what it comes to. */
export interface ListedCall {
  readonly id: CallId
  readonly cost: BookedCost
}

/** What some calls come to. */
type SumOfCosts = Pick<SpendSum, 'doubt' | 'ranged' | 'pico' | 'most' | 'input' | 'output'>
type StoredCost = Readonly<Record<keyof SumOfCosts, bigint>>
type Stored = { readonly [Field in keyof SpendSum]: SpendSum[Field] extends number ? bigint : SpendSum[Field] }

/** Where calls are added up from: one by one, or from kept sums. */
const CALLS = {
  day: 'spend_call.local_day',
  conversation: `CASE private WHEN 1 THEN 'private' ELSE conversation_id END`,
  from: 'spend_call',
  figures: `COUNT(*) AS calls, SUM(purpose = 'answer') AS messages, SUM(state = 'in_flight') AS inFlight,
    MAX(started_ms) AS lastMs, MAX(seq) AS lastCall, SUM(ranged) AS ranged, SUM(pico) AS pico, SUM(pico_most) AS most,
    SUM(input_tokens) AS input, SUM(output_tokens) AS output, COUNT(cache_saved) AS saving,
    COALESCE(SUM(cache_saved), 0) AS saved`,
} as const
const KEPT = {
  day: 'period',
  conversation: 'conversation',
  from: 'spend_sum',
  figures: `SUM(calls) AS calls, SUM(CASE purpose WHEN 'answer' THEN calls ELSE 0 END) AS messages,
    SUM(CASE state WHEN 'in_flight' THEN calls ELSE 0 END) AS inFlight, MAX(last_ms) AS lastMs,
    MAX(last_call) AS lastCall, SUM(ranged) AS ranged, SUM(pico) AS pico, SUM(pico_most) AS most,
    SUM(input_tokens) AS input, SUM(output_tokens) AS output, SUM(saving) AS saving, SUM(saved) AS saved`,
} as const

/** What each call comes to, added up for any range and filter, and apart by any columns. */
export function spendCallRepository(database: Database, kept: Pick<SpendSums, 'pieces'>) {
  const sums = new Map<string, ReturnType<typeof prepareSums>>()
  const prepareSums = (
    by: readonly SpendColumn[],
    where: string,
    { day, conversation, from, figures }: typeof CALLS | typeof KEPT,
  ) => {
    const place: Readonly<Record<SpendColumn, string>> = {
      day,
      // The Monday on or before it.
      week: `date(${day}, '-6 days', 'weekday 1')`,
      month: `substr(${day}, 1, 7) || '-01'`,
      provider: 'provider',
      model: 'model',
      key: 'key_id',
      conversation,
      purpose: 'purpose',
      state: 'state',
      doubt: 'doubt',
    }
    const columns = COLUMNS.flatMap((column) => {
      if (column === 'provider') return `CASE WHEN MIN(provider) = MAX(provider) THEN MIN(provider) END AS provider`
      if (column === 'doubt') return `MAX(doubt) AS doubt`
      if (column === 'week' || column === 'month') return []
      if (column === 'day' && by.includes('week')) return `${place.week} AS day`
      if (column === 'day' && by.includes('month')) return `${place.month} AS day`
      return `${by.includes(column) ? place[column] : `''`} AS ${column}`
    })
    const groups = by.length === 0 ? '' : `GROUP BY ${by.map((column) => place[column]).join(', ')}`
    return database
      .prepare<[Values], Stored>(
        `SELECT ${columns.join(', ')}, ${figures} FROM ${from} WHERE ${where} ${groups} HAVING COUNT(*) > 0`,
      )
      .safeIntegers()
  }
  const sumsOf = ({ grain, from, to }: Piece, filter: SpendFilter, by: readonly SpendColumn[]): SpendSum[] => {
    const isKept = grain !== 'call'
    const { where, values } = isKept ? conditionsOfSums(filter) : conditions(filter)
    const period = grain === 'month' || grain === 'conversation' ? [monthOf(from), monthOf(to)] : [from, to]
    // Asking SQLite for the week of every call takes longer than all else: of each day it is asked here.
    const weeks = !isKept && by.includes('week')
    const apart = weeks ? by.map((column) => (column === 'week' ? 'day' : column)) : by
    const statement = made(sums, `${apart.join()} ${isKept} ${where}`, () =>
      prepareSums(apart, where, isKept ? KEPT : CALLS),
    )
    const found = statement.all({ ...values, grain, from: period[0] ?? from, to: period[1] ?? to }).map(fromStored)
    return weeks
      ? merged(
          found.map((sum) => ({ ...sum, day: stepOf('week', sum.day) })),
          by,
        )
      : found
  }
  const monthsWith = new Map<string, ReturnType<typeof prepareMonths>>()
  const prepareMonths = (where: string) =>
    database
      .prepare<[Values], string>(`SELECT DISTINCT period FROM spend_sum WHERE ${where} ORDER BY period DESC`)
      .pluck()
  /** Where in a range there may be calls that a filter lets through, the newest days first. */
  const stretchesOf = (range: SpendRange, filter: SpendFilter): SpendRange[] => {
    if (Object.keys(filter).length === 0 || isOne(filter.conversationId)) return [range]
    const { where, values } = conditionsOfSums(filter)
    return kept
      .pieces(range, 'month')
      .toReversed()
      .flatMap(({ grain, from, to }) => {
        if (grain !== 'month') return [{ from, to }]
        const months = made(monthsWith, where, () => prepareMonths(where))
        return months.all({ ...values, grain, from: monthOf(from), to: monthOf(to) }).map(daysOfMonth)
      })
  }
  const pages = new Map<string, ReturnType<typeof preparePage>>()
  const preparePage = (where: string) =>
    database
      .prepare<[Values], StoredCost & { readonly id: CallId }>(
        `SELECT call.id, doubt, ranged, pico, pico_most AS most, input_tokens AS input, output_tokens AS output
         FROM (SELECT * FROM spend_call WHERE ${where} ORDER BY local_day DESC, seq DESC LIMIT @limit) AS found
         JOIN call ON call.seq = found.seq ORDER BY found.local_day DESC, found.seq DESC`,
      )
      .safeIntegers()
  const numbersIn = new Map<string, ReturnType<typeof prepareNumbers>>()
  const prepareNumbers = (where: string) =>
    database
      .prepare<[Values], number>(`SELECT seq FROM spend_call WHERE ${where} ORDER BY local_day DESC, seq DESC`)
      .pluck()
  const placeOf = database.prepare<[CallId], { day: string; seq: number }>(
    `SELECT local_day AS day, seq FROM call WHERE id = ?`,
  )
  const firstDay = database.prepare<[], string | null>(`SELECT MIN(local_day) FROM spend_call`).pluck()
  const idOf = database.prepare<[number], CallId>(`SELECT id FROM call WHERE seq = ?`).pluck()
  return {
    /** The calls of a range that a filter lets through, added up. Nothing for none. All of it is of one moment. */
    sums(range: SpendRange, filter: SpendFilter, by: readonly SpendColumn[]): SpendSum[] {
      // The calls of one conversation are found by it, and are few.
      const pieces = isOne(filter.conversationId)
        ? [{ ...range, grain: 'call' } as const]
        : kept.pieces(
            range,
            by.includes('conversation') ? 'conversation' : by.includes('day') || by.includes('week') ? 'day' : 'month',
          )
      const parts = pieces.map((piece) => sumsOf(piece, filter, by))
      return parts.length === 1 ? (parts[0] ?? []) : merged(parts.flat(), by)
    },
    /** So many of them from the newest on, or from those before a call: by day, and within one as they were made. */
    page(range: SpendRange, filter: SpendFilter, before: CallId | null, limit: number): ListedCall[] | null {
      const place = before === null ? null : placeOf.get(before)
      if (place === undefined) return null
      const last = place === null || place.day > range.to ? range.to : place.day
      const { where, values } = conditions(filter)
      const asked = place === null ? where : `${where} AND (local_day, seq) < (@day, @seq)`
      const page = made(pages, asked, () => preparePage(asked))
      const found: ListedCall[] = []
      for (const stretch of stretchesOf({ from: range.from, to: last }, filter)) {
        if (found.length === limit) break
        const rows = page.all({ ...values, ...place, ...stretch, limit: limit - found.length })
        found.push(...rows.map(({ id, ...cost }) => ({ id, cost: costOfSum(numbersOf(cost)) })))
      }
      return found
    },
    /** The numbers of all of them, in the order of their pages. */
    numbers(range: SpendRange, filter: SpendFilter): number[] {
      const { where, values } = conditions(filter)
      const numbers = made(numbersIn, where, () => prepareNumbers(where))
      return stretchesOf(range, filter).flatMap((stretch) => numbers.all({ ...values, ...stretch }))
    },
    /** The first local day there is a call of. */
    firstDay: (): string | null => firstDay.get() ?? null,
    /** The call with this number. */
    idOf: (seq: number): CallId | undefined => idOf.get(seq),
  }
}

/** The statement made for this question before, or a new one. */
function made<Statement>(cache: Map<string, Statement>, key: string, make: () => Statement): Statement {
  const statement = cache.get(key) ?? make()
  cache.set(key, statement)
  return statement
}

function fromStored(row: Stored): SpendSum {
  return {
    ...row,
    doubt: Number(row.doubt),
    calls: Number(row.calls),
    messages: Number(row.messages),
    inFlight: Number(row.inFlight),
    lastMs: Number(row.lastMs),
    lastCall: Number(row.lastCall),
    ranged: Number(row.ranged),
    input: Number(row.input),
    output: Number(row.output),
    saving: Number(row.saving),
  }
}

/** Sums of several pieces of a range as if they were of one. */
function merged(sums: readonly SpendSum[], by: readonly SpendColumn[]): SpendSum[] {
  const apart = by.map((column) => (column === 'week' || column === 'month' ? 'day' : column))
  const places = new Map<string, SpendSum>()
  for (const sum of sums) {
    let place = ''
    for (const column of apart) place += `${sum[column]}\n`
    const before = places.get(place)
    places.set(place, before === undefined ? sum : together(before, sum))
  }
  return [...places.values()]
}

function together(a: SpendSum, b: SpendSum): SpendSum {
  return {
    ...a,
    provider: a.provider === b.provider ? a.provider : null,
    doubt: Math.max(a.doubt, b.doubt),
    calls: a.calls + b.calls,
    messages: a.messages + b.messages,
    inFlight: a.inFlight + b.inFlight,
    lastMs: Math.max(a.lastMs, b.lastMs),
    lastCall: Math.max(a.lastCall, b.lastCall),
    ranged: a.ranged + b.ranged,
    pico: a.pico + b.pico,
    most: a.most + b.most,
    input: a.input + b.input,
    output: a.output + b.output,
    saving: a.saving + b.saving,
    saved: a.saved + b.saved,
  }
}

/** Sums as one. */
export function addUp(sums: readonly SpendSum[]): BookedCost & Pick<SpendSum, 'calls' | 'messages' | 'inFlight'> {
  let [pico, most, ranged, doubt, input, output, calls, messages, inFlight] = [0n, 0n, 0, 0, 0, 0, 0, 0, 0]
  for (const sum of sums) {
    pico += sum.pico
    most += sum.most
    ranged += sum.ranged
    doubt = Math.max(doubt, sum.doubt)
    input += sum.input
    output += sum.output
    calls += sum.calls
    messages += sum.messages
    inFlight += sum.inFlight
  }
  return { ...costOfSum({ pico, most, ranged, doubt, input, output }), calls, messages, inFlight }
}

function costOfSum({ pico, most, ranged, doubt, input, output }: SumOfCosts): BookedCost {
  const costClass = classOf(doubt)
  return {
    pico: costClass === 'unpriced' ? null : pico,
    atLeast: pico,
    upper: ranged > 0 ? most : null,
    costClass,
    // No line is booked for no token.
    inputTokens: input === 0 ? null : input,
    outputTokens: output === 0 ? null : output,
  }
}

function numbersOf({ doubt, ranged, pico, most, input, output }: StoredCost): SumOfCosts {
  return { doubt: Number(doubt), ranged: Number(ranged), pico, most, input: Number(input), output: Number(output) }
}

/** A call nothing was booked for has cost nothing, which is a computed figure. */
export function classOf(doubt: number): CostClass {
  return COST_CLASSES[COST_CLASSES.length - doubt] ?? 'computed'
}
