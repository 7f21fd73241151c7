import { Fragment, useRef, useState, type FormEvent } from 'react'
import type { ProviderId } from '../../../core/provider'
import type { RequestError } from '../../../shared/ipc/transport'
import { request } from '../../bridge/client'
import { providers } from '../../lib/providers'
import { requestWords } from '../../lib/request-words'
import { Button } from '../../ui/Button'
import { Disclosure } from '../../ui/Disclosure'
import { TextField } from '../../ui/TextField'
import layout from './Advanced.module.css'
import styles from './AddKeyForm.module.css'
import { useChecks } from './checks-store'
import { clipboardStore } from './clipboard-store'
import { fieldOf } from './form-errors'
import { guessProvider } from './key-guess'
import { KeepChoice } from './KeepChoice'
import { KeyField } from './KeyField'
import { addKey, leadsHome } from './key-requests'
import { useVault } from './vault-store'

interface AddKeyFormProps {
  readonly provider: ProviderId
  readonly label: string
  /** Empty, or the provider's own, for the usual one. */
  readonly baseUrl: string
  readonly onBaseUrl: (baseUrl: string) => void
  /** Whether the key is kept only until quit. */
  readonly forSession: boolean
  readonly onForSession: (forSession: boolean) => void
  /** The provider was changed after a look at the key. */
  readonly onProvider: (provider: ProviderId) => void
  readonly onAdded: () => void
}

/** The key, and where it is wanted its label and another base URL. */
export function AddKeyForm({
  provider,
  label,
  baseUrl,
  onBaseUrl,
  forSession,
  onForSession,
  onProvider,
  onAdded,
}: AddKeyFormProps) {
  const usual = providers[provider].baseUrl
  const keyField = useRef<HTMLInputElement>(null)
  const labelField = useRef<HTMLInputElement>(null)
  const urlField = useRef<HTMLInputElement>(null)
  const [advanced, setAdvanced] = useState(false)
  const [saving, setSaving] = useState(false)
  const offersBoth = useVault((state) => state.vault?.protection !== 'session')
  const [refused, setRefused] = useState<{ provider: ProviderId; error: RequestError } | null>(null)
  const [guess, setGuess] = useState<ProviderId | null>(null)
  // What was refused for one provider says nothing about another.
  const error = refused?.provider === provider ? refused.error : null
  const wrong = error === null ? null : fieldOf(error)
  const said = (field: typeof wrong) => (error !== null && wrong === field ? requestWords(error) : null)

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault()
    const input = keyField.current
    if (input === null || saving) return
    setSaving(true)
    const url = urlField.current?.value.trim() ?? ''
    const added = await addKey(request, useVault.getState().connections, {
      provider,
      label: labelField.current?.value.trim() ?? label,
      baseUrl: url === '' ? null : url,
      key: input.value.trim(),
      forSession,
    })
    setSaving(false)
    setRefused(added.error === null ? null : { provider, error: added.error })
    if (added.connection !== null) useVault.getState().keep(added.connection)
    if (added.error !== null) {
      const field = fieldOf(added.error)
      if (field !== 'key') setAdvanced(true)
      // Hidden fields take no focus; they are shown by the next frame.
      requestAnimationFrame(() => ({ key: keyField, label: labelField, baseUrl: urlField })[field].current?.focus())
      return
    }
    input.value = ''
    clipboardStore.getState().entered()
    // Nobody waits for it: a server may well have no list of models, so only the provider's own is asked.
    if (added.connection !== null && leadsHome(added.connection)) {
      void useChecks.getState().checkUnasked(added.connection)
    }
    onAdded()
  }

  function follow(guessed: ProviderId): void {
    onProvider(guessed)
    keyField.current?.focus()
  }

  return (
    <form className={styles.form} onSubmit={(event) => void save(event)} noValidate>
      <KeyField
        field={keyField}
        error={said('key')}
        onText={(text) => setGuess(guessProvider(text))}
        beside={
          <Button kind="primary" type="submit" aria-disabled={saving}>
            Save key
          </Button>
        }
      />
      <output className={styles.guess}>
        {guess !== null && guess !== provider && (
          <>
            This looks like a key of {providers[guess].name}.
            <Button small onClick={() => follow(guess)}>
              Switch to {providers[guess].name}
            </Button>
          </>
        )}
      </output>
      <Disclosure label="Advanced" open={advanced} onOpen={setAdvanced} className={layout.advanced}>
        {/* Another provider begins with fields of its own: an address entered for one is never used for another. */}
        <Fragment key={provider}>
          <TextField label="Label" ref={labelField} defaultValue={label} maxLength={60} error={said('label')} />
          <TextField
            label="Base URL"
            ref={urlField}
            defaultValue={baseUrl === usual ? '' : baseUrl}
            placeholder={usual}
            error={said('baseUrl')}
            onChange={(event) => onBaseUrl(event.currentTarget.value.trim())}
          />
        </Fragment>
        {offersBoth && <KeepChoice forSession={forSession} onChange={onForSession} />}
      </Disclosure>
    </form>
  )
}
