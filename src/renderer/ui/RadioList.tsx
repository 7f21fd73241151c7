import { useId, type ReactNode, type Ref } from 'react'
import styles from './RadioList.module.css'

interface RadioListProps<Value extends string> {
  /** Of the group, for those who cannot see what it stands beside. */
  readonly label: string
  readonly choices: readonly {
    readonly value: Value
    readonly label: string
    readonly meaning: string
    /** What has to be said with it, such as a number; while it is chosen. */
    readonly more?: ReactNode
  }[]
  readonly value: Value
  readonly onChange: (value: Value) => void
  /** The choice that is made. */
  readonly chosen?: Ref<HTMLInputElement>
}

/** One of a few, each with a sentence of what it means. */
export function RadioList<Value extends string>({ label, choices, value, onChange, chosen }: RadioListProps<Value>) {
  const id = useId()
  return (
    <div role="radiogroup" aria-label={label} className={styles.list}>
      {choices.map((choice) => (
        <div key={choice.value} className={styles.row}>
          <label className={styles.choice}>
            <input
              type="radio"
              name={id}
              checked={choice.value === value}
              {...(choice.value === value && chosen !== undefined ? { ref: chosen } : {})}
              aria-describedby={`${id}-${choice.value}`}
              onChange={() => onChange(choice.value)}
            />
            <span>{choice.label}</span>
            <span id={`${id}-${choice.value}`} className={styles.meaning}>
              {choice.meaning}
            </span>
          </label>
          {choice.value === value && choice.more !== undefined && <div className={styles.more}>{choice.more}</div>}
        </div>
      ))}
    </div>
  )
}
