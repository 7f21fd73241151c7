import type { RefObject } from 'react'
import type { Allowance } from '../../core/budget'
import type { ConnectionId, ConversationId } from '../../core/ids'
import type { ConversationView } from '../../shared/ipc/views'
import { chatStore, type Refusal } from '../features/chat/chat-store'
import { draftsStore, type DraftKey } from '../features/chat/drafts-store'
import { useVault } from '../features/vault/vault-store'
import { isUsable } from '../lib/connections'
import { allowancesFor } from './budget-choice'
import { navigation } from './navigation-store'

interface SendingInput {
  readonly conversationId: ConversationId | null
  readonly conversation: ConversationView | undefined
  /** Where the message goes; null while there is nowhere. */
  readonly connectionId: ConnectionId | null
  readonly model: string | null
  readonly composer: RefObject<HTMLTextAreaElement | null>
  /** Called once a message is on its way in the conversation that is shown. */
  readonly onSent: () => void
}

export interface Sending {
  /** Where the message went, or null when it was not accepted. */
  readonly sendMessage: (text: string) => Promise<DraftKey | null>
  /** Hands over once more what a budget has kept here, past that step of it. */
  readonly sendAnyway: (refusal: Refusal) => Promise<void>
}

/** How a message leaves the page. */
export function useSending({
  conversationId,
  conversation,
  connectionId,
  model,
  composer,
  onSent,
}: SendingInput): Sending {
  const draftKey: DraftKey = conversationId ?? 'new'

  async function sendMessage(text: string, allow: readonly Allowance[] = []): Promise<DraftKey | null> {
    const { send, refuse } = chatStore.getState()
    // Still being opened: its earlier messages are not known yet.
    if (conversationId !== null && conversation === undefined) return null
    if (connectionId === null || model === null) {
      // A conversation whose connection is gone waits for another to be chosen; none is taken in its place.
      const usable = useVault.getState().connections.some(isUsable)
      refuse({ key: draftKey, error: { code: usable ? 'model_unknown' : 'key_missing' } })
      return null
    }
    const id = await send({ conversationId, connectionId, model, text }, allow)
    if (id === null) return null
    const { place, go } = navigation.getState()
    // Whoever has gone elsewhere in the meantime stays there.
    if (place.name === 'conversation' && place.conversationId === conversationId) {
      go({ name: 'conversation', conversationId: id })
      onSent()
    }
    return id
  }

  async function sendAnyway(refusal: Refusal): Promise<void> {
    // The button that was pressed goes away, and the focus on it would go with it.
    composer.current?.focus()
    const { attempt } = refusal
    if (attempt === undefined) return
    const allow = allowancesFor(refusal)
    if (attempt.kind === 'retry') {
      if (conversationId !== null) await chatStore.getState().retry(conversationId, attempt.turnId, allow)
      return
    }
    const { text } = attempt.message
    const to = await sendMessage(text, allow)
    if (to !== null) draftsStore.getState().sent(draftKey, to, text)
  }

  return { sendMessage: (text) => sendMessage(text), sendAnyway }
}
