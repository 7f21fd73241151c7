import { useRef, useState, type FormEvent } from 'react'
import type { RequestError } from '../../../shared/ipc/transport'
import type { ConnectionView } from '../../../shared/ipc/views'
import { request } from '../../bridge/client'
import { originOf, providers } from '../../lib/providers'
import { requestWords } from '../../lib/request-words'
import { Button } from '../../ui/Button'
import { Dialog, DialogActions } from '../../ui/Dialog'
import { TextField } from '../../ui/TextField'
import styles from './EditConnectionDialog.module.css'
import { fieldOf } from './form-errors'
import { keysOf } from './spare-keys'
import { useVault } from './vault-store'

interface EditConnectionDialogProps {
  readonly connection: ConnectionView
  readonly open: boolean
  readonly onClose: () => void
}

/** The label of a connection and where it leads. */
export function EditConnectionDialog({ connection, open, onClose }: EditConnectionDialogProps) {
  const labelField = useRef<HTMLInputElement>(null)
  const urlField = useRef<HTMLInputElement>(null)
  const [drops, setDrops] = useState(false)
  const [error, setError] = useState<RequestError | null>(null)
  const usual = providers[connection.provider].baseUrl

  function close(): void {
    setDrops(false)
    setError(null)
    onClose()
  }

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault()
    const url = urlField.current?.value.trim() ?? ''
    const result = await request('connection.update', {
      connectionId: connection.id,
      label: labelField.current?.value ?? connection.label,
      baseUrl: url === '' ? null : url,
    })
    if (!result.ok) return setError(result.error)
    useVault.getState().keep(result.value)
    return close()
  }

  const field = error === null ? null : fieldOf(error)
  const said = error === null ? null : requestWords(error)
  return (
    <Dialog open={open} onClose={close} title={`Edit “${connection.label}”`} initialFocus={labelField}>
      <form className={styles.form} onSubmit={(event) => void save(event)} noValidate>
        <TextField
          label="Label"
          ref={labelField}
          defaultValue={connection.label}
          maxLength={60}
          error={field === 'baseUrl' ? null : said}
        />
        <TextField
          label="Base URL"
          ref={urlField}
          defaultValue={connection.baseUrl === usual ? '' : connection.baseUrl}
          placeholder={usual === '' ? 'https://' : usual}
          error={field === 'baseUrl' ? said : null}
          hint={
            drops
              ? `The key was entered for ${connection.host}. On another host you will be asked for it again.`
              : undefined
          }
          onChange={(event) => {
            const url = event.currentTarget.value.trim()
            setDrops(
              keysOf(connection).length > 0 && originOf(url === '' ? usual : url) !== originOf(connection.baseUrl),
            )
          }}
        />
        <DialogActions>
          <Button onClick={close}>Cancel</Button>
          <Button kind="primary" type="submit">
            Save
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  )
}
