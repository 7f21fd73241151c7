import { ArrowUp, Square } from 'lucide-react'
import { useLayoutEffect, type KeyboardEvent, type ReactNode, type RefObject } from 'react'
import type { SendKey } from '../../../shared/ipc/views'
import { unlessComposing } from '../../lib/ime'
import { isMac } from '../../lib/keyboard'
import { sendKeyName, sends } from '../../lib/send-keys'
import styles from './Composer.module.css'
import { MessageBox } from './MessageBox'
import { hintWords } from './composer-words'
import { showDraftIn } from './draft-field'
import { draftOf, draftsStore, useHasDraft, type DraftKey } from './drafts-store'
import { QueuedMessage } from './QueuedMessage'

interface ComposerProps {
  readonly draftKey: DraftKey
  /** The model's name, for the placeholder. */
  readonly modelName: string
  readonly fieldRef: RefObject<HTMLTextAreaElement | null>
  /** Whether this conversation's answer runs. */
  readonly running: boolean
  /** Whether a message is on its way and not yet accepted. */
  readonly sending: boolean
  readonly sendKey: SendKey
  /** What waits for the answer that runs. */
  readonly queued: string | null
  /** The text stays until it is accepted. */
  readonly onSend: (text: string) => void
  /** Up was pressed where nothing stands. False where there is nothing to edit. */
  readonly onEditLast: () => boolean
  readonly onStop: () => void
  /** Stands above the text, such as why a message was not accepted. */
  readonly notice?: ReactNode
  /** Stands beside the button, such as what sending would cost. */
  readonly status?: ReactNode
  /** The id of what says more of the message than is seen. */
  readonly describedBy?: string
}

/** Where messages are written. Send becomes Stop, in the same place, while the answer runs. */
export function Composer({
  draftKey,
  modelName,
  fieldRef,
  running,
  sending,
  sendKey,
  queued,
  onSend,
  onEditLast,
  onStop,
  notice,
  status,
  describedBy,
}: ComposerProps) {
  const ready = useHasDraft(draftKey) && !sending

  useLayoutEffect(() => {
    const end = showDraftIn(fieldRef, draftKey)
    fieldRef.current?.focus()
    return end
  }, [draftKey, fieldRef])

  function send(): void {
    if (running) draftsStore.getState().queue(draftKey)
    else if (ready) onSend(draftOf(draftKey))
  }

  function press(event: KeyboardEvent): void {
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event
    if (key === 'ArrowUp' && !(altKey || ctrlKey || metaKey || shiftKey) && draftOf(draftKey) === '') {
      // What waits is newer than what was sent.
      if (queued !== null) draftsStore.getState().takeBack(draftKey)
      else if (!onEditLast()) return
      return event.preventDefault()
    }
    if (!sends(event, sendKey)) return
    event.preventDefault()
    send()
  }

  function act(): void {
    if (running) onStop()
    else send()
    fieldRef.current?.focus()
  }

  return (
    <div className={styles.dock}>
      {notice}
      <div aria-live="polite" className={styles.waiting}>
        {queued !== null && (
          <QueuedMessage
            text={queued}
            onEdit={() => {
              draftsStore.getState().takeBack(draftKey)
              fieldRef.current?.focus()
            }}
            onRemove={() => {
              draftsStore.getState().unqueue(draftKey)
              fieldRef.current?.focus()
            }}
          />
        )}
      </div>
      <MessageBox
        ref={fieldRef}
        aria-label="Message"
        aria-describedby={describedBy}
        placeholder={`Message ${modelName}`}
        onChange={(event) => draftsStore.getState().keep(draftKey, event.currentTarget.value)}
        onKeyDown={unlessComposing(press)}
      >
        <span className={styles.hint}>{hintWords(sendKeyName(sendKey, isMac()), running, queued !== null)}</span>
        {status}
        <button
          type="button"
          className={running ? styles.stop : styles.send}
          aria-label={running ? 'Stop' : 'Send'}
          title={running ? 'Stop (Esc)' : 'Send'}
          aria-disabled={!running && !ready}
          onClick={act}
        >
          {running ? <Square className={styles.square} /> : <ArrowUp />}
        </button>
      </MessageBox>
    </div>
  )
}
