import { useId, type Ref } from 'react'
import { Segments } from '../../ui/Segments'
import type { StepChoice, StepFields, StepsFields } from './budget-form'
import styles from './StepsField.module.css'

interface StepsFieldProps {
  readonly ref: Ref<HTMLFieldSetElement>
  readonly steps: StepsFields
  readonly error: string | null
  readonly onChange: (steps: StepsFields) => void
}

const CHOICES: readonly { readonly value: StepChoice; readonly label: string }[] = [
  { value: 'none', label: 'Nothing' },
  { value: 'warn', label: 'Warn' },
  { value: 'ask', label: 'Ask' },
  { value: 'block', label: 'Block' },
]

const MEANINGS = [
  { word: 'Warn', meaning: 'a line above your message says so.' },
  { word: 'Ask', meaning: 'a message that may pass this leaves only when you say so.' },
  { word: 'Block', meaning: 'nothing more leaves; answers are shortened to what is left.' },
]

/** What happens on the way to the limit. */
export function StepsField({ ref, steps, error, onChange }: StepsFieldProps) {
  const id = useId()
  const change = (at: number, next: Partial<StepFields>): void =>
    onChange(steps.map((step, index) => (index === at ? { ...step, ...next } : step)))
  return (
    <fieldset
      ref={ref}
      className={styles.steps}
      aria-describedby={error === null ? `${id}-meaning` : `${id}-error ${id}-meaning`}
    >
      <legend>What happens</legend>
      {steps.map(({ percent, choice }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- Steps have no name but their place, and none is added, removed or moved.
        <div key={index} className={styles.step}>
          <span className={styles.percent}>
            <span aria-hidden="true">At</span>
            <input
              aria-label={`Step ${index + 1}, percent of the limit`}
              aria-invalid={error !== null && choice !== 'none'}
              type="text"
              inputMode="numeric"
              autoComplete="off"
              maxLength={4}
              value={percent}
              disabled={choice === 'none'}
              onChange={(event) => change(index, { percent: event.currentTarget.value })}
            />
            %
          </span>
          <Segments
            label={`At ${percent} percent`}
            options={CHOICES}
            value={choice}
            onChange={(next) => change(index, { choice: next })}
          />
        </div>
      ))}
      {error !== null && (
        <p id={`${id}-error`} className={styles.error} role="alert">
          {error}
        </p>
      )}
      <ul id={`${id}-meaning`} className={styles.meaning}>
        {MEANINGS.map(({ word, meaning }) => (
          <li key={word}>
            <strong>{word}</strong>: {meaning}
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
