import { useRef, useState } from 'react'
import type { BudgetView, ConnectionView } from '../../../shared/ipc/views'
import { useToday } from '../../lib/use-today'
import { Dialog } from '../../ui/Dialog'
import type { BudgetStart } from './budget-form'
import { budgetSubject, isMeasured, levelWords, stepsWords, usedWords } from './budget-words'
import { BudgetForm } from './BudgetForm'
import { useBudgetMonth } from './use-budget-month'

interface BudgetDialogProps {
  /** The budget that is to be changed; null asks for a new one. */
  readonly budget: BudgetView | null
  readonly initial?: Partial<BudgetStart>
  readonly connections: readonly ConnectionView[]
  /** Of the conversation in `initial.scope`, or in the budget's own. */
  readonly conversationTitle?: string | null
  readonly open: boolean
  readonly onClose: () => void
  /** Called before `onClose` with the budget as it is now. */
  readonly onSaved?: (budget: BudgetView) => void
  /** Where focus goes on closing; left out, to what opened the dialog. */
  readonly focusAfter?: () => HTMLElement | true
}

/** Asks for a limit and what happens on the way to it. Of a budget there is, what it limits stays as it is. */
export function BudgetDialog({
  budget,
  initial = {},
  connections,
  conversationTitle = null,
  open,
  onClose,
  onSaved,
  focusAfter,
}: BudgetDialogProps) {
  const amount = useRef<HTMLInputElement>(null)
  const names = { month: useBudgetMonth(), connections, conversationTitle: () => conversationTitle }
  // Keeps its words while it fades out.
  const [shown, setShown] = useState(budget)
  if (open && budget !== shown) setShown(budget)
  const { atMs } = useToday()
  const used = shown === null || !isMeasured(shown) ? '' : `${usedWords(shown)} used. `
  const paused = shown?.level === 'paused' ? ` ${levelWords(shown, atMs)}.` : ''
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={shown === null ? 'Set a budget' : `Budget for ${budgetSubject(shown, names)}`}
      {...(shown === null ? {} : { description: `${used}${stepsWords(shown)}.${paused}` })}
      initialFocus={amount}
      {...(focusAfter === undefined ? {} : { finalFocus: focusAfter })}
    >
      <BudgetForm
        key={shown?.id ?? 'new'}
        budget={shown}
        initial={initial}
        names={names}
        amount={amount}
        onClose={onClose}
        onSaved={(saved) => {
          onSaved?.(saved)
          onClose()
        }}
      />
    </Dialog>
  )
}
