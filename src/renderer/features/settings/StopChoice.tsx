import { RadioList } from '../../ui/RadioList'
import { useSettings } from './settings-store'
import { SettingsSection } from './SettingsSection'
import { useKept } from './use-kept'

const MODES = [
  {
    value: 'end',
    label: 'End the request',
    meaning: 'You stop paying at once. What the answer cost is then an estimate.',
  },
  {
    value: 'count',
    label: 'Let it run unseen',
    meaning: 'The provider writes on to the end. The cost is exact, and may be higher.',
  },
] as const

/** What Stop does to an answer that is being written. */
export function StopChoice() {
  const stopMode = useSettings((state) => state.stopMode)
  const setStopMode = useSettings((state) => state.setStopMode)
  const { error, keep } = useKept()
  return (
    <SettingsSection title="Stop" about="What stopping an answer does." error={error}>
      <RadioList
        label="When an answer is stopped"
        choices={MODES}
        value={stopMode}
        onChange={(mode) => keep(setStopMode(mode))}
      />
    </SettingsSection>
  )
}
