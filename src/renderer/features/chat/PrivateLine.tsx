import { HatGlasses } from 'lucide-react'
import styles from './PrivateLine.module.css'

/** Below the title of a private conversation for as long as it is open. */
export function PrivateLine() {
  return (
    <p className={styles.line} role="note">
      <HatGlasses />
      <span>
        <strong>Private:</strong> kept in memory, gone when Latchkey quits.
      </span>
      <span className={styles.more}>What it costs stays in Spend.</span>
    </p>
  )
}
