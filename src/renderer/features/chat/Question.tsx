import { Pencil } from 'lucide-react'
import { memo, useLayoutEffect, useRef } from 'react'
import { textOf } from '../../../core/conversation'
import type { MessageView } from '../../../shared/ipc/views'
import { takeFocus } from '../../lib/focus-wish'
import { IconButton } from '../../ui/IconButton'
import { VisuallyHidden } from '../../ui/VisuallyHidden'
import type { AnswerActs } from './answer-acts'
import { BranchSwitch } from './BranchSwitch'
import { buttonOf, openEdit, useIsEdited } from './edits-store'
import styles from './Message.module.css'

/** A message of the user: the only one with a bubble. Its editor stands in its place. */
export const Question = memo(function Question({
  message,
  number,
  acts,
}: {
  readonly message: MessageView
  readonly number: number
  readonly acts: AnswerActs
}) {
  const headingId = `${message.id}-heading`
  const edited = useIsEdited(message.id)
  return (
    <article className={styles.question} aria-labelledby={headingId}>
      <h2 id={headingId} className={styles.hiddenHeading}>
        <VisuallyHidden>You, message {number}</VisuallyHidden>
      </h2>
      {edited ? <acts.Editor message={message} /> : <Bubble message={message} />}
      {message.branch !== null && <BranchSwitch id={message.id} branch={message.branch} onShow={acts.showBranch} />}
    </article>
  )
})

function Bubble({ message }: { readonly message: MessageView }) {
  const text = textOf(message.parts)
  const button = useRef<HTMLButtonElement>(null)
  // Back where its user was before the editor.
  useLayoutEffect(() => {
    if (takeFocus(buttonOf(message.id))) button.current?.focus()
  }, [message.id])
  return (
    <div className={styles.said}>
      <div className={styles.bubble} dir="auto">
        {text}
      </div>
      <IconButton
        ref={button}
        label="Edit message"
        className={styles.edit}
        onClick={() => openEdit(message.id, text, 'message')}
      >
        <Pencil />
      </IconButton>
    </div>
  )
}
