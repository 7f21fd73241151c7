import { useId, type Ref } from 'react'
import type { RetentionFields, RetentionKind } from '../lib/retention-words'
import { RadioList } from './RadioList'
import styles from './RetentionChoice.module.css'

interface RetentionChoiceProps {
  readonly label: string
  /** How long everything is kept, in words; only where one thing may be kept as long as that. */
  readonly general?: string
  readonly fields: RetentionFields
  /** What is wrong with the number of days. */
  readonly error: string | null
  readonly onChange: (fields: RetentionFields) => void
  /** The choice that is made. */
  readonly chosen?: Ref<HTMLInputElement>
}

const MEANINGS: Readonly<Record<Exclude<RetentionKind, 'general'>, readonly [label: string, meaning: string]>> = {
  forever: ['For ever', 'Nothing is deleted by itself.'],
  days: ['For a number of days', 'Counted from the last message; then deleted from this computer, within a day.'],
  until_quit: ['Until Latchkey quits', 'Deleted from this computer whenever Latchkey closes.'],
}

/** How long conversations, or one of them, are kept. */
export function RetentionChoice({ label, general, fields, error, onChange, chosen }: RetentionChoiceProps) {
  const id = useId()
  const days = (
    <>
      <span className={styles.days}>
        <input
          aria-label="Days"
          type="text"
          inputMode="numeric"
          autoComplete="off"
          maxLength={4}
          value={fields.days}
          aria-invalid={error !== null}
          {...(error === null ? {} : { 'aria-describedby': `${id}-error` })}
          onChange={(event) => onChange({ ...fields, days: event.currentTarget.value })}
        />
        days
      </span>
      {error !== null && (
        <p id={`${id}-error`} className={styles.error} role="alert">
          {error}
        </p>
      )}
    </>
  )
  const own = (['forever', 'days', 'until_quit'] as const).map((value) => {
    const [name, meaning] = MEANINGS[value]
    return { value, label: name, meaning, ...(value === 'days' ? { more: days } : {}) }
  })
  const choices: Parameters<typeof RadioList<RetentionKind>>[0]['choices'] =
    general === undefined
      ? own
      : [{ value: 'general', label: 'As all conversations', meaning: `Now ${general}.` }, ...own]
  return (
    <RadioList
      label={label}
      choices={choices}
      value={fields.kind}
      onChange={(kind) => onChange({ ...fields, kind })}
      {...(chosen === undefined ? {} : { chosen })}
    />
  )
}
