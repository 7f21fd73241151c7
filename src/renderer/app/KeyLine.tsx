import type { ConnectionView } from '../../shared/ipc/views'
import { expiryLine } from '../features/vault/key-facts'
import { useToday } from '../lib/use-today'
import { Button } from '../ui/Button'
import styles from './KeyLine.module.css'

interface KeyLineProps {
  readonly connection: ConnectionView
  readonly onReplace: () => void
}

/** A quiet word over the message while the key it would go out with expires, or has. */
export function KeyLine({ connection, onReplace }: KeyLineProps) {
  const { atMs } = useToday()
  const line = expiryLine(connection, atMs)
  return (
    line !== null && (
      <p className={styles.line}>
        <span>{line}</span>
        <Button kind="quiet" small onClick={onReplace}>
          Replace key
        </Button>
      </p>
    )
  )
}
