import type { Database } from 'better-sqlite3'
import type { BudgetId, CallId } from '../../core/ids'
import type { Pace } from '../../core/loop'
import type { Pico } from '../../core/money'
import { limitFrom, subjectOf, type Limit, type StoredLimit } from './budget-rows'

/** What was decided about a budget, or about going on after many requests. `app`: it went with what it was about. */
export type BudgetDecision = { readonly atMs: number; readonly decidedBy: 'user' | 'app' } & (
  | { readonly kind: 'set' | 'changed' | 'resumed' | 'removed'; readonly budget: Limit }
  /** `untilMs`: null until it is resumed by hand. */
  | { readonly kind: 'paused'; readonly budget: Limit; readonly untilMs: number | null }
  /** A request left past a step. `left` until it then; `most`: what the request could cost, null without a price. */
  | {
      readonly kind: 'allowed'
      readonly budget: Limit
      readonly callId: CallId
      readonly percent: number
      readonly left: Pico
      readonly most: Pico | null
    }
  /** A request left although many had within so many minutes. */
  | {
      readonly kind: 'continued'
      readonly callId: CallId
      readonly pace: Pace & { readonly minutes: number }
      readonly most: Pico | null
    }
)

export type BudgetEvent = BudgetDecision & { readonly seq: number }

interface Row {
  readonly atMs: number | bigint
  readonly kind: BudgetDecision['kind']
  readonly decidedBy: 'user' | 'app'
  readonly budgetId: BudgetId | null
  readonly scope: StoredLimit['scope'] | null
  readonly subject: string | null
  readonly period: StoredLimit['period'] | null
  readonly limitPico: bigint | null
  readonly steps: string | null
  readonly untilMs: number | bigint | null
  readonly callId: CallId | null
  readonly percent: number | bigint | null
  readonly leftPico: bigint | null
  readonly mostPico: bigint | null
  readonly paceCalls: number | bigint | null
  readonly pacePico: bigint | null
  readonly paceMinutes: number | bigint | null
}

type Kept = Row & { readonly seq: bigint }

const NOTHING: Omit<Row, 'atMs' | 'kind' | 'decidedBy'> = {
  budgetId: null,
  scope: null,
  subject: null,
  period: null,
  limitPico: null,
  steps: null,
  untilMs: null,
  callId: null,
  percent: null,
  leftPico: null,
  mostPico: null,
  paceCalls: null,
  pacePico: null,
  paceMinutes: null,
}

const COLUMNS = `seq, at_ms AS atMs, kind, decided_by AS decidedBy, budget_id AS budgetId, scope, subject, period,
  limit_pico AS limitPico, steps, until_ms AS untilMs, call_id AS callId, percent, left_pico AS leftPico,
  most_pico AS mostPico, pace_calls AS paceCalls, pace_pico AS pacePico, pace_minutes AS paceMinutes`

/** What was decided about budgets: rows are added and never changed, and nothing that is deleted takes them along. */
export function budgetEventRepository(database: Database) {
  const insert = database.prepare<[Row]>(
    `INSERT INTO budget_event (at_ms, kind, decided_by, budget_id, scope, subject, period, limit_pico, steps, until_ms,
       call_id, percent, left_pico, most_pico, pace_calls, pace_pico, pace_minutes)
     VALUES (@atMs, @kind, @decidedBy, @budgetId, @scope, @subject, @period, @limitPico, @steps, @untilMs,
       @callId, @percent, @leftPico, @mostPico, @paceCalls, @pacePico, @paceMinutes)`,
  )
  const of = database
    .prepare<[BudgetId, number, number], Kept>(
      `SELECT ${COLUMNS} FROM budget_event WHERE budget_id = ? AND seq < ? ORDER BY seq DESC LIMIT ?`,
    )
    .safeIntegers()
  const all = database
    .prepare<[number, number], Kept>(`SELECT ${COLUMNS} FROM budget_event WHERE seq < ? ORDER BY seq DESC LIMIT ?`)
    .safeIntegers()
  const continued = database
    .prepare<[], CallId>(`SELECT call_id FROM budget_event WHERE kind = 'continued' ORDER BY seq DESC LIMIT 1`)
    .pluck()
  return {
    add: (decision: BudgetDecision): void => void insert.run(toRow(decision)),
    /** Of one budget, or of all there ever were; newest first, those before `before`. */
    list: (budgetId: BudgetId | null, before: number | null, limit: number): BudgetEvent[] => {
      const last = before ?? Number.MAX_SAFE_INTEGER
      return (budgetId === null ? all.all(last, limit) : of.all(budgetId, last, limit)).map(fromRow)
    },
    /** The call that left last because its user said so after many. */
    lastContinued: (): CallId | null => continued.get() ?? null,
  }
}

export type BudgetEvents = ReturnType<typeof budgetEventRepository>

function toRow(decision: BudgetDecision): Row {
  const { atMs, kind, decidedBy } = decision
  const row = { ...NOTHING, atMs, kind, decidedBy }
  if (decision.kind === 'continued') {
    const { callId, pace, most } = decision
    return {
      ...row,
      callId,
      mostPico: most,
      paceCalls: pace.calls,
      pacePico: pace.pico,
      paceMinutes: pace.minutes,
    }
  }
  const { id: budgetId, scope, period, limit: limitPico, steps } = decision.budget
  const of = { budgetId, scope: scope.kind, subject: subjectOf(scope), period, limitPico, steps: JSON.stringify(steps) }
  if (decision.kind === 'paused') return { ...row, ...of, untilMs: decision.untilMs }
  if (decision.kind !== 'allowed') return { ...row, ...of }
  const { callId, percent, left: leftPico, most: mostPico } = decision
  return { ...row, ...of, callId, percent, leftPico, mostPico }
}

/** A row holds what its kind needs: the table checks that, and nobody else writes it. */
function fromRow(row: Kept): BudgetEvent {
  const { kind, decidedBy, callId } = row
  const base = { seq: Number(row.seq), atMs: Number(row.atMs), decidedBy }
  if (kind === 'continued') {
    const pace = { calls: Number(row.paceCalls), pico: row.pacePico ?? 0n, minutes: Number(row.paceMinutes) }
    return { ...base, kind, callId: callId as CallId, pace, most: row.mostPico }
  }
  const budget = limitFrom({ ...(row as Kept & StoredLimit), id: row.budgetId as BudgetId })
  if (kind === 'paused') return { ...base, kind, budget, untilMs: row.untilMs === null ? null : Number(row.untilMs) }
  if (kind !== 'allowed') return { ...base, kind, budget }
  const { percent, leftPico, mostPico } = row
  return {
    ...base,
    kind,
    budget,
    callId: callId as CallId,
    percent: Number(percent),
    left: leftPico ?? 0n,
    most: mostPico,
  }
}
