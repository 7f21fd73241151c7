import { useState, type FormEvent } from 'react'
import { requestWords } from '../../lib/request-words'
import { Button } from '../../ui/Button'
import { TextField } from '../../ui/TextField'
import styles from './NetworkSettings.module.css'
import { useSettings } from './settings-store'
import { SettingsSection } from './SettingsSection'
import { SwitchRow } from './SwitchRow'
import { useKept } from './use-kept'

/** How requests leave, and the way to the log of those that did. */
export function NetworkSettings({ onLog }: { readonly onLog: () => void }) {
  const { systemCertificates, proxy } = useSettings((state) => state.network)
  const setNetwork = useSettings((state) => state.setNetwork)
  const { error, keep } = useKept()
  const [text, setText] = useState(proxy ?? '')
  const [refusal, setRefusal] = useState<string | null>(null)
  const [said, setSaid] = useState('')

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault()
    const wanted = text.trim() === '' ? null : text.trim()
    const refused = await setNetwork({ systemCertificates, proxy: wanted })
    setRefusal(refused === null ? null : requestWords(refused))
    if (refused !== null) return setSaid('')
    const kept = useSettings.getState().network.proxy
    setText(kept ?? '')
    setSaid(kept === null ? 'No proxy is used.' : 'The proxy is used from the next connection on.')
  }

  return (
    <SettingsSection title="Network" about="How requests leave this computer." error={error}>
      <SwitchRow
        label="Use the system’s certificates"
        meaning="Also trusts whom this computer trusts, such as a company that reads its own traffic: it can then read your keys."
        on={systemCertificates}
        onChange={(on) => keep(setNetwork({ systemCertificates: on, proxy }))}
      />
      <form className={styles.proxy} onSubmit={(event) => void save(event)}>
        <TextField
          label="Proxy"
          value={text}
          onChange={(event) => setText(event.target.value)}
          placeholder="None"
          hint="For everything but this computer. It sees which hosts you use, and nothing you send."
          error={refusal}
          beside={<Button type="submit">Save proxy</Button>}
        />
        <output className={styles.said}>{said}</output>
      </form>
      <Button onClick={onLog}>Network log …</Button>
    </SettingsSection>
  )
}
