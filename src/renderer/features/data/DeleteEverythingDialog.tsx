import { useRef, useState, type FormEvent, type RefObject } from 'react'
import { DELETE_EVERYTHING } from '../../../core/retention'
import type { RequestError } from '../../../shared/ipc/transport'
import type { DataView } from '../../../shared/ipc/data-views'
import { requestWords } from '../../lib/request-words'
import { Button } from '../../ui/Button'
import { Dialog, DialogActions } from '../../ui/Dialog'
import { Notice } from '../../ui/Notice'
import { TextField } from '../../ui/TextField'
import { useData } from './data-store'
import { confirms, EVERYTHING_STAYS, everythingTakes } from './data-words'
import styles from './DeleteEverythingDialog.module.css'
import { WordList } from './WordList'

interface DeleteEverythingDialogProps {
  /** What is there now; null keeps the dialog closed. */
  readonly data: DataView | null
  readonly onClose: () => void
}

/** Says what goes and what stays before everything is deleted, and has it typed. */
export function DeleteEverythingDialog({ data, onClose }: DeleteEverythingDialogProps) {
  const field = useRef<HTMLInputElement>(null)
  // Keeps its words while it fades out.
  const [shown, setShown] = useState(data)
  if (data !== null && data !== shown) setShown(data)
  return (
    <Dialog
      open={data !== null}
      onClose={onClose}
      title="Delete everything?"
      description="Latchkey begins anew. Nothing of this can be brought back."
      initialFocus={field}
    >
      {shown !== null && (
        <>
          <WordList heading="Goes" words={everythingTakes(shown)} />
          <WordList heading="Stays, beyond Latchkey" words={EVERYTHING_STAYS} />
        </>
      )}
      <ConfirmForm field={field} onClose={onClose} />
    </Dialog>
  )
}

interface ConfirmFormProps {
  readonly field: RefObject<HTMLInputElement | null>
  readonly onClose: () => void
}

/** Empty whenever the dialog opens. */
function ConfirmForm({ field, onClose }: ConfirmFormProps) {
  const [wrong, setWrong] = useState(false)
  const [error, setError] = useState<RequestError | null>(null)
  const [working, setWorking] = useState(false)

  async function erase(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (working) return
    setError(null)
    if (!confirms(field.current?.value ?? '', DELETE_EVERYTHING)) return setWrong(true)
    setWorking(true)
    const refused = await useData.getState().erase()
    setWorking(false)
    setError(refused)
  }

  return (
    <form className={styles.form} onSubmit={(event) => void erase(event)} noValidate>
      <TextField
        ref={field}
        label={`Type “${DELETE_EVERYTHING}” to confirm`}
        error={wrong ? `Type exactly “${DELETE_EVERYTHING}”. Nothing was deleted.` : null}
        onChange={() => setWrong(false)}
      />
      {error !== null && <Notice kind="danger" title={requestWords(error)} alert />}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button kind="danger" type="submit" aria-disabled={working}>
          {working ? 'Deleting …' : 'Delete everything'}
        </Button>
      </DialogActions>
    </form>
  )
}
