import type { MessageView, WaitingView } from '../../../shared/ipc/views'
import { useNow } from '../../lib/use-now'
import { providerName } from '../../lib/providers'
import { Button } from '../../ui/Button'
import type { AnswerActs } from './answer-acts'
import { modelOf } from './message-words'
import styles from './Progress.module.css'
import { waitingWords } from './waiting-words'

interface WaitingProps {
  readonly message: MessageView
  readonly waiting: WaitingView
  readonly acts: Pick<AnswerActs, 'retryNow' | 'stop'>
}

const SECOND_MS = 1000

const everySecond = (nowMs: number): number => SECOND_MS - (nowMs % SECOND_MS)

/** A pause before an answer is asked for again: why, how long still, and both ways out of it. */
export function Waiting({ message, waiting, acts }: WaitingProps) {
  const nowMs = useNow(everySecond)
  const names = { provider: providerName(message.provider), model: modelOf(message) }
  return (
    <div className={styles.pause}>
      {/* Counts for the eye alone: it is announced once, elsewhere. */}
      <p className={styles.waiting}>{waitingWords(waiting, names, nowMs)}</p>
      <Button small onClick={() => acts.retryNow(message.turnId)}>
        Try now
      </Button>
      <Button kind="quiet" small onClick={() => acts.stop(message.turnId)}>
        Cancel
      </Button>
    </div>
  )
}
