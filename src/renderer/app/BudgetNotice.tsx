import type { BudgetId } from '../../core/ids'
import type { BudgetRefusalView } from '../../shared/ipc/budget-views'
import type { BudgetNames } from '../features/budgets/budget-words'
import { Button } from '../ui/Button'
import { Notice } from '../ui/Notice'
import { refusalWords } from './limit-words'

/** The ways on from a message that a budget keeps here. */
export interface BudgetWays {
  readonly sendAnyway: () => void
  /** Null once the budget is gone. */
  readonly raise: ((budgetId: BudgetId) => void) | null
  readonly chooseModel: () => void
}

interface BudgetNoticeProps {
  readonly refusal: BudgetRefusalView
  readonly names: BudgetNames
  readonly ways: BudgetWays
}

/** Which budget keeps a message here, what is left of it, and what can be done. */
export function BudgetNotice({ refusal, names, ways: { sendAnyway, raise, chooseModel } }: BudgetNoticeProps) {
  return (
    <Notice
      kind="warn"
      title={refusalWords(refusal, names)}
      alert
      actions={
        <>
          <Button small onClick={sendAnyway}>
            Send once anyway
          </Button>
          {raise !== null && (
            <Button small onClick={() => raise(refusal.budgetId)}>
              Raise the limit
            </Button>
          )}
          <Button kind="quiet" small onClick={chooseModel}>
            Choose a cheaper model
          </Button>
        </>
      }
    />
  )
}
