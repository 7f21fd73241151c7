import { useEffect, useId, useRef, useState } from 'react'
import type { BudgetId, ConversationId } from '../../../core/ids'
import type { BudgetView, ConnectionView } from '../../../shared/ipc/views'
import { Button } from '../../ui/Button'
import { BudgetDialog } from './BudgetDialog'
import { BudgetRow } from './BudgetRow'
import styles from './Budgets.module.css'
import { useBudgets } from './budgets-store'
import { RemoveBudgetDialog } from './RemoveBudgetDialog'
import { useBudgetMonth } from './use-budget-month'

interface BudgetsProps {
  readonly connections: readonly ConnectionView[]
  readonly conversationTitle: (id: ConversationId) => string | null
}

/** What is asked for now. */
type Asking = { readonly act: 'set' } | { readonly act: 'edit' | 'remove'; readonly budgetId: BudgetId }

/** Every limit there is, how far each is used, and the way to set another. */
export function Budgets({ connections, conversationTitle }: BudgetsProps) {
  const budgets = useBudgets((state) => state.budgets)
  const calendar = useBudgets((state) => state.calendar)
  const load = useBudgets((state) => state.load)
  const [asking, setAsking] = useState<Asking | null>(null)
  const set = useRef<HTMLButtonElement>(null)
  const id = useId()
  const names = { month: useBudgetMonth(), connections, conversationTitle }
  const subject =
    budgets.find((budget) => asking !== null && asking.act !== 'set' && budget.id === asking.budgetId) ?? null
  const dated = budgets.some(({ period }) => period === 'day' || period === 'month')
  useEffect(() => void load(), [load])

  return (
    <section className={styles.budgets} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id} className={styles.title}>
          Budgets
        </h2>
        <Button small ref={set} onClick={() => setAsking({ act: 'set' })}>
          Set a budget
        </Button>
      </div>
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
              onRemove={() => setAsking({ act: 'remove', budgetId: budget.id })}
            />
          ))}
        </ul>
      )}
      {dated && calendar === 'utc' && (
        <p className={styles.quiet}>Days and months are counted in UTC, as providers bill them.</p>
      )}
      <BudgetDialog
        budget={asking?.act === 'edit' ? subject : null}
        connections={connections}
        conversationTitle={subject === null ? null : titleOf(subject, conversationTitle)}
        open={asking?.act === 'set' || (asking?.act === 'edit' && subject !== null)}
        onClose={() => setAsking(null)}
      />
      <RemoveBudgetDialog
        budget={asking?.act === 'remove' ? subject : null}
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
