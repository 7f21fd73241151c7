import { Segments } from '../../ui/Segments'
import { useSettings } from './settings-store'
import { SettingsSection } from './SettingsSection'
import { useKept } from './use-kept'

const CHOICES = [
  { value: 'never', label: 'Never' },
  { value: 'usd0.10', label: '$0.10' },
  { value: 'usd1', label: '$1' },
  { value: 'usd5', label: '$5' },
] as const

/** From which estimate on a message is asked about before it leaves. */
export function AskAboveChoice() {
  const askAbove = useSettings((state) => state.askAbove)
  const setAskAbove = useSettings((state) => state.setAskAbove)
  const { error, keep } = useKept()
  return (
    <SettingsSection
      title="Costly messages"
      about="Asks once per conversation before a message that may cost more than this."
      error={error}
    >
      <Segments label="Ask above" options={CHOICES} value={askAbove} onChange={(next) => keep(setAskAbove(next))} />
    </SettingsSection>
  )
}
