import { ArrowDown } from 'lucide-react'
import { useImperativeHandle, type Ref } from 'react'
import type { TurnId } from '../../../core/ids'
import type { ConversationView } from '../../../shared/ipc/views'
import { Button } from '../../ui/Button'
import { Answer } from './Answer'
import type { AnswerActs } from './answer-acts'
import { Question } from './Question'
import styles from './Transcript.module.css'
import { useFollow } from './use-follow'

export interface TranscriptHandle {
  /** Shows the end, as after sending. */
  jump(): void
}

interface TranscriptProps {
  readonly conversation: ConversationView
  readonly freshFailure: TurnId | null
  readonly acts: AnswerActs
  readonly ref?: Ref<TranscriptHandle>
}

/**
 * The messages of a conversation, oldest first. The log is not live: a region that reads every token aloud is of no
 * use; the announcer says what matters.
 */
export function Transcript({ conversation, freshFailure, acts, ref }: TranscriptProps) {
  const { log, content, following, jump } = useFollow()
  useImperativeHandle(ref, () => ({ jump }), [jump])
  const lastId = conversation.runningTurn === null ? conversation.messages.at(-1)?.id : undefined
  const questions = conversation.messages.filter((message) => message.role === 'user')
  return (
    <div className={styles.transcript}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scroller must be in reach of the keyboard */}
      <div ref={log} className={styles.log} role="log" aria-label="Conversation" aria-live="off" tabIndex={0}>
        <div ref={content} className={styles.column}>
          {conversation.messages.map((message) =>
            message.role === 'user' ? (
              <Question key={message.id} message={message} number={questions.indexOf(message) + 1} />
            ) : (
              <Answer
                key={message.id}
                message={message}
                last={message.id === lastId}
                waiting={message.id === conversation.runningTurn?.messageId ? conversation.runningTurn.waiting : null}
                fresh={message.turnId === freshFailure}
                acts={acts}
              />
            ),
          )}
        </div>
      </div>
      {!following && (
        <Button
          small
          className={styles.jump}
          onClick={() => {
            jump()
            // The button goes away, and the focus on it would go with it.
            log.current?.focus()
          }}
        >
          <ArrowDown />
          Jump to latest
        </Button>
      )}
    </div>
  )
}
