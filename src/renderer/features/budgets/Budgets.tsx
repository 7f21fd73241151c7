import { useEffect, useId, useRef, useState } from 'react'
import type { BudgetId, ConversationId } from '../../../core/ids'
import type { RequestError } from '../../../shared/ipc/transport'
import type { BudgetView, ConnectionView } from '../../../shared/ipc/views'
import { requestWords } from '../../lib/request-words'
import { Button } from '../../ui/Button'
import { Notice } from '../../ui/Notice'
import { BudgetDialog } from './BudgetDialog'
import { BudgetRow } from './BudgetRow'
import { budgetSubject } from './budget-words'
import styles from './Budgets.module.css'
import { useBudgets } from './budgets-store'
import { HistoryDialog } from './HistoryDialog'
import { PauseBudgetDialog } from './PauseBudgetDialog'
import { RemoveBudgetDialog } from './RemoveBudgetDialog'
import { useBudgetMonth } from './use-budget-month'

interface BudgetsProps {
  readonly connections: readonly ConnectionView[]
  readonly conversationTitle: (id: ConversationId) => string | null
  /** Saves what was decided about a budget, or with null about all, as a file. */
  readonly onSaveHistory: (budgetId: BudgetId | null, format: 'csv' | 'json') => void
}

/** What is asked for now. */
type Asking =
  | { readonly act: 'set' | 'all-history' }
  | { readonly act: 'edit' | 'pause' | 'history' | 'remove'; readonly budgetId: BudgetId }

/** Every limit there is, how far each is used, and the way to set another. */
export function Budgets({ connections, conversationTitle, onSaveHistory }: BudgetsProps) {
  const budgets = useBudgets((state) => state.budgets)
  const calendar = useBudgets((state) => state.calendar)
  const load = useBudgets((state) => state.load)
  const resume = useBudgets((state) => state.resume)
  const [asking, setAsking] = useState<Asking | null>(null)
  const [error, setError] = useState<RequestError | null>(null)
  const set = useRef<HTMLButtonElement>(null)
  const id = useId()
  const names = { month: useBudgetMonth(), connections, conversationTitle }
  const subject =
    asking === null || !('budgetId' in asking)
      ? null
      : (budgets.find((budget) => budget.id === asking.budgetId) ?? null)
  const subjectOf = (act: Asking['act']) => (asking?.act === act ? subject : null)
  const ofHistory = asking?.act === 'all-history' ? 'all' : (subjectOf('history')?.id ?? null)
  const dated = budgets.some(({ period }) => period === 'day' || period === 'month')
  useEffect(() => void load(), [load])

  return (
    <section className={styles.budgets} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id} className={styles.title}>
          Budgets
        </h2>
        <Button kind="quiet" small onClick={() => setAsking({ act: 'all-history' })}>
          History
        </Button>
        <Button small ref={set} onClick={() => setAsking({ act: 'set' })}>
          Set a budget
        </Button>
      </div>
      {error !== null && <Notice kind="danger" title={requestWords(error)} alert />}
      {budgets.length === 0 ? (
        <p className={styles.quiet}>
          No budget is set: nothing warns you, asks you or stops a message for what it costs.
        </p>
      ) : (
        <ul className={styles.list}>
          {budgets.map((budget) => (
            <BudgetRow
              key={budget.id}
              budget={budget}
              names={names}
              onEdit={() => setAsking({ act: 'edit', budgetId: budget.id })}
              onPause={() => setAsking({ act: 'pause', budgetId: budget.id })}
              onResume={() => void resume(budget.id).then(setError)}
              onHistory={() => setAsking({ act: 'history', budgetId: budget.id })}
              onRemove={() => setAsking({ act: 'remove', budgetId: budget.id })}
            />
          ))}
        </ul>
      )}
      {dated && calendar === 'utc' && (
        <p className={styles.quiet}>Days and months are counted in UTC, as providers bill them.</p>
      )}
      <BudgetDialog
        budget={subjectOf('edit')}
        connections={connections}
        conversationTitle={subject === null ? null : titleOf(subject, conversationTitle)}
        open={asking?.act === 'set' || subjectOf('edit') !== null}
        onClose={() => setAsking(null)}
      />
      <PauseBudgetDialog budget={subjectOf('pause')} names={names} onClose={() => setAsking(null)} />
      <HistoryDialog
        of={ofHistory}
        title={
          subject === null ? 'History of all budgets' : `History of the budget for ${budgetSubject(subject, names)}`
        }
        names={names}
        onClose={() => setAsking(null)}
        onSave={(budgetId, format) => {
          // What becomes of the file is told beside the page.
          setAsking(null)
          onSaveHistory(budgetId, format)
        }}
      />
      <RemoveBudgetDialog
        budget={subjectOf('remove')}
        names={names}
        onClose={() => setAsking(null)}
        focusAfterRef={set}
      />
    </section>
  )
}

function titleOf({ scope }: BudgetView, conversationTitle: BudgetsProps['conversationTitle']): string | null {
  const id = scope.kind === 'conversation' ? scope.conversationId : null
  return id === null ? null : conversationTitle(id)
}
