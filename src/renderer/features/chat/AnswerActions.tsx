import { Check, Copy, RotateCw } from 'lucide-react'
import { useEffect, useState } from 'react'
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
  /** Null where the answer cannot be asked for again. */
  readonly onRegenerate: (() => void) | null
}

const SAID_MS = 2_000

/** What can be done with an answer that has ended. */
export function AnswerActions({ text, last, onRegenerate }: AnswerActionsProps) {
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
      {onRegenerate !== null && (
        <IconButton label="Regenerate" onClick={onRegenerate}>
          <RotateCw />
        </IconButton>
      )}
      <output>
        <VisuallyHidden>{said}</VisuallyHidden>
      </output>
    </span>
  )
}
