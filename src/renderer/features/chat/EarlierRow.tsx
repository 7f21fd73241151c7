import { RotateCw } from 'lucide-react'
import { Button } from '../../ui/Button'
import styles from './EarlierRow.module.css'

interface EarlierRowProps {
  readonly failed: boolean
  readonly onRetry: () => void
}

/** Above the first message that is shown, where there are earlier ones. */
export function EarlierRow({ failed, onRetry }: EarlierRowProps) {
  return (
    <div className={styles.row}>
      {failed ? (
        <>
          <span role="alert">Could not load earlier messages.</span>
          <Button kind="quiet" small onClick={onRetry}>
            <RotateCw />
            Try again
          </Button>
        </>
      ) : (
        'Loading earlier messages …'
      )}
    </div>
  )
}
