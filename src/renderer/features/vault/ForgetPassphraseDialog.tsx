import { useState } from 'react'
import type { RequestError } from '../../../shared/ipc/transport'
import { request } from '../../bridge/client'
import { requestWords } from '../../lib/request-words'
import { Button } from '../../ui/Button'
import { Dialog, DialogActions } from '../../ui/Dialog'
import { Notice } from '../../ui/Notice'
import { useVault } from './vault-store'

interface ForgetPassphraseDialogProps {
  readonly open: boolean
  readonly onClose: () => void
}

/** Makes sure before keys are let go of that nothing but a forgotten passphrase opens. */
export function ForgetPassphraseDialog({ open, onClose }: ForgetPassphraseDialogProps) {
  const [error, setError] = useState<RequestError | null>(null)

  async function forget(): Promise<void> {
    const result = await request('vault.forgetPassphrase', {})
    if (!result.ok) return setError(result.error)
    setError(null)
    useVault.getState().learn(result.value)
    return onClose()
  }

  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Forgot the passphrase?"
      description="Latchkey cannot bring it back. It can remove the passphrase with every key that it protects, so that you can enter your keys again. Your conversations and what they cost stay. The keys themselves stay valid at their providers."
    >
      {error !== null && <Notice kind="danger" title={requestWords(error)} alert />}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button kind="danger" onClick={() => void forget()}>
          Remove passphrase and keys
        </Button>
      </DialogActions>
    </Dialog>
  )
}
