import { ChevronRight } from 'lucide-react'
import { useId, useRef, useState, type FormEvent } from 'react'
import type { ProviderId } from '../../../core/provider'
import type { RequestError } from '../../../shared/ipc/transport'
import { request } from '../../bridge/client'
import { providers } from '../../lib/providers'
import { requestWords } from '../../lib/request-words'
import { Button } from '../../ui/Button'
import { TextField } from '../../ui/TextField'
import styles from './AddKeyForm.module.css'
import { fieldOf } from './form-errors'
import { KeyField } from './KeyField'
import { addKey } from './key-requests'
import { useVault } from './vault-store'

interface AddKeyFormProps {
  readonly provider: ProviderId
  readonly label: string
  /** Empty, or the provider's own, for the usual one. */
  readonly baseUrl: string
  readonly onBaseUrl: (baseUrl: string) => void
  readonly onAdded: () => void
}

/** The key, and where it is wanted its label and another base URL. */
export function AddKeyForm({ provider, label, baseUrl, onBaseUrl, onAdded }: AddKeyFormProps) {
  const usual = providers[provider].baseUrl
  const keyField = useRef<HTMLInputElement>(null)
  const labelField = useRef<HTMLInputElement>(null)
  const urlField = useRef<HTMLInputElement>(null)
  const [advanced, setAdvanced] = useState(false)
  const [saving, setSaving] = useState(false)
  const [error, setError] = useState<RequestError | null>(null)
  const advancedId = useId()
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
    })
    setSaving(false)
    setError(added.error)
    if (added.connection !== null) useVault.getState().keep(added.connection)
    if (added.error !== null) {
      const field = fieldOf(added.error)
      if (field !== 'key') setAdvanced(true)
      // Hidden fields take no focus; they are shown by the next frame.
      requestAnimationFrame(() => ({ key: keyField, label: labelField, baseUrl: urlField })[field].current?.focus())
      return
    }
    input.value = ''
    onAdded()
  }

  return (
    <form className={styles.form} onSubmit={(event) => void save(event)} noValidate>
      <KeyField
        field={keyField}
        error={said('key')}
        beside={
          <Button kind="primary" type="submit" aria-disabled={saving}>
            Save key
          </Button>
        }
      />
      <button
        type="button"
        className={styles.disclosure}
        aria-expanded={advanced}
        aria-controls={advancedId}
        onClick={() => setAdvanced(!advanced)}
      >
        Advanced
        <ChevronRight />
      </button>
      <div id={advancedId} className={styles.advanced} hidden={!advanced}>
        <TextField label="Label" ref={labelField} defaultValue={label} maxLength={60} error={said('label')} />
        <TextField
          label="Base URL"
          ref={urlField}
          defaultValue={baseUrl === usual ? '' : baseUrl}
          placeholder={usual}
          error={said('baseUrl')}
          onChange={(event) => onBaseUrl(event.currentTarget.value.trim())}
        />
      </div>
    </form>
  )
}
