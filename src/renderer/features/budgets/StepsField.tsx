import { useId, type Ref } from 'react'
import type { BudgetAction } from '../../../core/budget'
import { Checkbox } from '../../ui/Checkbox'
import type { StepsFields } from './budget-form'
import styles from './StepsField.module.css'

interface StepsFieldProps {
  readonly ref: Ref<HTMLFieldSetElement>
  /** Those that are offered, the mildest first. */
  readonly actions: readonly BudgetAction[]
  readonly steps: StepsFields
  readonly error: string | null
  readonly onChange: (steps: StepsFields) => void
}

const WORDS: Readonly<Record<BudgetAction, { readonly label: string; readonly meaning: string }>> = {
  warn: { label: 'Warn at', meaning: 'A line above your message says so.' },
  ask: { label: 'Ask at', meaning: 'A message that may pass this leaves only when you say so.' },
  block: { label: 'Block at', meaning: 'Nothing more leaves. Answers are shortened to what is left.' },
}

/** What happens on the way to the limit. */
export function StepsField({ ref, actions, steps, error, onChange }: StepsFieldProps) {
  const id = useId()
  return (
    <fieldset ref={ref} className={styles.steps} {...(error === null ? {} : { 'aria-describedby': `${id}-error` })}>
      <legend>What happens</legend>
      {actions.map((action) => {
        const { label, meaning } = WORDS[action]
        const { on, percent } = steps[action]
        const change = (next: Partial<typeof steps.warn>) => onChange({ ...steps, [action]: { on, percent, ...next } })
        return (
          <div key={action} className={styles.step}>
            <Checkbox label={label} checked={on} onChange={(checked) => change({ on: checked })} />
            <span className={styles.percent}>
              <input
                aria-label={`${label}, percent of the limit`}
                aria-describedby={`${id}-${action}`}
                aria-invalid={error !== null && on}
                type="text"
                inputMode="numeric"
                autoComplete="off"
                maxLength={4}
                value={percent}
                disabled={!on}
                onChange={(event) => change({ percent: event.currentTarget.value })}
              />
              %
            </span>
            <p id={`${id}-${action}`} className={styles.meaning}>
              {meaning}
            </p>
          </div>
        )
      })}
      {error !== null && (
        <p id={`${id}-error`} className={styles.error} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  )
}
