import { useEffect, useRef } from 'react'
import type { SettingsView } from '../../../shared/ipc/views'
import { Segments } from '../../ui/Segments'
import styles from './LoopChoice.module.css'
import { useSettings } from './settings-store'
import { SettingsSection } from './SettingsSection'
import { SwitchRow } from './SwitchRow'
import { useKept } from './use-kept'

type Loop = SettingsView['loop']

const CALLS = [
  { value: '10', label: '10' },
  { value: '30', label: '30' },
  { value: '100', label: '100' },
  { value: '300', label: '300' },
] as const
const MONEY = [
  { value: 'usd1', label: '$1' },
  { value: 'usd5', label: '$5' },
  { value: 'usd20', label: '$20' },
  { value: 'usd100', label: '$100' },
] as const
const MINUTES = [
  { value: '1', label: '1 minute' },
  { value: '5', label: '5 minutes' },
  { value: '15', label: '15 minutes' },
  { value: '60', label: '1 hour' },
] as const

interface LoopChoiceProps {
  /** Its switch takes the focus: it was asked for elsewhere. */
  readonly asked: boolean
}

/** After how much within how many minutes the next request is asked about. */
export function LoopChoice({ asked }: LoopChoiceProps) {
  const loop = useSettings((state) => state.loop)
  const setLoop = useSettings((state) => state.setLoop)
  const { error, keep } = useKept()
  const toggle = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (asked) toggle.current?.focus()
  }, [asked])
  const change = (next: Partial<Loop>): void => keep(setLoop({ ...loop, ...next }))
  return (
    <SettingsSection
      title="Many requests"
      about="Asks before one more leaves, so that nothing goes on and on with nobody looking."
      error={error}
    >
      <SwitchRow
        label="Ask after many requests"
        meaning="Counts every request that costs, of all conversations: titles, retries and other keys too. Those wait; only you answer."
        switchRef={toggle}
        on={loop.on}
        onChange={(on) => change({ on })}
      />
      {loop.on && (
        <div className={styles.rule}>
          <span>Requests</span>
          <Segments
            label="Requests"
            options={CALLS}
            value={String(loop.calls) as (typeof CALLS)[number]['value']}
            onChange={(calls) => change({ calls: Number(calls) as Loop['calls'] })}
          />
          <span>or spent</span>
          <Segments label="Spent" options={MONEY} value={loop.spent} onChange={(spent) => change({ spent })} />
          <span>within</span>
          <Segments
            label="Within"
            options={MINUTES}
            value={String(loop.minutes) as (typeof MINUTES)[number]['value']}
            onChange={(minutes) => change({ minutes: Number(minutes) as Loop['minutes'] })}
          />
        </div>
      )}
    </SettingsSection>
  )
}
