import { useId } from 'react'
import { useSettings } from './settings-store'
import { SettingsSection } from './SettingsSection'
import styles from './StopChoice.module.css'
import { useKept } from './use-kept'

const MODES = [
  {
    mode: 'end',
    label: 'End the request',
    meaning: 'You stop paying at once. What the answer cost is then an estimate.',
  },
  {
    mode: 'count',
    label: 'Let it run unseen',
    meaning: 'The provider writes on to the end. The cost is exact, and may be higher.',
  },
] as const

/** What Stop does to an answer that is being written. */
export function StopChoice() {
  const stopMode = useSettings((state) => state.stopMode)
  const setStopMode = useSettings((state) => state.setStopMode)
  const { error, keep } = useKept()
  const id = useId()
  return (
    <SettingsSection title="Stop" about="What stopping an answer does." error={error}>
      <div role="radiogroup" aria-label="When an answer is stopped" className={styles.modes}>
        {MODES.map(({ mode, label, meaning }) => (
          <label key={mode} className={styles.mode}>
            <input
              type="radio"
              name={id}
              checked={mode === stopMode}
              aria-describedby={`${id}-${mode}`}
              onChange={() => keep(setStopMode(mode))}
            />
            <span>{label}</span>
            <span id={`${id}-${mode}`} className={styles.meaning}>
              {meaning}
            </span>
          </label>
        ))}
      </div>
    </SettingsSection>
  )
}
