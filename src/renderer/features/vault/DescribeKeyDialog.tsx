import { useRef, useState, type FormEvent, type RefObject } from 'react'
import { REMIND_MONTHS } from '../../../core/key-limit'
import { localDay } from '../../../core/period'
import type { RequestError } from '../../../shared/ipc/transport'
import type { ConnectionView, StoredKeyView } from '../../../shared/ipc/views'
import { request } from '../../bridge/client'
import { requestWords } from '../../lib/request-words'
import { Button } from '../../ui/Button'
import { Dialog, DialogActions } from '../../ui/Dialog'
import { Select } from '../../ui/Select'
import { TextField } from '../../ui/TextField'
import styles from './DescribeKeyDialog.module.css'
import { withKey } from './spare-keys'
import { useVault } from './vault-store'

interface DescribeKeyDialogProps {
  readonly connection: ConnectionView
  readonly storedKey: StoredKeyView
  readonly open: boolean
  readonly onClose: () => void
}

/** What the user knows of a key: what it is called, when it expires, when to be told to replace it. */
export function DescribeKeyDialog({ connection, storedKey, open, onClose }: DescribeKeyDialogProps) {
  const labelField = useRef<HTMLInputElement>(null)
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={`Key of “${connection.label}”`}
      description="Latchkey says so a week before a key expires. The key itself is not changed."
      initialFocus={labelField}
    >
      <DescribeKeyForm connection={connection} storedKey={storedKey} labelField={labelField} onClose={onClose} />
    </Dialog>
  )
}

interface DescribeKeyFormProps extends Omit<DescribeKeyDialogProps, 'open'> {
  readonly labelField: RefObject<HTMLInputElement | null>
}

const REMINDERS = [
  { value: '', label: 'Never' },
  ...REMIND_MONTHS.map((months) => ({ value: String(months), label: `${months} months after it was added` })),
]

function DescribeKeyForm({ connection, storedKey, labelField, onClose }: DescribeKeyFormProps) {
  const dayField = useRef<HTMLInputElement>(null)
  const [remind, setRemind] = useState(String(storedKey.remindMonths ?? ''))
  const [error, setError] = useState<RequestError | null>(null)

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault()
    const day = dayField.current
    // Of half a day the field says nothing but that it is one.
    if (day?.validity.badInput === true) return setError({ code: 'bad_request', field: 'expires' })
    const result = await request('key.describe', {
      connectionId: connection.id,
      keyId: storedKey.id,
      label: orNull(labelField.current?.value),
      expires: orNull(day?.value),
      remindMonths: REMIND_MONTHS.find((months) => String(months) === remind) ?? null,
    })
    if (!result.ok) return setError(result.error)
    useVault.getState().keep(withKey(connection, result.value, storedKey.id))
    return onClose()
  }

  const said = error === null ? null : requestWords(error)
  const atDay = error?.code === 'bad_request' && error.field === 'expires'
  return (
    <form className={styles.form} onSubmit={(event) => void save(event)} noValidate>
      <TextField
        label="Label (optional)"
        ref={labelField}
        defaultValue={storedKey.label ?? ''}
        maxLength={60}
        error={atDay ? null : said}
        hint="Its name at the provider, so that you find it there."
      />
      <TextField
        label="Last day it is valid (optional)"
        type="date"
        ref={dayField}
        defaultValue={storedKey.expiresMs === null ? '' : lastDay(storedKey.expiresMs)}
        max="9998-12-31"
        error={atDay ? said : null}
      />
      <Select label="Remind me to replace it" options={REMINDERS} value={remind} onChange={setRemind} />
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button kind="primary" type="submit">
          Save
        </Button>
      </DialogActions>
    </form>
  )
}

function orNull(text: string | undefined): string | null {
  const trimmed = text?.trim() ?? ''
  return trimmed === '' ? null : trimmed
}

function lastDay(expiresMs: number): string {
  const lastMs = expiresMs - 1
  return localDay(lastMs, -new Date(lastMs).getTimezoneOffset())
}
