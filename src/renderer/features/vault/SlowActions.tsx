import type { ReactNode } from 'react'
import { Button } from '../../ui/Button'
import { DialogActions } from '../../ui/Dialog'
import type { SlowPhase } from './slow-act'
import styles from './SlowActions.module.css'

interface SlowActionsProps {
  readonly phase: SlowPhase
  /** Said where Cancel came too late. */
  readonly late: string
  readonly onLeave: () => void
  /** What does it. */
  readonly children: ReactNode
}

/** The buttons of a dialog that does something slow. */
export function SlowActions({ phase, late, onLeave, children }: SlowActionsProps) {
  return (
    <>
      <output className={styles.late}>{phase === 'late' && late}</output>
      <DialogActions>
        <Button onClick={onLeave} aria-disabled={phase === 'cancelling'}>
          {phase === 'late' ? 'Close' : phase === 'cancelling' ? 'Cancelling …' : 'Cancel'}
        </Button>
        {phase !== 'late' && children}
      </DialogActions>
    </>
  )
}
