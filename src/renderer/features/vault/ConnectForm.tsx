import { CircleAlert, CircleCheck } from 'lucide-react'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import type { ProviderId } from '../../../core/provider'
import { request } from '../../bridge/client'
import { providers } from '../../lib/providers'
import { requestWords } from '../../lib/request-words'
import { Button } from '../../ui/Button'
import { Disclosure } from '../../ui/Disclosure'
import { TextField } from '../../ui/TextField'
import layout from './Advanced.module.css'
import { connectWords } from './check-words'
import { useChecks } from './checks-store'
import { clipboardStore } from './clipboard-store'
import styles from './ConnectForm.module.css'
import { connect, type Connected } from './connect-requests'
import { fieldOf, type KeyFormField } from './form-errors'
import { KeepChoice } from './KeepChoice'
import { KeyField } from './KeyField'
import { useVault } from './vault-store'

interface ConnectFormProps {
  /** A provider that may do without a key. */
  readonly provider: ProviderId
  readonly label: string
  readonly onBaseUrl: (baseUrl: string) => void
  /** Whether its key, if it has one, is kept only until quit. */
  readonly forSession: boolean
  readonly onForSession: (forSession: boolean) => void
  readonly onAdded: () => void
}

/** Connects a server of one's own. Nothing is contacted before the button is pressed. */
export function ConnectForm({ provider, label, onBaseUrl, forSession, onForSession, onAdded }: ConnectFormProps) {
  const { baseUrl: usual, local } = providers[provider]
  const urlField = useRef<HTMLInputElement>(null)
  const keyField = useRef<HTMLInputElement>(null)
  const labelField = useRef<HTMLInputElement>(null)
  const next = useRef<HTMLButtonElement>(null)
  const [advanced, setAdvanced] = useState(false)
  const offersBoth = useVault((state) => state.vault?.protection !== 'session')
  const [connecting, setConnecting] = useState(false)
  const [last, setLast] = useState<Connected | null>(null)
  const error = last?.error ?? null
  const works = last?.check?.ok === true
  const shown = connecting ? null : wordsOf(last)
  const said = (field: KeyFormField) => (error !== null && fieldOf(error) === field ? requestWords(error) : null)

  useEffect(() => {
    if (works) next.current?.focus()
  }, [works])

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    const key = keyField.current
    if (key === null || connecting) return
    setConnecting(true)
    const url = urlField.current?.value.trim() ?? ''
    const connected = await connect(request, useVault.getState().connections, {
      provider,
      label: labelField.current?.value.trim() ?? label,
      baseUrl: url === '' ? null : url,
      key: key.value.trim(),
      forSession,
      earlierId: last?.connection?.id ?? null,
    })
    setConnecting(false)
    // What an earlier try has made stays made.
    setLast({ ...connected, connection: connected.connection ?? last?.connection ?? null })
    const { connection, check } = connected
    if (connection !== null) useVault.getState().keep(connection)
    if (connection !== null && check !== null) {
      key.value = ''
      clipboardStore.getState().entered()
      useChecks.getState().receive(connection, { ok: true, value: check })
    }
    if (connected.error === null) return
    const field = fieldOf(connected.error)
    if (field === 'label' || (field === 'key' && local)) setAdvanced(true)
    requestAnimationFrame(() => ({ key: keyField, label: labelField, baseUrl: urlField })[field].current?.focus())
  }

  const keyEntry = <KeyField field={keyField} error={said('key')} optional />
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <TextField
        label="Base URL"
        ref={urlField}
        defaultValue={usual}
        placeholder={usual === '' ? 'https://' : usual}
        required={usual === ''}
        aria-required={usual === ''}
        error={said('baseUrl')}
        onChange={(event) => onBaseUrl(event.currentTarget.value.trim())}
        beside={
          <Button kind={works ? 'plain' : 'primary'} type="submit" aria-disabled={connecting}>
            {connectLabel(last, connecting)}
          </Button>
        }
      />
      {!local && keyEntry}
      <output className={styles.result}>
        {shown !== null && (
          <>
            <span data-ok={works}>
              {works ? <CircleCheck /> : <CircleAlert />}
              {shown}
            </span>
            <Button ref={next} kind={works ? 'primary' : 'quiet'} small={!works} onClick={onAdded}>
              {works ? 'Continue' : 'Continue anyway'}
            </Button>
          </>
        )}
      </output>
      <Disclosure label="Advanced" open={advanced} onOpen={setAdvanced} className={layout.advanced}>
        <TextField label="Label" ref={labelField} defaultValue={label} maxLength={60} error={said('label')} />
        {local && keyEntry}
        {offersBoth && <KeepChoice forSession={forSession} onChange={onForSession} />}
      </Disclosure>
    </form>
  )
}

function connectLabel(last: Connected | null, connecting: boolean): string {
  if (connecting) return 'Connecting …'
  if (last?.check?.ok === true) return 'Check again'
  return last?.check?.ok === false ? 'Try again' : 'Connect'
}

function wordsOf(last: Connected | null): string | null {
  if (last === null || last.connection === null || last.check === null) return null
  return connectWords(last.check, last.connection)
}
