import { Check, Copy } from 'lucide-react'
import { useEffect, useState, type ReactNode } from 'react'
import { copyText } from '../../markdown/copy-text'
import { classNames } from '../../lib/class-names'
import { IconButton } from '../../ui/IconButton'
import { VisuallyHidden } from '../../ui/VisuallyHidden'
import styles from './AnswerActions.module.css'

interface AnswerActionsProps {
  /** The answer as it was written. */
  readonly text: string
  /** Stays in view, where other answers show these on the way over them. */
  readonly last: boolean
  /** The ways to ask for it again. */
  readonly regenerate: ReactNode
}

const SAID_MS = 2_000

/** What can be done with an answer that has ended. */
export function AnswerActions({ text, last, regenerate }: AnswerActionsProps) {
  const [said, setSaid] = useState<'Copied' | 'Could not copy' | null>(null)

  useEffect(() => {
    if (said === null) return undefined
    const timer = setTimeout(() => setSaid(null), SAID_MS)
    return () => clearTimeout(timer)
  }, [said])

  return (
    <span className={classNames(styles.actions, last && styles.shown)}>
      {text !== '' && (
        <IconButton label="Copy answer" onClick={() => setSaid(copyText(text) ? 'Copied' : 'Could not copy')}>
          {said === 'Copied' ? <Check /> : <Copy />}
        </IconButton>
      )}
      {regenerate}
      <output>
        <VisuallyHidden>{said}</VisuallyHidden>
      </output>
    </span>
  )
}
