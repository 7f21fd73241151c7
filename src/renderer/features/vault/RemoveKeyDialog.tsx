import { useState } from 'react'
import type { RequestError } from '../../../shared/ipc/transport'
import type { ConnectionView } from '../../../shared/ipc/views'
import { request } from '../../bridge/client'
import { requestWords } from '../../lib/request-words'
import { Button } from '../../ui/Button'
import { Dialog, DialogActions } from '../../ui/Dialog'
import { Notice } from '../../ui/Notice'
import { useVault } from './vault-store'

interface RemoveKeyDialogProps {
  readonly connection: ConnectionView
  readonly open: boolean
  readonly onClose: () => void
}

/** Makes sure before a key is forgotten, as it cannot be read back. */
export function RemoveKeyDialog({ connection, open, onClose }: RemoveKeyDialogProps) {
  const [error, setError] = useState<RequestError | null>(null)

  async function remove(): Promise<void> {
    const result = await request('key.remove', { connectionId: connection.id })
    if (!result.ok) return setError(result.error)
    setError(null)
    useVault.getState().keep({ ...connection, key: result.value })
    return onClose()
  }

  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={`Remove the key “${connection.label}”?`}
      description="Latchkey forgets the key. Your conversations and what they cost stay. The key itself stays valid at the provider until you delete it there."
    >
      {error !== null && <Notice kind="danger" title={requestWords(error)} alert />}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button kind="danger" onClick={() => void remove()}>
          Remove key
        </Button>
      </DialogActions>
    </Dialog>
  )
}
