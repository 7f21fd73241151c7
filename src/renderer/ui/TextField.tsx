import { useId, type ComponentProps, type ReactNode } from 'react'
import { classNames } from '../lib/class-names'
import styles from './TextField.module.css'

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'id' | 'type'> {
  readonly label: string
  readonly type?: 'text' | 'password' | 'url' | 'date'
  readonly icon?: ReactNode
  /** What the number in the field counts, shown behind it. */
  readonly unit?: string
  /** Said under the field when its content was refused. */
  readonly error?: string | null
  /** Said under the field at other times. */
  readonly hint?: ReactNode
  /** Stands beside the field in the same row, such as the button that sends it. */
  readonly beside?: ReactNode
}

/** One line of text with its label, and one sentence under it when something is wrong. */
export function TextField({
  label,
  type = 'text',
  icon,
  unit,
  error = null,
  hint,
  beside,
  className,
  ...rest
}: TextFieldProps) {
  const id = useId()
  const note = error ?? hint
  const described = [unit !== undefined && `${id}-unit`, note !== undefined && `${id}-note`].filter(Boolean).join(' ')
  return (
    <div className={classNames(styles.textField, className)}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <div className={styles.row}>
        <span className={styles.box}>
          {icon}
          <input
            id={id}
            type={type}
            autoComplete="off"
            spellCheck={false}
            aria-invalid={error !== null}
            {...(described === '' ? {} : { 'aria-describedby': described })}
            {...rest}
          />
          {unit !== undefined && (
            <span id={`${id}-unit`} className={styles.unit}>
              {unit}
            </span>
          )}
        </span>
        {beside}
      </div>
      {note !== undefined && (
        <p
          id={`${id}-note`}
          className={error === null ? styles.hint : styles.error}
          {...(error === null ? {} : { role: 'alert' })}
        >
          {note}
        </p>
      )}
    </div>
  )
}
