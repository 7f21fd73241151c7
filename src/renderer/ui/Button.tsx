import type { ComponentProps } from 'react'
import { classNames } from '../lib/class-names'
import styles from './Button.module.css'

interface ButtonProps extends Omit<ComponentProps<'button'>, 'type'> {
  readonly kind?: 'plain' | 'primary' | 'quiet' | 'danger'
  readonly type?: 'button' | 'submit'
  readonly small?: boolean
}

/** A button with a word on it. At most one `primary` per view. */
export function Button({ kind = 'plain', type = 'button', small = false, className, ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      className={classNames(styles.button, styles[kind], small && styles.small, className)}
      {...rest}
    />
  )
}
