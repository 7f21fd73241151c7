import type { ComponentProps } from 'react'
import styles from './TextButton.module.css'

interface TextButtonProps extends Omit<ComponentProps<'button'>, 'type'> {
  /** In the colour of what stands around it, until it is pointed at. */
  readonly plain?: boolean
}

/** A way on that stands in a text or a row, and looks like a link. */
export function TextButton({ plain = false, className, ...button }: TextButtonProps) {
  return (
    <button
      {...button}
      type="button"
      className={className === undefined ? styles.button : `${styles.button} ${className}`}
      data-plain={plain}
    />
  )
}
