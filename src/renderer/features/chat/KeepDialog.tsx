import { useRef, useState, type FormEvent, type Ref } from 'react'
import type { Retention } from '../../../core/retention'
import type { RequestError } from '../../../shared/ipc/transport'
import { requestWords } from '../../lib/request-words'
import { fieldsOf, isPast, keptWords, readRetention } from '../../lib/retention-words'
import { useToday } from '../../lib/use-today'
import { Button } from '../../ui/Button'
import { Dialog, DialogActions } from '../../ui/Dialog'
import { Notice } from '../../ui/Notice'
import { RetentionChoice } from '../../ui/RetentionChoice'
import styles from './KeepDialog.module.css'

interface KeepDialogProps {
  readonly open: boolean
  /** Of the conversation. */
  readonly title: string
  /** Its own time; null for as long as all. */
  readonly own: Retention | null
  readonly general: Retention
  /** When it will be gone as it is now. */
  readonly deletion: string
  /** When it was last used. */
  readonly usedMs: number
  readonly onClose: () => void
  readonly onKeep: (retention: Retention | null) => Promise<RequestError | null>
}

/** How long one conversation is kept. */
export function KeepDialog({ open, title, own, general, deletion, usedMs, onClose, onKeep }: KeepDialogProps) {
  const chosen = useRef<HTMLInputElement>(null)
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Keep this conversation"
      description={
        <>
          <bdi>“{title}”</bdi>. {deletion}
        </>
      }
      initialFocus={chosen}
    >
      <KeepForm own={own} general={general} usedMs={usedMs} onClose={onClose} onKeep={onKeep} chosen={chosen} />
    </Dialog>
  )
}

interface KeepFormProps extends Pick<KeepDialogProps, 'own' | 'general' | 'usedMs' | 'onClose' | 'onKeep'> {
  readonly chosen: Ref<HTMLInputElement>
}

/** Its fields are new whenever the dialog opens. */
function KeepForm({ own, general, usedMs, onClose, onKeep, chosen }: KeepFormProps) {
  const [fields, setFields] = useState(() => fieldsOf(own))
  const [wrong, setWrong] = useState<string | null>(null)
  const [refusal, setRefusal] = useState<RequestError | null>(null)
  const { atMs } = useToday()
  const now = readRetention(fields)
  // As long as all may be too short as well.
  const past = 'retention' in now && isPast(now.retention ?? general, usedMs, atMs)

  async function keep(event: FormEvent): Promise<void> {
    event.preventDefault()
    const read = readRetention(fields)
    if ('error' in read) return setWrong(read.error)
    const refused = await onKeep(read.retention)
    setRefusal(refused)
    if (refused === null) onClose()
  }

  return (
    <form className={styles.form} onSubmit={(event) => void keep(event)} noValidate>
      <RetentionChoice
        label="Keep this conversation"
        general={keptWords(general)}
        fields={fields}
        error={wrong}
        onChange={(next) => {
          setFields(next)
          setWrong(null)
        }}
        chosen={chosen}
      />
      {past && (
        <Notice kind="warn" title="This deletes it now">
          Its last message is older than that. It cannot be brought back; what it cost stays in Spend.
        </Notice>
      )}
      {refusal !== null && <Notice kind="danger" title={requestWords(refusal)} alert />}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button kind={past ? 'danger' : 'primary'} type="submit">
          {past ? 'Delete it' : 'Keep it so'}
        </Button>
      </DialogActions>
    </form>
  )
}
