import { Check, Copy, Ellipsis, FileText, ReceiptText, TextQuote } from 'lucide-react'
import { useState, type ReactNode, type RefObject } from 'react'
import type { MessageView } from '../../../shared/ipc/views'
import { classNames } from '../../lib/class-names'
import { copyText } from '../../markdown/copy-text'
import { richText } from '../../markdown/rich-text'
import { IconButton } from '../../ui/IconButton'
import { Menu, type MenuAct } from '../../ui/Menu'
import { VisuallyHidden } from '../../ui/VisuallyHidden'
import styles from './AnswerActions.module.css'
import { AnswerDetails } from './AnswerDetails'
import { useSaid } from './use-said'
import { useSelected } from './use-selected'

interface AnswerActionsProps {
  readonly message: MessageView
  /** The answer as it was written. */
  readonly text: string
  /** Where it is shown: what is selected there can be quoted alone. */
  readonly body: RefObject<HTMLElement | null>
  /** Stays in view, where other answers show these on the way over them. */
  readonly last: boolean
  readonly onQuote: (text: string) => void
  /** Leads to a price. */
  readonly onPrice: (priceId: string) => void
  /** Acts of their own, such as asking for the answer again; they stand between Copy and More. */
  readonly children?: ReactNode
}

const COPIED = 'Copied'

/** What can be done with an answer that has ended. */
export function AnswerActions({ message, text, body, last, onQuote, onPrice, children }: AnswerActionsProps) {
  const [said, say] = useSaid()
  const selected = useSelected(body)
  const [details, setDetails] = useState<'unopened' | 'open' | 'closed'>('unopened')

  function copy(html?: string): void {
    say(copyText(text, html) ? COPIED : 'Could not copy')
  }

  const ofText: readonly MenuAct[] = [
    { label: 'Copy as rich text', icon: <FileText />, act: () => copy(richText(text)) },
    {
      label: selected.text === null ? 'Quote' : 'Quote selection',
      icon: <TextQuote />,
      act: () => onQuote(selected.text ?? text),
    },
  ]
  const ofAnswer: MenuAct = { label: 'Details', icon: <ReceiptText />, act: () => setDetails('open') }
  return (
    <span className={classNames(styles.actions, last && styles.shown)} {...selected.watch}>
      {text !== '' && (
        <IconButton label="Copy answer" onClick={() => copy()}>
          {said === COPIED ? <Check /> : <Copy />}
        </IconButton>
      )}
      {children}
      <Menu
        label="More about this answer"
        icon={<Ellipsis />}
        acts={text === '' ? [ofAnswer] : [...ofText, ofAnswer]}
      />
      <output>
        <VisuallyHidden>{said}</VisuallyHidden>
      </output>
      {details !== 'unopened' && (
        <AnswerDetails
          message={message}
          open={details === 'open'}
          onClose={() => setDetails('closed')}
          onPrice={onPrice}
        />
      )}
    </span>
  )
}
