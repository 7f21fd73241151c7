import type { ComponentProps, ReactNode } from 'react'
import { classNames } from '../lib/class-names'
import styles from './IconButton.module.css'

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'type' | 'aria-label' | 'title'> {
  /** The name for those who cannot see the icon, and the tooltip for those who can. */
  readonly label: string
  readonly children: ReactNode
}

/** A button that shows only an icon, and is never without a name. */
export function IconButton({ label, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={classNames(styles.iconButton, className)}
      {...rest}
    />
  )
}
