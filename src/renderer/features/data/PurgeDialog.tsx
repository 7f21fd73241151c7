import { useState } from 'react'
import type { RequestError } from '../../../shared/ipc/transport'
import type { DataView } from '../../../shared/ipc/data-views'
import { requestWords } from '../../lib/request-words'
import { Button } from '../../ui/Button'
import { Dialog, DialogActions } from '../../ui/Dialog'
import { Notice } from '../../ui/Notice'
import { useData } from './data-store'
import { PURGE_STAYS, purgeTakes } from './data-words'
import { WordList } from './WordList'

interface PurgeDialogProps {
  /** What is there now; null keeps the dialog closed. */
  readonly data: DataView | null
  readonly onClose: () => void
  readonly onPurged: () => void
  /** Where the focus goes, where what opened it goes with what is purged. */
  readonly finalFocus?: () => HTMLElement | true
}

/** Makes sure before what was deleted goes for good. */
export function PurgeDialog({ data, onClose, onPurged, finalFocus }: PurgeDialogProps) {
  const [error, setError] = useState<RequestError | null>(null)
  const [working, setWorking] = useState(false)
  // Keeps its words while it fades out.
  const [shown, setShown] = useState(data)
  if (data !== null && data !== shown) setShown(data)

  function close(): void {
    setError(null)
    onClose()
  }

  async function purge(): Promise<void> {
    if (working) return
    setWorking(true)
    const refused = await useData.getState().purge()
    setWorking(false)
    if (refused !== null) return setError(refused)
    onPurged()
    return close()
  }

  return (
    <Dialog
      open={data !== null}
      onClose={close}
      title="Remove deleted conversations for good?"
      description={`Nothing of this can be brought back. ${PURGE_STAYS}`}
      {...(finalFocus === undefined ? {} : { finalFocus })}
    >
      <WordList heading="Goes" words={shown === null ? [] : purgeTakes(shown)} />
      {error !== null && <Notice kind="danger" title={requestWords(error)} alert />}
      <DialogActions>
        <Button onClick={close}>Cancel</Button>
        <Button kind="danger" aria-disabled={working} onClick={() => void purge()}>
          {working ? 'Removing …' : 'Remove for good'}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
