import { useState } from 'react'
import type { DeletedView } from '../../../shared/ipc/data-views'
import type { RequestError } from '../../../shared/ipc/transport'
import { requestWords } from '../../lib/request-words'
import { Button } from '../../ui/Button'
import { Dialog, DialogActions } from '../../ui/Dialog'
import { Notice } from '../../ui/Notice'
import { useDeleted } from './deleted-store'

interface DeleteForGoodDialogProps {
  /** What is to go; null keeps the dialog closed. */
  readonly conversation: DeletedView | null
  readonly onClose: () => void
  readonly onGone: (conversation: DeletedView) => void
  /** Where the focus goes, as what opened it goes with its row. */
  readonly finalFocus: () => HTMLElement | true
}

/** Makes sure before one deleted conversation goes before its time. */
export function DeleteForGoodDialog({ conversation, onClose, onGone, finalFocus }: DeleteForGoodDialogProps) {
  const [error, setError] = useState<RequestError | null>(null)
  const [working, setWorking] = useState(false)
  // Keeps its words while it fades out.
  const [shown, setShown] = useState(conversation)
  if (conversation !== null && conversation !== shown) setShown(conversation)

  function close(): void {
    setError(null)
    onClose()
  }

  async function remove(): Promise<void> {
    if (conversation === null || working) return
    setWorking(true)
    const refused = await useDeleted.getState().deleteForGood(conversation.id)
    setWorking(false)
    if (refused !== null) return setError(refused)
    onGone(conversation)
    return close()
  }

  return (
    <Dialog
      open={conversation !== null}
      onClose={close}
      title="Delete this conversation now?"
      description={
        <>
          <bdi>“{shown?.title}”</bdi> cannot be brought back after this. What it cost stays in Spend.
        </>
      }
      finalFocus={finalFocus}
    >
      {error !== null && <Notice kind="danger" title={requestWords(error)} alert />}
      <DialogActions>
        <Button onClick={close}>Cancel</Button>
        <Button kind="danger" aria-disabled={working} onClick={() => void remove()}>
          {working ? 'Deleting …' : 'Delete now'}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
