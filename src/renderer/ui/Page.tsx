import type { ReactNode, Ref } from 'react'
import styles from './Page.module.css'

interface PageProps {
  readonly title: string
  /** Stands before the title, such as the button that opens the sidebar. */
  readonly leading?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
  /** What scrolls. */
  readonly bodyRef?: Ref<HTMLDivElement>
}

/** A page that is not a conversation: a large title, then content that scrolls. */
export function Page({ title, leading, actions, children, bodyRef }: PageProps) {
  return (
    <>
      <header className={styles.head}>
        {leading}
        <h1 className={styles.title}>{title}</h1>
        {actions}
      </header>
      <div ref={bodyRef} className={styles.body}>
        {children}
      </div>
    </>
  )
}
