import { Check, Copy, TextQuote } from 'lucide-react'
import type { ReactNode, RefObject } from 'react'
import { copyText } from '../../markdown/copy-text'
import { IconButton } from '../../ui/IconButton'
import { VisuallyHidden } from '../../ui/VisuallyHidden'
import styles from './AnswerActions.module.css'
import { useSaid } from './use-said'
import { useSelected } from './use-selected'

interface QuestionActionsProps {
  /** The message as it was written. */
  readonly text: string
  /** Where it is shown: what is selected there can be quoted alone. */
  readonly body: RefObject<HTMLElement | null>
  readonly onQuote: (text: string) => void
  /** Acts of their own, such as editing; they stand last. */
  readonly children?: ReactNode
}

const COPIED = 'Copied'

/** What can be done with a message of the user's own. */
export function QuestionActions({ text, body, onQuote, children }: QuestionActionsProps) {
  const [said, say] = useSaid()
  const selected = useSelected(body)
  return (
    <span className={styles.actions} {...selected.watch}>
      <IconButton label="Copy message" onClick={() => say(copyText(text) ? COPIED : 'Could not copy')}>
        {said === COPIED ? <Check /> : <Copy />}
      </IconButton>
      <IconButton
        label={selected.text === null ? 'Quote message' : 'Quote selection'}
        onClick={() => onQuote(selected.text ?? text)}
      >
        <TextQuote />
      </IconButton>
      {children}
      <output>
        <VisuallyHidden>{said}</VisuallyHidden>
      </output>
    </span>
  )
}
