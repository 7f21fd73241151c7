import { useElapsed } from '../../lib/use-elapsed'
import styles from './Progress.module.css'

/** Seconds that pass without a word before they are counted aloud. */
const QUIET_SECONDS = 3

interface ProgressProps {
  readonly sinceMs: number
  /** The model's name while nothing has come from it yet. */
  readonly waitingFor?: string
}

/** That an answer is on its way, and for how long once that is worth knowing. */
export function Progress({ sinceMs, waitingFor }: ProgressProps) {
  const seconds = useElapsed(sinceMs)
  const elapsed = seconds >= QUIET_SECONDS ? `${seconds} s` : null
  if (waitingFor === undefined) {
    return <span className={styles.beside}>{elapsed === null ? 'answering' : `answering, ${elapsed}`}</span>
  }
  return (
    <p className={styles.waiting}>
      Waiting for {waitingFor}
      {elapsed !== null && `, ${elapsed}`}
    </p>
  )
}
