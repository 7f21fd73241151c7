import type { Allowance } from '../../core/budget'
import type { ConnectionId, ConversationId } from '../../core/ids'
import { picoFromString, type Pico } from '../../core/money'
import type { ProviderId } from '../../core/provider'
import type { BudgetView } from '../../shared/ipc/views'
import type { Refusal } from '../features/chat/chat-store'
import { isMeasured, passedStep } from '../features/budgets/budget-words'

/** Where a message goes to and comes from. */
export interface Spending {
  readonly provider: ProviderId | null
  readonly connectionId: ConnectionId | null
  readonly conversationId: ConversationId | null
}

const LEVELS: readonly BudgetView['level'][] = ['fine', 'paused', 'warn', 'ask', 'block', 'over']

/** The budgets a message counts towards, as far as the window knows without asking. */
export function budgetsOf(budgets: readonly BudgetView[], of: Spending): readonly BudgetView[] {
  return budgets.filter((budget) => {
    // One for each conversation comes with the use of this one only in an estimate.
    if (!isMeasured(budget)) return false
    const { scope } = budget
    switch (scope.kind) {
      case 'all':
        return true
      case 'provider':
        return scope.provider === of.provider
      case 'connection':
        return scope.connectionId === of.connectionId
      case 'conversation':
        return scope.conversationId === of.conversationId
    }
  })
}

/** The budget to be told beside a message: the severest level, then the fullest; null while all are fine. */
export function tightestBudget(budgets: readonly BudgetView[]): BudgetView | null {
  const told = budgets.filter(
    // One that is paused is told of where it would have something to say.
    (budget) =>
      budget.level !== 'fine' &&
      budget.period !== 'request' &&
      (budget.level !== 'paused' || passedStep(budget) !== undefined),
  )
  const [first] = told.toSorted((a, b) => LEVELS.indexOf(b.level) - LEVELS.indexOf(a.level) || fuller(b, a))
  return first ?? null
}

/** The steps that are not to stop what was refused: the one that has, and those before. One for each budget counts. */
export function allowancesFor({ attempt, error: { budget } }: Refusal): readonly Allowance[] {
  const earlier = attempt?.allow ?? []
  if (budget === undefined) return earlier
  const { budgetId, percent } = budget
  return [...earlier.filter((allowance) => allowance.budgetId !== budgetId), { budgetId, percent }]
}

function fuller(a: BudgetView, b: BudgetView): number {
  const [left, right] = [usedOf(a) * picoFromString(b.limit), usedOf(b) * picoFromString(a.limit)]
  return left > right ? 1 : left < right ? -1 : 0
}

function usedOf({ settled, reserved }: BudgetView): Pico {
  return picoFromString(settled) + picoFromString(reserved)
}
