import { useState } from 'react'
import type { Retention } from '../../../core/retention'
import type { RequestError } from '../../../shared/ipc/transport'
import { requestWords } from '../../lib/request-words'
import { confirmWords, previewWords } from '../../lib/retention-words'
import { Button } from '../../ui/Button'
import { Dialog, DialogActions } from '../../ui/Dialog'
import { Notice } from '../../ui/Notice'
import type { Foreseen } from './use-retention-choice'

interface RetentionDialogProps {
  /** What is to be kept, and what that would delete; null keeps the dialog closed. */
  readonly asked: Foreseen | null
  /** Why it was not kept. */
  readonly error: RequestError | null
  readonly onClose: () => void
  readonly onConfirm: (retention: Retention) => void
  /** Where focus goes: the button that opened it is gone once it is kept. */
  readonly finalFocus: () => HTMLElement | true
}

/** Makes sure before conversations are deleted by a shorter time. */
export function RetentionDialog({ asked, error, onClose, onConfirm, finalFocus }: RetentionDialogProps) {
  // Keeps its words while it fades out.
  const [shown, setShown] = useState(asked)
  if (asked !== null && asked !== shown) setShown(asked)
  const words = shown === null ? null : confirmWords(shown.preview)
  return (
    <Dialog
      open={asked !== null}
      onClose={onClose}
      title={words?.title ?? ''}
      description={shown === null ? '' : previewWords(shown.retention, shown.preview)}
      finalFocus={finalFocus}
    >
      {error !== null && <Notice kind="danger" title={requestWords(error)} alert />}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button kind="danger" onClick={() => asked !== null && onConfirm(asked.retention)}>
          {words?.act}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
