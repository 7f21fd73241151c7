import { useEffect, useRef } from 'react'
import type { BackgroundView } from '../../../shared/ipc/views'
import styles from './BackgroundSwitches.module.css'
import { useSettings } from './settings-store'
import { BACKGROUND, backgroundSummary } from './settings-words'
import { SettingsSection } from './SettingsSection'
import { SwitchRow } from './SwitchRow'
import { useKept } from './use-kept'

interface BackgroundSwitchesProps {
  /** The switch that was asked for elsewhere takes the focus. */
  readonly at: keyof BackgroundView | null
}

/** What may leave that nobody sent by hand: each with what leaves, to whom, and what it costs. */
export function BackgroundSwitches({ at }: BackgroundSwitchesProps) {
  const background = useSettings((state) => state.background)
  const setBackground = useSettings((state) => state.setBackground)
  const { error, keep } = useKept()
  const asked = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (at !== null) asked.current?.focus()
  }, [at])

  return (
    <SettingsSection title="In the background" about="What may leave without being sent by hand." error={error}>
      <ul className={styles.switches}>
        {BACKGROUND.map(({ purpose, label, meaning }) => (
          <li key={purpose}>
            <SwitchRow
              label={label}
              meaning={meaning}
              switchRef={purpose === at ? asked : null}
              on={background[purpose]}
              onChange={(on) => keep(setBackground(purpose, on))}
            />
          </li>
        ))}
      </ul>
      <output className={styles.summary}>{backgroundSummary(background)}</output>
    </SettingsSection>
  )
}
