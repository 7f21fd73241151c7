import type { Database } from 'better-sqlite3'
import type { Budget, BudgetPause } from '../../core/budget'
import type { BudgetId, ConnectionId, ConversationId } from '../../core/ids'
import type { Pico } from '../../core/money'
import type { Calendar } from '../../core/period'
import type { ProviderId } from '../../core/provider'
import type { BudgetEvents } from './budget-events'
import { limitFrom, subjectOf, type StoredLimit as Stored } from './budget-rows'

/** Which calls are added up. */
export interface Counted {
  readonly provider?: ProviderId
  readonly connectionId?: ConnectionId
  readonly conversationId?: ConversationId
  /** First and last day, both counted; left out for all there ever were. */
  readonly days?: { readonly calendar: Calendar; readonly first: string; readonly last: string }
}

interface StoredPause {
  readonly pauseFromMs: bigint | null
  readonly pauseUntilMs: bigint | null
}

type Sums = { readonly pico: bigint | null }

/** Budgets, and the sums they are held against. */
export function budgetRepository(database: Database, events: Pick<BudgetEvents, 'add'>) {
  const all = database
    .prepare<[], Stored & StoredPause>(
      `SELECT id, scope, subject, period, limit_pico AS limitPico, steps, pause_from_ms AS pauseFromMs,
         pause_until_ms AS pauseUntilMs
       FROM budget ORDER BY created_ms, id`,
    )
    .safeIntegers()
  const put = database.prepare<[Stored & { readonly createdMs: number }], { readonly id: BudgetId }>(
    `INSERT INTO budget (id, scope, subject, period, limit_pico, steps, created_ms)
     VALUES (@id, @scope, @subject, @period, @limitPico, @steps, @createdMs)
     ON CONFLICT (scope, subject, period) DO UPDATE SET limit_pico = excluded.limit_pico, steps = excluded.steps
     RETURNING id`,
  )
  const pause = database.prepare<[number | null, number | null, BudgetId]>(
    `UPDATE budget SET pause_from_ms = ?, pause_until_ms = ? WHERE id = ?`,
  )
  const remove = database.prepare<[BudgetId]>(`DELETE FROM budget WHERE id = ?`)
  const lost = database
    .prepare<[], BudgetId>(
      `SELECT id FROM budget WHERE scope = 'conversation' AND subject <> ''
         AND NOT EXISTS (SELECT 1 FROM main.conversation WHERE id = subject)
         AND NOT EXISTS (SELECT 1 FROM private.conversation WHERE id = subject)`,
    )
    .pluck()
  const of = database.prepare<[string], BudgetId>(`SELECT id FROM budget WHERE subject = ? ORDER BY id`).pluck()

  // SUM over INTEGER is exact; TOTAL would be floating point.
  const ofDays = database
    .prepare<[Parameters], Sums>(
      `SELECT SUM(pico) AS pico FROM spend_day WHERE local_day BETWEEN @firstLocal AND @lastLocal
         AND utc_day BETWEEN @firstUtc AND @lastUtc
         AND (@provider IS NULL OR provider = @provider) AND (@connectionId IS NULL OR connection_id = @connectionId)`,
    )
    .safeIntegers()
  const ofConversation = database
    .prepare<[Parameters], Sums>(
      `SELECT SUM(line.pico) AS pico FROM call JOIN ledger_line AS line ON line.call_id = call.id
       WHERE call.conversation_id = @conversationId AND call.local_day BETWEEN @firstLocal AND @lastLocal
         AND call.utc_day BETWEEN @firstUtc AND @lastUtc`,
    )
    .safeIntegers()
  const held = database
    .prepare<[Parameters], Sums>(
      // Named, since the planner would rather walk every call of the days or the connection.
      `SELECT SUM(reserved_pico) AS pico FROM call INDEXED BY call_in_flight WHERE state = 'in_flight'
         AND local_day BETWEEN @firstLocal AND @lastLocal AND utc_day BETWEEN @firstUtc AND @lastUtc
         AND (@provider IS NULL OR provider = @provider) AND (@connectionId IS NULL OR connection_id = @connectionId)
         AND (@conversationId IS NULL OR conversation_id = @conversationId)`,
    )
    .safeIntegers()

  const list = (): Budget[] => all.all().map((row) => ({ ...limitFrom(row), pause: pauseFrom(row) }))
  /** Goes with what it was about, and its history says so. */
  const drop = (ids: readonly BudgetId[], atMs: number): void => {
    if (ids.length === 0) return
    for (const budget of list().filter(({ id }) => ids.includes(id))) {
      events.add({ kind: 'removed', decidedBy: 'app', atMs, budget })
      remove.run(budget.id)
    }
  }

  return {
    /** Oldest first. */
    list,
    /**
     * Adds a budget; one of the same scope and period keeps its id and its pause and takes the new limit and steps.
     * Returns the id.
     */
    put({ id, scope, period, limit, steps }: Omit<Budget, 'pause'>, createdMs: number): BudgetId {
      const stored = { id, scope: scope.kind, subject: subjectOf(scope), period, limitPico: limit }
      return put.get({ ...stored, steps: JSON.stringify(steps), createdMs })?.id ?? id
    },
    /** Null to resume it. */
    setPause: (id: BudgetId, to: BudgetPause | null): void =>
      void pause.run(to?.fromMs ?? null, to?.untilMs ?? null, id),
    /** False when there is no such budget. */
    remove: (id: BudgetId): boolean => remove.run(id).changes === 1,
    /** Removes the budgets of a connection or conversation that is gone. */
    removeOf: (subject: ConnectionId | ConversationId, atMs: number): void => drop(of.all(subject), atMs),
    /** Removes the budgets of conversations that are in no place. */
    removeLost: (atMs: number): void => drop(lost.all(), atMs),
    /** What is booked, as far as it has a price. */
    settled(counted: Counted): Pico {
      const sums = counted.conversationId === undefined ? ofDays : ofConversation
      return sums.get(parametersOf(counted))?.pico ?? 0n
    },
    /** What calls in flight hold. */
    reserved: (counted: Counted): Pico => held.get(parametersOf(counted))?.pico ?? 0n,
  }
}

interface Parameters {
  readonly provider: string | null
  readonly connectionId: string | null
  readonly conversationId: string | null
  readonly firstLocal: string
  readonly lastLocal: string
  readonly firstUtc: string
  readonly lastUtc: string
}

const EVER = ['0000-00-00', '9999-99-99'] as const

/** Sums are kept by local day; a UTC day lies in two of them, so the local bounds only spare the reading of other months. */
function parametersOf({ provider, connectionId, conversationId, days }: Counted): Parameters {
  const asked = days === undefined ? EVER : ([days.first, days.last] as const)
  const local = days?.calendar === 'utc' ? ([plusDays(days.first, -2), plusDays(days.first, 40)] as const) : asked
  const utc = days?.calendar === 'utc' ? asked : EVER
  return {
    provider: provider ?? null,
    connectionId: connectionId ?? null,
    conversationId: conversationId ?? null,
    firstLocal: local[0],
    lastLocal: local[1],
    firstUtc: utc[0],
    lastUtc: utc[1],
  }
}

function plusDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
}

function pauseFrom({ pauseFromMs, pauseUntilMs }: StoredPause): BudgetPause | null {
  if (pauseFromMs === null) return null
  return { fromMs: Number(pauseFromMs), untilMs: pauseUntilMs === null ? null : Number(pauseUntilMs) }
}
