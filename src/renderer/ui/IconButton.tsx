import type { ComponentProps, ReactNode } from 'react'
import { classNames } from '../lib/class-names'
import { ariaShortcut, isMac, shortcutWords, type Shortcut } from '../lib/keyboard'
import styles from './IconButton.module.css'

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'type' | 'aria-label'> {
  /** The name for those who cannot see the icon, and the tooltip for those who can. */
  readonly label: string
  /** Keys that do the same. */
  readonly shortcut?: Shortcut
  readonly children: ReactNode
}

/** A button that shows only an icon, and is never without a name. */
export function IconButton({ label, shortcut, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={shortcut === undefined ? label : `${label} (${shortcutWords(shortcut, isMac())})`}
      {...(shortcut === undefined ? {} : { 'aria-keyshortcuts': ariaShortcut(shortcut, isMac()) })}
      className={classNames(styles.iconButton, className)}
      {...rest}
    />
  )
}
