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
import { QuestionActions } from './QuestionActions'

interface QuestionProps {
  readonly message: MessageView
  readonly number: number
  readonly acts: AnswerActs
}

/** A message of the user: the only one with a bubble. Its editor stands in its place. */
export const Question = memo(function Question({ message, number, acts }: QuestionProps) {
  const body = useRef<HTMLDivElement>(null)
  const text = textOf(message.parts)
  const headingId = `${message.id}-heading`
  const edited = useIsEdited(message.id)
  const { branch } = message
  return (
    <article className={styles.question} aria-labelledby={headingId}>
      <h2 id={headingId} className={styles.hiddenHeading}>
        <VisuallyHidden>You, message {number}</VisuallyHidden>
      </h2>
      {edited ? (
        <acts.Editor message={message} />
      ) : (
        <div ref={body} className={styles.bubble} dir="auto">
          {text}
        </div>
      )}
      {(!edited || branch !== null) && (
        <footer className={styles.own}>
          {!edited && (
            <QuestionActions text={text} body={body} onQuote={acts.quote}>
              <EditButton message={message} text={text} />
            </QuestionActions>
          )}
          {branch !== null && <BranchSwitch id={message.id} branch={branch} onShow={acts.showBranch} />}
        </footer>
      )}
    </article>
  )
})

function EditButton({ message, text }: { readonly message: MessageView; readonly text: string }) {
  const button = useRef<HTMLButtonElement>(null)
  // Back where its user was before the editor.
  useLayoutEffect(() => {
    if (takeFocus(buttonOf(message.id))) button.current?.focus()
  }, [message.id])
  return (
    <IconButton ref={button} label="Edit message" onClick={() => openEdit(message.id, text, 'message')}>
      <Pencil />
    </IconButton>
  )
}
