import { useLayoutEffect, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react'
import { textOf } from '../../../core/conversation'
import type { MessageView, SendKey } from '../../../shared/ipc/views'
import { takeFocus, wishFocus } from '../../lib/focus-wish'
import { unlessComposing } from '../../lib/ime'
import { sends } from '../../lib/send-keys'
import { Button } from '../../ui/Button'
import { Notice } from '../../ui/Notice'
import { showDraftIn } from './draft-field'
import { draftOf, draftsStore, useHasDraft } from './drafts-store'
import { buttonOf, closeEdit, fieldOf, isChanged } from './edits-store'
import { MessageBox } from './MessageBox'
import styles from './MessageEditor.module.css'

interface MessageEditorProps {
  readonly message: MessageView
  readonly fieldRef: RefObject<HTMLTextAreaElement | null>
  /** Where the focus goes when an edit is given up that was begun there. */
  readonly composerRef: RefObject<HTMLTextAreaElement | null>
  /** An answer runs, or a message is on its way: nothing can be sent now. */
  readonly busy: boolean
  readonly sendKey: SendKey
  readonly onSend: (text: string) => void
  /** Stands above the text, such as why it was not accepted. */
  readonly notice?: ReactNode
  /** Stands beside the buttons, such as what sending would cost. */
  readonly status?: ReactNode
  /** The id of what says more of the message than is seen. */
  readonly describedBy?: string
}

/** A message of the user's own while it is edited, as it was written. What is sent becomes another version of it. */
export function MessageEditor({
  message,
  fieldRef,
  composerRef,
  busy,
  sendKey,
  onSend,
  notice,
  status,
  describedBy,
}: MessageEditorProps) {
  const { id } = message
  const original = textOf(message.parts)
  const [asking, setAsking] = useState(false)
  const ready = useHasDraft(id) && !busy

  useLayoutEffect(() => showDraftIn(fieldRef, id), [id, fieldRef])
  useLayoutEffect(() => {
    const field = fieldRef.current
    if (field === null || !takeFocus(fieldOf(id))) return
    field.focus()
    field.setSelectionRange(field.value.length, field.value.length)
  }, [id, fieldRef])

  function giveUp(): void {
    if (closeEdit(id) === 'composer') composerRef.current?.focus()
    else wishFocus(buttonOf(id))
  }

  /** What was changed is not thrown away by a key alone. */
  function cancel(): void {
    if (!isChanged(id, original)) return giveUp()
    setAsking(true)
    fieldRef.current?.focus()
  }

  function send(): void {
    if (ready) onSend(draftOf(id))
    fieldRef.current?.focus()
  }

  function press(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      // Nothing else in the window is meant.
      event.stopPropagation()
      event.preventDefault()
      if (asking) setAsking(false)
      else cancel()
    } else if (event.target instanceof HTMLTextAreaElement && sends(event, sendKey)) {
      event.preventDefault()
      send()
    }
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Escape is for all of it
    <div className={styles.editor} onKeyDown={(event) => unlessComposing(press)(event)}>
      {notice}
      {asking && (
        <Notice
          kind="warn"
          title="Discard your changes?"
          alert
          actions={
            <>
              <Button small onClick={giveUp}>
                Discard
              </Button>
              <Button
                kind="quiet"
                small
                onClick={() => {
                  setAsking(false)
                  fieldRef.current?.focus()
                }}
              >
                Keep editing
              </Button>
            </>
          }
        />
      )}
      <MessageBox
        tall
        ref={fieldRef}
        aria-label="Edit message"
        aria-describedby={describedBy}
        onChange={(event) => {
          setAsking(false)
          draftsStore.getState().keep(id, event.currentTarget.value)
        }}
      >
        {status}
        <Button kind="quiet" small onClick={cancel}>
          Cancel
        </Button>
        <Button
          kind="primary"
          small
          aria-disabled={!ready}
          title={busy ? 'Once this answer has ended' : undefined}
          onClick={send}
        >
          Send
        </Button>
      </MessageBox>
    </div>
  )
}
