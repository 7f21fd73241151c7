import { useId, useState } from 'react'
import type { RequestError } from '../../../shared/ipc/transport'
import type { SettingsView } from '../../../shared/ipc/views'
import { request } from '../../bridge/client'
import { requestWords } from '../../lib/request-words'
import { Notice } from '../../ui/Notice'
import styles from './Appearance.module.css'
import { useSettings } from './settings-store'

const THEMES = [
  { theme: 'light', label: 'Light' },
  { theme: 'dark', label: 'Dark' },
  { theme: 'system', label: 'System' },
] as const

/** How Latchkey looks. */
export function Appearance() {
  const current = useSettings((state) => state.theme)
  const [error, setError] = useState<RequestError | null>(null)
  const id = useId()

  async function choose(theme: SettingsView['theme']): Promise<void> {
    const before = useSettings.getState()
    // Shown at once, and taken back if it was not kept.
    useSettings.setState({ theme })
    const result = await request('settings.setTheme', { theme })
    if (result.ok) useSettings.getState().receive(result.value)
    else useSettings.setState({ theme: before.theme })
    setError(result.ok ? null : result.error)
  }

  return (
    <section className={styles.appearance} aria-labelledby={id}>
      <h2 id={id}>Appearance</h2>
      <div role="radiogroup" aria-label="Theme" className={styles.choice}>
        {THEMES.map(({ theme, label }) => (
          <label key={theme}>
            <input type="radio" name={id} checked={theme === current} onChange={() => void choose(theme)} />
            {label}
          </label>
        ))}
      </div>
      {error !== null && <Notice kind="danger" title={requestWords(error)} alert />}
    </section>
  )
}
