import { useState } from 'react'
import type { RequestError } from '../../../shared/ipc/transport'
import type { ConnectionView, StoredKeyView } from '../../../shared/ipc/views'
import { request } from '../../bridge/client'
import { requestWords } from '../../lib/request-words'
import { Button } from '../../ui/Button'
import { Dialog, DialogActions } from '../../ui/Dialog'
import { Notice } from '../../ui/Notice'
import { keyName, keysOf } from './spare-keys'
import { useVault } from './vault-store'

interface RemoveKeyDialogProps {
  readonly connection: ConnectionView
  readonly storedKey: StoredKeyView
  readonly open: boolean
  readonly onClose: () => void
}

const FORGOTTEN =
  'Latchkey forgets the key. Your conversations and what they cost stay. The key itself stays valid at the provider until you delete it there.'

/** Makes sure before a key is forgotten, as it cannot be read back. */
export function RemoveKeyDialog({ connection, storedKey, open, onClose }: RemoveKeyDialogProps) {
  const [error, setError] = useState<RequestError | null>(null)

  async function remove(): Promise<void> {
    const result = await request('key.remove', { connectionId: connection.id, keyId: storedKey.id })
    if (!result.ok) return setError(result.error)
    setError(null)
    useVault.getState().keep(result.value)
    return onClose()
  }

  const [next] = connection.spareKeys
  const isUsed = connection.key.state !== 'none' && connection.key.id === storedKey.id
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={removeTitle(connection, storedKey)}
      description={`${FORGOTTEN}${isUsed && next !== undefined ? ` From then on ${keyName(next, 2)} is used.` : ''}`}
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

function removeTitle(connection: ConnectionView, storedKey: StoredKeyView): string {
  if (connection.spareKeys.length === 0) return `Remove the key “${connection.label}”?`
  const place = keysOf(connection).findIndex(({ id }) => id === storedKey.id) + 1
  return `Remove ${keyName(storedKey, place)} of “${connection.label}”?`
}
