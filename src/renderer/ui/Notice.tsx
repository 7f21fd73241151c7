import { CircleAlert, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from '../lib/class-names'
import styles from './Notice.module.css'

interface NoticeProps {
  /** Red is for what failed, amber for what waits for a decision. */
  readonly kind: 'danger' | 'warn'
  readonly title: string
  readonly children?: ReactNode
  /** Announced at once; only for what has just happened. */
  readonly alert?: boolean
  /** Buttons. */
  readonly actions?: ReactNode
  readonly details?: ReactNode
}

/** What happened and what to do about it, in place. */
export function Notice({ kind, title, children, alert = false, actions, details }: NoticeProps) {
  const Icon = kind === 'danger' ? CircleAlert : TriangleAlert
  return (
    <div className={classNames(styles.notice, styles[kind])} {...(alert ? { role: 'alert' } : {})}>
      <Icon />
      <p className={styles.title}>{title}</p>
      {children !== undefined && <p className={styles.text}>{children}</p>}
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      {details !== undefined && <div className={styles.details}>{details}</div>}
    </div>
  )
}
