import { TriangleAlert } from 'lucide-react'
import type { StoredKeyView } from '../../../shared/ipc/views'
import { keyFacts, keyWarning, limitWords } from './key-facts'
import styles from './KeyFacts.module.css'

interface KeyFactsProps {
  readonly storedKey: StoredKeyView
  readonly nowMs: number
}

/** What a key has cost, when it was used, when it expires; and when it wants to be replaced. */
export function KeyFacts({ storedKey, nowMs }: KeyFactsProps) {
  const warning = keyWarning(storedKey, nowMs)
  return (
    <>
      <p className={styles.facts}>{keyFacts(storedKey, nowMs)}</p>
      {storedKey.limit !== null && <p className={styles.facts}>{limitWords(storedKey.limit, nowMs)}</p>}
      {warning !== null && (
        <p className={styles.warning}>
          <TriangleAlert />
          {warning}
        </p>
      )}
    </>
  )
}
