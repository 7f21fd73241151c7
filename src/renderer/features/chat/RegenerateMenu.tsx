import { ChevronDown, RotateCw, Shuffle } from 'lucide-react'
import { use, useRef } from 'react'
import type { MessageView } from '../../../shared/ipc/views'
import { IconButton } from '../../ui/IconButton'
import { Menu } from '../../ui/Menu'
import type { AnswerActs } from './answer-acts'
import styles from './RegenerateMenu.module.css'
import { RunningContext } from './running-context'

interface RegenerateMenuProps {
  readonly message: MessageView
  /** Asking the same model again is offered in words elsewhere. */
  readonly otherAlone: boolean
  readonly acts: Pick<AnswerActs, 'retry' | 'retryWith'>
}

/** Another answer to the same question; this one stays as an earlier version. */
export function RegenerateMenu({ message, otherAlone, acts }: RegenerateMenuProps) {
  const pair = useRef<HTMLSpanElement>(null)
  // What runs has to end first.
  if (use(RunningContext)) return null
  const regenerate = () => acts.retry(message.turnId)
  const another = () =>
    acts.retryWith(
      message.turnId,
      pair.current?.querySelector<HTMLElement>('[aria-haspopup], button:only-child') ?? null,
    )
  if (otherAlone) {
    return (
      <span ref={pair} className={styles.pair}>
        <IconButton label="Ask another model…" onClick={another}>
          <Shuffle />
        </IconButton>
      </span>
    )
  }
  return (
    <span ref={pair} className={styles.pair}>
      <IconButton label="Regenerate" onClick={regenerate}>
        <RotateCw />
      </IconButton>
      <Menu
        label="More ways to ask again"
        icon={<ChevronDown />}
        className={styles.more}
        acts={[
          { label: 'Regenerate', icon: <RotateCw />, act: regenerate },
          { label: 'With another model…', icon: <Shuffle />, act: another },
        ]}
      />
    </span>
  )
}
