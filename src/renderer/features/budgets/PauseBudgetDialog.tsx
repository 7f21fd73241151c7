import { useState } from 'react'
import type { RequestError } from '../../../shared/ipc/transport'
import type { BudgetView } from '../../../shared/ipc/views'
import { requestWords } from '../../lib/request-words'
import { useToday } from '../../lib/use-today'
import { Button } from '../../ui/Button'
import { Dialog, DialogActions } from '../../ui/Dialog'
import { Notice } from '../../ui/Notice'
import { RadioList } from '../../ui/RadioList'
import { TextField } from '../../ui/TextField'
import { budgetSubject, type BudgetNames } from './budget-words'
import { useBudgets } from './budgets-store'
import styles from './PauseBudgetDialog.module.css'

interface PauseBudgetDialogProps {
  /** The budget that is to be paused; null keeps the dialog closed. */
  readonly budget: BudgetView | null
  readonly names: BudgetNames
  readonly onClose: () => void
}

type Until = 'today' | 'day' | 'resumed'

/** Asks for how long a limit is to stop nothing. */
export function PauseBudgetDialog({ budget, names, onClose }: PauseBudgetDialogProps) {
  const pause = useBudgets((state) => state.pause)
  const today = useToday()
  const [until, setUntil] = useState<Until>('today')
  const [day, setDay] = useState('')
  const [error, setError] = useState<RequestError | null>(null)
  // Keeps its words while it fades out.
  const [shown, setShown] = useState(budget)
  if (budget !== null && budget !== shown) setShown(budget)

  function close(): void {
    setError(null)
    setUntil('today')
    setDay('')
    onClose()
  }

  async function confirm(): Promise<void> {
    if (budget === null) return
    if (until === 'day' && day < today.day) return setError({ code: 'budget_invalid', field: 'until' })
    const refusal = await pause(budget.id, until === 'day' ? day : until)
    if (refusal === null) return close()
    return setError(refusal)
  }

  const ofDay = error?.field === 'until'
  return (
    <Dialog
      open={budget !== null}
      onClose={close}
      title={shown === null ? '' : `Pause the budget for ${budgetSubject(shown, names)}?`}
      description="It goes on counting, and neither warns, asks nor stops anything until it holds again."
    >
      <div className={styles.until}>
        <RadioList
          label="Pause"
          value={until}
          onChange={(next) => {
            setError(null)
            setUntil(next)
          }}
          choices={[
            { value: 'today', label: 'For today', meaning: 'It holds again from midnight.' },
            {
              value: 'day',
              label: 'Until a day',
              meaning: 'That day is part of the pause.',
              more: (
                <TextField
                  label="Last day of the pause"
                  type="date"
                  min={today.day}
                  value={day}
                  onChange={(event) => setDay(event.currentTarget.value)}
                  error={ofDay ? requestWords(error) : null}
                />
              ),
            },
            {
              value: 'resumed',
              label: 'Until I resume it',
              meaning: 'Wherever it is shown it says that it is paused.',
            },
          ]}
        />
      </div>
      {error !== null && !ofDay && <Notice kind="danger" title={requestWords(error)} alert />}
      <DialogActions>
        <Button onClick={close}>Cancel</Button>
        <Button kind="primary" onClick={() => void confirm()}>
          Pause budget
        </Button>
      </DialogActions>
    </Dialog>
  )
}
