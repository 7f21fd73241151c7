import { memo } from 'react'
import { textOf } from '../../../core/conversation'
import type { MessageView } from '../../../shared/ipc/views'
import { VisuallyHidden } from '../../ui/VisuallyHidden'
import styles from './Message.module.css'

/** A message of the user: the only one with a bubble. */
export const Question = memo(function Question({
  message,
  number,
}: {
  readonly message: MessageView
  readonly number: number
}) {
  const headingId = `${message.id}-heading`
  return (
    <article className={styles.question} aria-labelledby={headingId}>
      <h2 id={headingId} className={styles.hiddenHeading}>
        <VisuallyHidden>You, message {number}</VisuallyHidden>
      </h2>
      <div className={styles.bubble} dir="auto">
        {textOf(message.parts)}
      </div>
    </article>
  )
})
