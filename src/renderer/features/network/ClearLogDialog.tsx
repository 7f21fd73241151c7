import { useState } from 'react'
import type { RequestError } from '../../../shared/ipc/transport'
import { requestWords } from '../../lib/request-words'
import { Button } from '../../ui/Button'
import { Dialog, DialogActions } from '../../ui/Dialog'
import { Notice } from '../../ui/Notice'
import { useNetwork } from './network-store'

interface ClearLogDialogProps {
  readonly open: boolean
  readonly onClose: () => void
  /** Where focus goes, as what opened it goes with the rows. */
  readonly finalFocus: () => HTMLElement | true
}

/** Makes sure before the log is emptied. */
export function ClearLogDialog({ open, onClose, finalFocus }: ClearLogDialogProps) {
  const clear = useNetwork((state) => state.clear)
  const [error, setError] = useState<RequestError | null>(null)

  function close(): void {
    setError(null)
    onClose()
  }

  async function confirm(): Promise<void> {
    const refusal = await clear()
    if (refusal === null) close()
    else setError(refusal)
  }

  return (
    <Dialog
      open={open}
      onClose={close}
      title="Clear the network log?"
      description="It cannot be brought back. What you spent stays in the ledger."
      finalFocus={finalFocus}
    >
      {error !== null && <Notice kind="danger" title={requestWords(error)} alert />}
      <DialogActions>
        <Button onClick={close}>Cancel</Button>
        <Button kind="danger" onClick={() => void confirm()}>
          Clear log
        </Button>
      </DialogActions>
    </Dialog>
  )
}
