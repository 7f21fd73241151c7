import type { ComponentProps, ReactNode } from 'react'
import styles from './MessageBox.module.css'

interface Props extends Omit<ComponentProps<'textarea'>, 'className' | 'rows' | 'autoComplete'> {
  /** For a message that is there already: it may take more of the window. */
  readonly tall?: boolean
  /** Below the text, at the end of the line. */
  readonly children: ReactNode
}

/** Where a message is written: a text that grows with what is in it, and what can be done with it. */
export function MessageBox({ tall = false, children, ...field }: Props) {
  return (
    <div className={styles.box} data-tall={tall}>
      {/* The browser keeps no copy of what stands in it. */}
      <textarea {...field} autoComplete="off" className={styles.text} rows={1} />
      <div className={styles.tools}>{children}</div>
    </div>
  )
}
