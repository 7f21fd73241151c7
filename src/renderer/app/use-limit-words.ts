import { useMemo } from 'react'
import type { BudgetMetView } from '../../shared/ipc/budget-views'
import { meetsLine, meetsWords } from './limit-words'
import { useBudgetNames } from './use-budget-names'

/** How the list of models says what each would run into. */
export function useLimitWords() {
  const names = useBudgetNames()
  return useMemo(() => ({ short: meetsWords, long: (met: BudgetMetView) => meetsLine(met, names) }), [names])
}
