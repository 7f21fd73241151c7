import type { ReactNode } from 'react'
import styles from './EmptyConversation.module.css'

/** What stands where the messages will be: one sentence, and one button where something is missing. */
export function EmptyConversation({ children, action }: { readonly children: ReactNode; readonly action?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <p>{children}</p>
      {action}
    </div>
  )
}
