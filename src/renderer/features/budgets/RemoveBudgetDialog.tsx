import { useRef, useState, type RefObject } from 'react'
import type { RequestError } from '../../../shared/ipc/transport'
import type { BudgetView } from '../../../shared/ipc/views'
import { requestWords } from '../../lib/request-words'
import { Button } from '../../ui/Button'
import { Dialog, DialogActions } from '../../ui/Dialog'
import { Notice } from '../../ui/Notice'
import { budgetSubject, type BudgetNames } from './budget-words'
import { useBudgets } from './budgets-store'

interface RemoveBudgetDialogProps {
  /** The budget that is to go; null keeps the dialog closed. */
  readonly budget: BudgetView | null
  readonly names: BudgetNames
  readonly onClose: () => void
  /** Where focus goes once the budget is gone with what asked for it. */
  readonly focusAfterRef: RefObject<HTMLElement | null>
}

/** Makes sure before a limit is lifted for good. */
export function RemoveBudgetDialog({ budget, names, onClose, focusAfterRef }: RemoveBudgetDialogProps) {
  const remove = useBudgets((state) => state.remove)
  const [error, setError] = useState<RequestError | null>(null)
  const removed = useRef(false)
  // Keeps its words while it fades out.
  const [shown, setShown] = useState(budget)
  if (budget !== null && budget !== shown) setShown(budget)

  function close(): void {
    setError(null)
    onClose()
  }

  async function confirm(): Promise<void> {
    if (budget === null) return
    // Before it is known: the news that it is gone closes the dialog ahead of the answer.
    removed.current = true
    const refusal = await remove(budget.id)
    if (refusal === null) return close()
    removed.current = false
    return setError(refusal)
  }

  return (
    <Dialog
      open={budget !== null}
      onClose={close}
      title={shown === null ? '' : `Remove the budget for ${budgetSubject(shown, names)}?`}
      description="Nothing is held to it any more. What was spent stays counted."
      finalFocus={() => (removed.current ? (focusAfterRef.current ?? true) : true)}
    >
      {error !== null && <Notice kind="danger" title={requestWords(error)} alert />}
      <DialogActions>
        <Button onClick={close}>Cancel</Button>
        <Button kind="danger" onClick={() => void confirm()}>
          Remove budget
        </Button>
      </DialogActions>
    </Dialog>
  )
}
