import { useState } from 'react'
import type { BudgetId } from '../../../core/ids'
import { requestWords } from '../../lib/request-words'
import { useToday } from '../../lib/use-today'
import { Button } from '../../ui/Button'
import { Dialog, DialogActions } from '../../ui/Dialog'
import { Notice } from '../../ui/Notice'
import type { BudgetNames } from './budget-words'
import styles from './HistoryDialog.module.css'
import { HistoryList } from './HistoryList'
import { useBudgetHistory } from './use-budget-history'

interface HistoryDialogProps {
  /** Whose history; `all` for that of every budget there ever was, null keeps the dialog closed. */
  readonly of: BudgetId | 'all' | null
  /** The budget by its name; of all it stands with each line. */
  readonly title: string
  readonly names: BudgetNames
  readonly onClose: () => void
  /** Saves the lines of a budget, or with null of all, as a file. */
  readonly onSave: (budgetId: BudgetId | null, format: 'csv' | 'json') => void
}

/** What was decided about a budget: who, when, and for which request. */
export function HistoryDialog({ of, title, names, onClose, onSave }: HistoryDialogProps) {
  const { atMs } = useToday()
  const { events, more, error } = useBudgetHistory(of)
  // Keeps its words while it fades out.
  const [shown, setShown] = useState(title)
  if (of !== null && title !== shown) setShown(title)
  const save = (format: 'csv' | 'json') => of !== null && onSave(of === 'all' ? null : of, format)
  return (
    <Dialog
      open={of !== null}
      onClose={onClose}
      title={shown}
      description="Lines are only ever added, and outlive the conversations they name."
    >
      {error !== null && <Notice kind="danger" title={requestWords(error)} alert />}
      {events !== null && events.length === 0 && <p className={styles.empty}>Nothing was decided yet.</p>}
      {events !== null && events.length > 0 && (
        <HistoryList label={shown} events={events} named={of === 'all'} names={names} nowMs={atMs} />
      )}
      <DialogActions>
        {events !== null && events.length > 0 && (
          <div className={styles.save}>
            <Button kind="quiet" onClick={() => save('csv')}>
              Save as CSV…
            </Button>
            <Button kind="quiet" onClick={() => save('json')}>
              Save as JSON…
            </Button>
          </div>
        )}
        {more !== null && <Button onClick={() => void more()}>Show earlier</Button>}
        <Button onClick={onClose}>Close</Button>
      </DialogActions>
    </Dialog>
  )
}
