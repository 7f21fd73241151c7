import type { MouseEvent } from 'react'
import styles from './Markdown.module.css'

/** The mark of a footnote in the text. It goes there without an address, so that nothing navigates. */
export function NoteMark({ number }: { readonly number: number }) {
  return (
    <sup className={styles.noteMark}>
      <button
        type="button"
        aria-label={`Footnote ${number}`}
        data-note-mark={number}
        onClick={(event) => go(event, `[data-note="${number}"]`)}
      >
        {number}
      </button>
    </sup>
  )
}

/** The way back from a footnote to its first mark. */
export function NoteReturn({ number }: { readonly number: number }) {
  return (
    <button
      className={styles.noteReturn}
      type="button"
      aria-label={`Back to the text of footnote ${number}`}
      onClick={(event) => go(event, `[data-note-mark="${number}"]`)}
    >
      ↩
    </button>
  )
}

function go(event: MouseEvent<HTMLButtonElement>, to: string): void {
  const target = event.currentTarget.closest(`.${styles.prose}`)?.querySelector<HTMLElement>(to)
  target?.focus({ preventScroll: true })
  target?.scrollIntoView({ block: 'nearest' })
}
