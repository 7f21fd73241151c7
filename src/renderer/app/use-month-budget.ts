import { useEffect, useRef } from 'react'
import { formatSum, picoFromString } from '../../core/money'
import { meterOf } from '../features/budgets/budget-meter'
import { budgetName, isMeasured, limitWords, shortLevelWords, usedWords } from '../features/budgets/budget-words'
import { useBudgets } from '../features/budgets/budgets-store'
import type { MonthBudget, NearBudget } from '../features/spend/MonthTotal'
import { useToday } from '../lib/use-today'
import { tightestBudget } from './budget-choice'
import { useBudgetNames } from './use-budget-names'

/** The limits for the line that is always in view: that of everything this month, and another that is nearer. */
export function useMonthBudget(): { readonly month: MonthBudget | null; readonly near: NearBudget | null } {
  const budgets = useBudgets((state) => state.budgets)
  const calendar = useBudgets((state) => state.calendar)
  const names = useBudgetNames()
  const { day } = useToday()
  const known = useRef(day)
  useEffect(() => {
    if (known.current === day) return
    known.current = day
    void useBudgets.getState().load(true)
  }, [day])
  const month = budgets.find(({ scope, period }) => scope.kind === 'all' && period === 'month')
  const near = tightestBudget(budgets.filter((budget) => budget !== month && isMeasured(budget)))
  return {
    month:
      month === undefined
        ? null
        : {
            // By local days it is what the month has cost, and that figure also says how sure it is.
            used: calendar === 'local' ? null : formatSum(picoFromString(month.settled)),
            limit: limitWords(month),
            settled: month.settled,
            limitPico: month.limit,
            level: shortLevelWords(month),
            meter: meterOf(month),
          },
    near:
      near === null
        ? null
        : {
            name: budgetName(near, names),
            used: usedWords(near),
            level: shortLevelWords(near),
            meter: meterOf(near),
          },
  }
}
