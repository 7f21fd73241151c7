import { Pencil, X } from 'lucide-react'
import { IconButton } from '../../ui/IconButton'
import styles from './QueuedMessage.module.css'

interface QueuedMessageProps {
  readonly text: string
  readonly onEdit: () => void
  readonly onRemove: () => void
}

/** A message that waits for the answer before it. */
export function QueuedMessage({ text, onEdit, onRemove }: QueuedMessageProps) {
  return (
    <div className={styles.queued}>
      <p className={styles.label}>Sent once this answer is complete</p>
      <p className={styles.text} dir="auto">
        {text}
      </p>
      <span className={styles.actions}>
        <IconButton label="Edit the waiting message" onClick={onEdit}>
          <Pencil />
        </IconButton>
        <IconButton label="Remove the waiting message" onClick={onRemove}>
          <X />
        </IconButton>
      </span>
    </div>
  )
}
