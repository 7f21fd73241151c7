import {
  areSteps,
  decide,
  levelOf,
  type Allowance,
  type Budget,
  type BudgetPeriod,
  type BudgetScope,
  type BudgetStep,
  type BudgetUse,
  type Verdict,
  type WorstCase,
} from '../../core/budget'
import { parseDecimal, scaleToInteger } from '../../core/decimal'
import type { BudgetId, ConnectionId, ConversationId } from '../../core/ids'
import { PICO_PLACES, type Pico } from '../../core/money'
import { periodDays, type Calendar } from '../../core/period'
import type { ProviderId } from '../../core/provider'
import type { RequestError, Result } from '../../shared/ipc/transport'
import type { BudgetView } from '../../shared/ipc/views'
import type { Clock, NewId } from '../ports'
import type { Counted } from '../storage/budgets'
import type { Storage } from '../storage/storage'
import type { EventHub } from './event-hub'
import { done, refused } from './result'

/** In dollars. More is a slip of the hand, and less than the smallest one would round to none. */
const MOST_LIMIT = 1_000_000n

/** Whose money a call would spend. */
export interface Spender {
  readonly provider: ProviderId
  readonly connectionId: ConnectionId
  readonly conversationId: ConversationId | null
}

interface Needs {
  readonly storage: Storage
  readonly clock: Clock
  readonly newId: NewId
  readonly hub: EventHub
  readonly calendar: () => Calendar
}

/** Limits of the user's own, and whether a call may leave under them. */
export function createBudgetService({ storage, clock, newId, hub, calendar }: Needs) {
  /** What counts towards a budget now. `conversationId`: the one a budget for each conversation is asked about. */
  const countedFor = (
    { scope, period }: Budget,
    conversationId: ConversationId | null,
    startedMs = clock.now(),
  ): Counted => ({
    ...subjectOf(scope, conversationId),
    ...(period === 'day' || period === 'month' ? { days: daysOf(period, startedMs) } : {}),
  })

  const daysOf = (period: 'day' | 'month', atMs: number) => {
    const [first, last] = periodDays(period, calendar(), atMs, clock.offsetMinutes(atMs))
    return { calendar: calendar(), first, last }
  }

  const usageOf = (budget: Budget, conversationId: ConversationId | null): BudgetUse => {
    const { scope, period } = budget
    const nobody = scope.kind === 'conversation' && scope.conversationId === null && conversationId === null
    if (period === 'request' || nobody) return { budget, settled: 0n, reserved: 0n }
    const counted = countedFor(budget, conversationId)
    return { budget, settled: storage.budgets.settled(counted), reserved: storage.budgets.reserved(counted) }
  }

  const usesFor = (spender: Spender): BudgetUse[] =>
    storage.budgets
      .list()
      .filter(({ scope }) => appliesTo(scope, spender))
      .map((budget) => usageOf(budget, spender.conversationId))

  const list = (): BudgetView[] => storage.budgets.list().map((budget) => budgetView(usageOf(budget, null)))
  const changed = (): void => hub.emit('budgets.changed', { budgets: list() })

  const exists = (scope: BudgetScope): boolean => {
    if (scope.kind === 'connection') return storage.connections.get(scope.connectionId) !== undefined
    if (scope.kind !== 'conversation' || scope.conversationId === null) return true
    return storage.conversations.get(scope.conversationId) !== undefined
  }

  return {
    list,
    changed,

    /** The budgets a call counts towards, with their use. */
    viewsFor: (spender: Spender): BudgetView[] => usesFor(spender).map(budgetView),

    /** Decides within the transaction that creates the call: between the two nothing else can reserve. */
    decide: (spender: Spender, worstCase: WorstCase, wanted: number, allowed: readonly Allowance[]): Verdict =>
      decide(usesFor(spender), worstCase, wanted, allowed),

    set(input: {
      scope: BudgetScope
      period: BudgetPeriod
      limit: string
      steps: readonly BudgetStep[]
    }): Result<BudgetView> {
      const { scope, period, steps } = input
      const limit = limitFrom(input.limit)
      if (limit === null) return refused('budget_invalid', 'limit')
      if (!areSteps(steps)) return refused('budget_invalid', 'steps')
      if (!exists(scope)) return refused('not_found', 'scope')
      const budget = { scope, period, limit, steps }
      const id = storage.budgets.put({ ...budget, id: newId('budget') }, clock.now())
      const kept: Budget = { ...budget, id }
      changed()
      return done(budgetView(usageOf(kept, null)))
    },

    remove({ budgetId }: { budgetId: BudgetId }): Result<null> {
      if (!storage.budgets.remove(budgetId)) return refused('not_found', 'budgetId')
      changed()
      return done(null)
    },
  }
}

/** What can be asked of it. */
export type BudgetService = ReturnType<typeof createBudgetService>

/** A verdict against a call, as the window is told it. */
export function refusalError(verdict: Extract<Verdict, { go: false }>): RequestError {
  const { use, step, left, most } = verdict
  const { id: budgetId, scope, period, limit } = use.budget
  const unpriced = most === null
  return {
    code: unpriced ? 'budget_unpriced' : 'budget_limit',
    budget: {
      budgetId,
      scope,
      period,
      // What cannot be counted cannot be held against a limit either, so it is always a question.
      action: unpriced || step.action === 'ask' ? 'ask' : 'block',
      percent: step.percent,
      limit: limit.toString(),
      left: left.toString(),
      most: most === null ? null : most.toString(),
    },
  }
}

function budgetView(use: BudgetUse): BudgetView {
  const { id, scope, period, limit, steps } = use.budget
  const { settled, reserved } = use
  const amounts = { limit: limit.toString(), settled: settled.toString(), reserved: reserved.toString() }
  return { id, scope, period, steps, ...amounts, level: levelOf(use) }
}

function subjectOf(scope: BudgetScope, conversationId: ConversationId | null): Counted {
  switch (scope.kind) {
    case 'all':
      return {}
    case 'provider':
      return { provider: scope.provider }
    case 'connection':
      return { connectionId: scope.connectionId }
    case 'conversation': {
      const id = scope.conversationId ?? conversationId
      return id === null ? {} : { conversationId: id }
    }
  }
}

function appliesTo(scope: BudgetScope, spender: Spender): boolean {
  switch (scope.kind) {
    case 'all':
      return true
    case 'provider':
      return scope.provider === spender.provider
    case 'connection':
      return scope.connectionId === spender.connectionId
    case 'conversation':
      return scope.conversationId === null || scope.conversationId === spender.conversationId
  }
}

/** Dollars as a decimal string; null for what is no limit. */
function limitFrom(text: string): Pico | null {
  try {
    const limit = scaleToInteger(parseDecimal(text.trim()), PICO_PLACES)
    return limit > 0n && limit <= MOST_LIMIT * 10n ** BigInt(PICO_PLACES) ? limit : null
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
