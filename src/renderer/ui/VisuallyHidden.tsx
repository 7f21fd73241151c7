import type { ComponentProps } from 'react'
import styles from './VisuallyHidden.module.css'

/** Text for assistive technology only. */
export function VisuallyHidden(props: ComponentProps<'span'>) {
  return <span className={styles.hidden} {...props} />
}
