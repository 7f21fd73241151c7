import type { ConnectionView } from '../../shared/ipc/views'
import { useChat } from '../features/chat/chat-store'
import type { DraftKey } from '../features/chat/drafts-store'
import { isUsable } from '../lib/connections'
import { requestWords } from '../lib/request-words'
import { Button } from '../ui/Button'
import { Notice } from '../ui/Notice'

interface ComposerNoticeProps {
  readonly draftKey: DraftKey
  /** Where the next message goes. */
  readonly connection: ConnectionView | null
  readonly onAddKey: () => void
}

/** Why a message was not accepted, or cannot be: the text below it is kept. */
export function ComposerNotice({ draftKey, connection, onAddKey }: ComposerNoticeProps) {
  const refusal = useChat((state) => (state.refusal?.key === draftKey ? state.refusal : null))
  const keyless = connection !== null && !isUsable(connection)
  const refused = refusal?.error.code === 'key_missing'
  if (refused || keyless) {
    return (
      <Notice
        kind="warn"
        title={
          connection === null ? 'Latchkey needs a key to send a message.' : `There is no key for “${connection.label}”.`
        }
        alert={refused}
        actions={
          <Button small onClick={onAddKey}>
            Add a key
          </Button>
        }
      />
    )
  }
  return refusal === null ? null : <Notice kind="danger" title={requestWords(refusal.error)} alert />
}
