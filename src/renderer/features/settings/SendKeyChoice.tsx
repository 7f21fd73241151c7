import { Segments } from '../../ui/Segments'
import { isMac } from '../../lib/keyboard'
import { sendKeyName } from '../../lib/send-keys'
import { useSettings } from './settings-store'
import { SettingsSection } from './SettingsSection'
import { useKept } from './use-kept'

/** Which key sends a message, and which begins a new line. */
export function SendKeyChoice() {
  const sendKey = useSettings((state) => state.sendKey)
  const setSendKey = useSettings((state) => state.setSendKey)
  const { error, keep } = useKept()
  const options = (['enter', 'mod_enter'] as const).map((value) => ({ value, label: sendKeyName(value, isMac()) }))
  return (
    <SettingsSection
      title="Sending"
      about={`${sendKey === 'enter' ? 'Shift+Enter' : 'Enter'} begins a new line.`}
      error={error}
    >
      <Segments label="Send with" options={options} value={sendKey} onChange={(next) => keep(setSendKey(next))} />
    </SettingsSection>
  )
}
