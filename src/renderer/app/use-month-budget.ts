import { formatSum, picoFromString } from '../../core/money'
import { meterOf } from '../features/budgets/budget-meter'
import { limitWords, shortLevelWords } from '../features/budgets/budget-words'
import { useBudgets } from '../features/budgets/budgets-store'
import type { MonthBudget } from '../features/spend/MonthTotal'

/** The limit of everything this month, for the line that is always in view; null while there is none. */
export function useMonthBudget(): MonthBudget | null {
  const budget = useBudgets((state) =>
    state.budgets.find(({ scope, period }) => scope.kind === 'all' && period === 'month'),
  )
  const calendar = useBudgets((state) => state.calendar)
  if (budget === undefined) return null
  return {
    // By local days it is what the month has cost, and that figure also says how sure it is.
    used: calendar === 'local' ? null : formatSum(picoFromString(budget.settled)),
    limit: limitWords(budget),
    settled: budget.settled,
    limitPico: budget.limit,
    level: shortLevelWords(budget),
    meter: meterOf(budget),
  }
}
