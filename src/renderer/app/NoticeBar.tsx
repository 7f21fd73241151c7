import type { ReactNode } from 'react'
import styles from './NoticeBar.module.css'

interface NoticeBarProps {
  /** What it is about, for those who go from landmark to landmark. */
  readonly label: string
  readonly text: string
  /** Buttons. */
  readonly children: ReactNode
}

/** One calm line above the page, with what can be done about it. */
export function NoticeBar({ label, text, children }: NoticeBarProps) {
  return (
    <section className={styles.notice} aria-label={label}>
      <p className={styles.text}>{text}</p>
      {children}
    </section>
  )
}
