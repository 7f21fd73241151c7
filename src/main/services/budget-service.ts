import {
  areSteps,
  decide,
  foresee,
  isPaused,
  levelOf,
  type Allowance,
  type Budget,
  type BudgetPeriod,
  type BudgetScope,
  type BudgetStep,
  type BudgetUse,
  type Foreseen,
  type MetStep,
  type Verdict,
  type WorstCase,
} from '../../core/budget'
import { parseDecimal, scaleToInteger } from '../../core/decimal'
import type { BudgetId, CallId, ConnectionId, ConversationId } from '../../core/ids'
import { PICO_PLACES, type Pico } from '../../core/money'
import { endOfLocalDay, localDay, periodDays, type Calendar } from '../../core/period'
import type { ProviderId } from '../../core/provider'
import type { BudgetMetView } from '../../shared/ipc/budget-views'
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
    const paused = isPaused(budget, clock.now())
    const nobody = scope.kind === 'conversation' && scope.conversationId === null && conversationId === null
    if (period === 'request' || nobody) return { budget, settled: 0n, reserved: 0n, paused }
    const counted = countedFor(budget, conversationId)
    return { budget, settled: storage.budgets.settled(counted), reserved: storage.budgets.reserved(counted), paused }
  }

  const usesFor = (spender: Spender): BudgetUse[] =>
    storage.budgets
      .list()
      .filter(({ scope }) => appliesTo(scope, spender))
      .map((budget) => usageOf(budget, spender.conversationId))

  const list = (): BudgetView[] => storage.budgets.list().map((budget) => budgetView(usageOf(budget, null)))
  const changed = (): void => hub.emit('budgets.changed', { budgets: list() })

  const find = (budgetId: BudgetId): Budget | undefined => storage.budgets.list().find(({ id }) => id === budgetId)
  const viewOf = (budgetId: BudgetId): Result<BudgetView> => {
    const budget = find(budgetId)
    return budget === undefined ? refused('not_found', 'budgetId') : done(budgetView(usageOf(budget, null)))
  }
  const noted = (kind: 'set' | 'changed' | 'resumed' | 'removed', budget: Budget): void =>
    storage.budgetEvents.add({ kind, decidedBy: 'user', atMs: clock.now(), budget })

  /** The first instant after a pause, null for until it is resumed; undefined for a day that is none, or is over. */
  const endOf = (until: string): number | null | undefined => {
    if (until === 'resumed') return null
    const nowMs = clock.now()
    const day = until === 'today' ? localDay(nowMs, clock.offsetMinutes(nowMs)) : until
    const endMs = endOfLocalDay(day, clock.offsetMinutes)
    return endMs === null || endMs <= nowMs ? undefined : endMs
  }

  const exists = (scope: BudgetScope): boolean => {
    if (scope.kind === 'connection') return storage.connections.get(scope.connectionId) !== undefined
    if (scope.kind !== 'conversation' || scope.conversationId === null) return true
    return storage.conversations.get(scope.conversationId) !== undefined
  }

  return {
    list,
    changed,

    /** The budgets a call counts towards, with their use. */
    usesFor,
    viewsFor: (uses: readonly BudgetUse[]): BudgetView[] => uses.map(budgetView),
    /** What a message would run into now. `likely`: what it will probably cost. */
    foresee: (
      uses: readonly BudgetUse[],
      worstCase: WorstCase,
      wanted: number,
      likely: Pico | null,
    ): BudgetMetView | null => {
      const met = foresee(uses, worstCase, wanted, likely)
      return met && metView(met)
    },

    /** Writes down which steps a call leaves past because its user said so. In the transaction that creates it. */
    noteAllowed(lifted: readonly MetStep[], callId: CallId, most: Pico | null): void {
      for (const { use, step, left } of lifted) {
        const { budget } = use
        const about = { budget, callId, percent: step.percent, left, most }
        storage.budgetEvents.add({ kind: 'allowed', decidedBy: 'user', atMs: clock.now(), ...about })
      }
    },

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
      const fresh = newId('budget')
      const id = storage.transaction(() => {
        const kept = storage.budgets.put({ scope, period, limit, steps, id: fresh }, clock.now())
        const budget = find(kept)
        if (budget !== undefined) noted(kept === fresh ? 'set' : 'changed', budget)
        return kept
      })
      changed()
      return viewOf(id)
    },

    /** It goes on counting, and stops nothing until then. `until`: the last local day of the pause, or `resumed`. */
    pause({ budgetId, until }: { budgetId: BudgetId; until: string }): Result<BudgetView> {
      const untilMs = endOf(until)
      if (untilMs === undefined) return refused('budget_invalid', 'until')
      const budget = find(budgetId)
      if (budget === undefined) return refused('not_found', 'budgetId')
      const atMs = clock.now()
      storage.transaction(() => {
        storage.budgets.setPause(budgetId, { fromMs: atMs, untilMs })
        storage.budgetEvents.add({ kind: 'paused', decidedBy: 'user', atMs, budget, untilMs })
      })
      changed()
      return viewOf(budgetId)
    },

    resume({ budgetId }: { budgetId: BudgetId }): Result<BudgetView> {
      const budget = find(budgetId)
      if (budget === undefined) return refused('not_found', 'budgetId')
      // One that is over by itself has nothing to be resumed from.
      if (budget.pause !== null) {
        storage.transaction(() => {
          storage.budgets.setPause(budgetId, null)
          if (isPaused(budget, clock.now())) noted('resumed', budget)
        })
        changed()
      }
      return viewOf(budgetId)
    },

    remove({ budgetId }: { budgetId: BudgetId }): Result<null> {
      const budget = find(budgetId)
      if (budget === undefined) return refused('not_found', 'budgetId')
      storage.transaction(() => {
        storage.budgets.remove(budgetId)
        noted('removed', budget)
      })
      changed()
      return done(null)
    },
  }
}

/** What can be asked of it. */
export type BudgetService = ReturnType<typeof createBudgetService>

/** A verdict against a call, as the window is told it. */
export function refusalError(verdict: Extract<Verdict, { go: false }>): RequestError {
  const met = metView(verdict)
  return {
    code: met.most === null ? 'budget_unpriced' : 'budget_limit',
    budget: { ...met, action: met.action === 'block' ? 'block' : 'ask' },
  }
}

function metView({ use, step, left, most }: Foreseen): BudgetMetView {
  const { id: budgetId, scope, period, limit } = use.budget
  return {
    budgetId,
    scope,
    period,
    // What cannot be counted cannot be held against a limit either, so it is always a question.
    action: most === null ? 'ask' : step.action,
    percent: step.percent,
    limit: limit.toString(),
    left: left.toString(),
    most: most === null ? null : most.toString(),
  }
}

function budgetView(use: BudgetUse): BudgetView {
  const { id, scope, period, limit, steps, pause } = use.budget
  const { settled, reserved, paused } = use
  const amounts = { limit: limit.toString(), settled: settled.toString(), reserved: reserved.toString() }
  const until = paused && pause !== null ? { untilMs: pause.untilMs } : null
  return { id, scope, period, steps, ...amounts, level: levelOf(use), pause: until }
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
