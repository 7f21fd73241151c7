import { Segments } from '../../ui/Segments'
import { useSettings } from './settings-store'
import { SettingsSection } from './SettingsSection'
import { useKept } from './use-kept'

const THEMES = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'system', label: 'System' },
] as const

/** How Latchkey looks. */
export function Appearance() {
  const theme = useSettings((state) => state.theme)
  const setTheme = useSettings((state) => state.setTheme)
  const { error, keep } = useKept()
  return (
    <SettingsSection title="Appearance" error={error}>
      <Segments label="Theme" options={THEMES} value={theme} onChange={(next) => keep(setTheme(next))} />
    </SettingsSection>
  )
}
