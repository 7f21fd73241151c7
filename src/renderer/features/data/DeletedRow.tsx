import type { DeletedView } from '../../../shared/ipc/data-views'
import { Button } from '../../ui/Button'
import styles from './DeletedPage.module.css'
import { deletedWords } from './deleted-words'

interface DeletedRowProps {
  readonly conversation: DeletedView
  /** An instant of today. */
  readonly nowMs: number
  readonly onRestore: (conversation: DeletedView) => void
  readonly onDelete: (conversation: DeletedView) => void
}

/** A deleted conversation, with what can be done to it. */
export function DeletedRow({ conversation, nowMs, onRestore, onDelete }: DeletedRowProps) {
  const { id, title } = conversation
  return (
    <li className={styles.row} data-deleted={id}>
      <p className={styles.title} title={title} dir="auto">
        {title}
      </p>
      <p className={styles.facts}>{deletedWords(conversation, nowMs)}</p>
      <div className={styles.acts}>
        <Button small aria-label={`Restore “${title}”`} data-act="restore" onClick={() => onRestore(conversation)}>
          Restore
        </Button>
        <Button
          small
          kind="quiet"
          aria-label={`Delete now … “${title}”`}
          data-act="delete"
          onClick={() => onDelete(conversation)}
        >
          Delete now …
        </Button>
      </div>
    </li>
  )
}
