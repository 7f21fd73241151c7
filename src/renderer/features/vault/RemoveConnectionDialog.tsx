import { useRef, useState, type RefObject } from 'react'
import type { RequestError } from '../../../shared/ipc/transport'
import type { ConnectionView } from '../../../shared/ipc/views'
import { request } from '../../bridge/client'
import { requestWords } from '../../lib/request-words'
import { Button } from '../../ui/Button'
import { Dialog, DialogActions } from '../../ui/Dialog'
import { Notice } from '../../ui/Notice'
import { keyStored } from './connection-choice'
import { useVault } from './vault-store'

interface RemoveConnectionDialogProps {
  /** The connection that is to go; null keeps the dialog closed. */
  readonly connection: ConnectionView | null
  readonly onClose: () => void
  /** Where focus goes once the connection is gone with what asked for it. */
  readonly focusAfterRef: RefObject<HTMLElement | null>
}

/** Makes sure before a connection is removed with its key. */
export function RemoveConnectionDialog({ connection, onClose, focusAfterRef }: RemoveConnectionDialogProps) {
  const [error, setError] = useState<RequestError | null>(null)
  const removed = useRef(false)
  // Keeps its words while it fades out.
  const [shown, setShown] = useState(connection)
  if (connection !== null && connection !== shown) setShown(connection)

  function close(): void {
    setError(null)
    onClose()
  }

  async function remove(): Promise<void> {
    if (connection === null) return
    removed.current = false
    const result = await request('connection.remove', { connectionId: connection.id })
    if (!result.ok) return setError(result.error)
    removed.current = true
    useVault.getState().drop(connection.id)
    return close()
  }

  return (
    <Dialog
      open={connection !== null}
      onClose={close}
      title={`Remove the connection “${shown?.label ?? ''}”?`}
      description={
        shown !== null && keyStored(shown)
          ? 'Latchkey forgets the connection and its key. Your conversations and what they cost stay. The key itself stays valid at the provider until you delete it there.'
          : 'Latchkey forgets the connection. Your conversations and what they cost stay.'
      }
      finalFocus={() => (removed.current ? (focusAfterRef.current ?? true) : true)}
    >
      {error !== null && <Notice kind="danger" title={requestWords(error)} alert />}
      <DialogActions>
        <Button onClick={close}>Cancel</Button>
        <Button kind="danger" onClick={() => void remove()}>
          Remove connection
        </Button>
      </DialogActions>
    </Dialog>
  )
}
