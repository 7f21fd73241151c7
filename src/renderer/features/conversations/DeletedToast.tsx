import type { RequestError } from '../../../shared/ipc/transport'
import { requestWords } from '../../lib/request-words'
import { Button } from '../../ui/Button'
import { Toast, type ToastWords } from '../../ui/Toast'
import { conversationActs, useConversationActs, type Deleted } from './conversation-acts'
import styles from './ConversationList.module.css'

/** Says that a conversation was deleted, and brings it back for as long as it says so. */
export function DeletedToast({ onRestored }: { readonly onRestored: (deleted: Deleted) => void }) {
  const deleted = useConversationActs((state) => state.deleted)
  const refusal = useConversationActs((state) => state.refusal)
  const { undo, dismiss } = conversationActs.getState()
  const said = saidOf(deleted, refusal)

  async function restore(): Promise<void> {
    const restored = await undo()
    if (restored !== null) onRestored(restored)
  }

  return (
    <div className={styles.toast}>
      <Toast
        said={said}
        onClose={dismiss}
        actions={
          deleted !== null && (
            <Button small onClick={() => void restore()}>
              Undo
            </Button>
          )
        }
      />
    </div>
  )
}

function saidOf(deleted: Deleted | null, refusal: RequestError | null): ToastWords | null {
  if (deleted !== null) return { id: deleted.id, text: `Deleted “${deleted.title}”.` }
  return refusal === null ? null : { id: 'refusal', text: requestWords(refusal) }
}
