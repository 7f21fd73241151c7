import type { ReactNode } from 'react'
import { classNames } from '../lib/class-names'
import { directionOf } from './direction'
import { renderInner } from './block'
import type { NotesToken } from './footnotes'
import type { Context } from './inline'
import styles from './Markdown.module.css'
import { NoteReturn } from './NoteMark'

/** The footnotes below an answer. A group rather than a region: ten answers have no ten landmarks. */
export function renderNotes({ notes }: NotesToken, context: Context): ReactNode {
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- None of those tags is a plain group.
    <div className={styles.notes} role="group" aria-label="Footnotes">
      <ol className={classNames(styles.list, styles.contained)}>
        {notes.map(({ token, marked }, index) => (
          <li key={token.label} data-note={index + 1} tabIndex={-1} dir={directionOf(token)}>
            {renderInner(token.tokens, context)}
            {marked ? <NoteReturn number={index + 1} /> : null}
          </li>
        ))}
      </ol>
    </div>
  )
}
