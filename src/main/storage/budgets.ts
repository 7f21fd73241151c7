import type { Database } from 'better-sqlite3'
import type { Budget, BudgetPeriod, BudgetScope, BudgetStep } from '../../core/budget'
import type { BudgetId, ConnectionId, ConversationId } from '../../core/ids'
import type { Pico } from '../../core/money'
import type { Calendar } from '../../core/period'
import type { ProviderId } from '../../core/provider'

/** Which calls are added up. */
export interface Counted {
  readonly provider?: ProviderId
  readonly connectionId?: ConnectionId
  readonly conversationId?: ConversationId
  /** First and last day, both counted; left out for all there ever were. */
  readonly days?: { readonly calendar: Calendar; readonly first: string; readonly last: string }
}

interface Stored {
  readonly id: BudgetId
  readonly scope: BudgetScope['kind']
  readonly subject: string
  readonly period: BudgetPeriod
  readonly limitPico: bigint
  readonly steps: string
}

type Sums = { readonly pico: bigint | null }

/** Budgets, and the sums they are held against. */
export function budgetRepository(database: Database) {
  const all = database
    .prepare<[], Stored>(
      `SELECT id, scope, subject, period, limit_pico AS limitPico, steps FROM budget ORDER BY created_ms, id`,
    )
    .safeIntegers()
  const put = database.prepare<[Stored & { readonly createdMs: number }], { readonly id: BudgetId }>(
    `INSERT INTO budget (id, scope, subject, period, limit_pico, steps, created_ms)
     VALUES (@id, @scope, @subject, @period, @limitPico, @steps, @createdMs)
     ON CONFLICT (scope, subject, period) DO UPDATE SET limit_pico = excluded.limit_pico, steps = excluded.steps
     RETURNING id`,
  )
  const remove = database.prepare<[BudgetId]>(`DELETE FROM budget WHERE id = ?`)
  const forget = database.prepare<[string]>(`DELETE FROM budget WHERE subject = ?`)
  const forgetLost = database.prepare<[]>(
    `DELETE FROM budget WHERE scope = 'conversation' AND subject <> ''
       AND NOT EXISTS (SELECT 1 FROM main.conversation WHERE id = subject)
       AND NOT EXISTS (SELECT 1 FROM private.conversation WHERE id = subject)`,
  )

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

  return {
    /** Oldest first. */
    list: (): Budget[] => all.all().map(fromStored),
    /** Adds a budget; one of the same scope and period keeps its id and takes the new limit and steps. Returns the id. */
    put({ id, scope, period, limit, steps }: Budget, createdMs: number): BudgetId {
      const stored = { id, scope: scope.kind, subject: subjectOf(scope), period, limitPico: limit }
      return put.get({ ...stored, steps: JSON.stringify(steps), createdMs })?.id ?? id
    },
    /** False when there is no such budget. */
    remove: (id: BudgetId): boolean => remove.run(id).changes === 1,
    /** Removes the budgets of a connection or conversation that is gone. */
    removeOf: (subject: ConnectionId | ConversationId): void => void forget.run(subject),
    /** Removes the budgets of conversations that are in no place. */
    removeLost: (): void => void forgetLost.run(),
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

function subjectOf(scope: BudgetScope): string {
  switch (scope.kind) {
    case 'all':
      return ''
    case 'provider':
      return scope.provider
    case 'connection':
      return scope.connectionId
    case 'conversation':
      return scope.conversationId ?? ''
  }
}

function fromStored({ id, scope, subject, period, limitPico, steps }: Stored): Budget {
  return {
    id,
    scope: scopeFrom(scope, subject),
    period,
    limit: limitPico,
    steps: JSON.parse(steps) as readonly BudgetStep[],
  }
}

function scopeFrom(kind: BudgetScope['kind'], subject: string): BudgetScope {
  switch (kind) {
    case 'all':
      return { kind }
    case 'provider':
      return { kind, provider: subject as ProviderId }
    case 'connection':
      return { kind, connectionId: subject as ConnectionId }
    case 'conversation':
      return { kind, conversationId: subject === '' ? null : (subject as ConversationId) }
  }
}
