import { useEffect, useRef, type KeyboardEvent } from 'react'
import { unlessComposing } from '../../lib/ime'
import styles from './ConversationList.module.css'

/** The longest title the main process takes. */
const MAX_TITLE = 200

interface TitleFieldProps {
  readonly title: string
  /** The new title, or null to leave it; `byKey` when the focus is still here and has to go somewhere. */
  readonly onDone: (title: string | null, byKey: boolean) => void
}

/** The title of a conversation while it is being changed, in the place of its row. */
export function TitleField({ title, onDone }: TitleFieldProps) {
  const field = useRef<HTMLInputElement>(null)
  // Taking the field away is a blur too, which would save what Escape has dropped.
  const done = useRef(false)

  useEffect(() => field.current?.select(), [])

  function end(text: string | null, byKey: boolean): void {
    if (done.current) return
    done.current = true
    const next = text?.trim() ?? ''
    onDone(next === '' || next === title ? null : next, byKey)
  }

  function press(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.key !== 'Enter' && event.key !== 'Escape') return
    event.preventDefault()
    // Neither stops the answer nor closes the drawer.
    event.stopPropagation()
    end(event.key === 'Enter' ? event.currentTarget.value : null, true)
  }

  return (
    <input
      ref={field}
      className={styles.field}
      aria-label="Title"
      defaultValue={title}
      maxLength={MAX_TITLE}
      dir="auto"
      autoComplete="off"
      spellCheck={false}
      onKeyDown={(event) => unlessComposing(press)(event)}
      onBlur={(event) => end(event.currentTarget.value, false)}
    />
  )
}
