import type { ConversationId } from '../../core/ids'
import { findSecrets } from '../../core/secret-guard'
import type { ConversationView } from '../../shared/ipc/views'
import { chatStore, type ChatState, type Outgoing } from '../features/chat/chat-store'
import { draftsStore } from '../features/chat/drafts-store'
import { mayCost } from './cost-question'

/**
 * Sends what waits in a conversation once the answer before it is complete, whichever page is shown. After any other end,
 * or when it is refused, it stands in the field again: what its user would say now may be something else.
 */
export function followQueue(): () => void {
  return chatStore.subscribe((now, before) => {
    if (now.conversations === before.conversations) return
    for (const conversation of Object.values(now.conversations)) {
      const earlier = before.conversations[conversation.id]
      if (earlier === conversation || draftsStore.getState().queued[conversation.id] === undefined) continue
      const turn = earlier?.runningTurn ?? null
      if (turn !== null && conversation.runningTurn === null) void next(conversation, turn.messageId, now)
    }
  })
}

async function next(
  { id, connectionId, model, messages }: ConversationView,
  messageId: ConversationView['messages'][number]['id'],
  { send, refuse }: ChatState,
): Promise<void> {
  const { queued, takeBack, unqueue } = draftsStore.getState()
  const text = queued[id] ?? ''
  const ended = messages.find((message) => message.id === messageId)
  if (ended?.state !== 'complete' || connectionId === null || model === null) return takeBack(id)
  const message: Outgoing = { conversationId: id, connectionId, model, text }
  if (findSecrets(text).length > 0) {
    takeBack(id)
    return refuse({
      key: id,
      error: { code: 'key_misplaced', field: 'text' },
      attempt: { kind: 'send', message, allow: [] },
    })
  }
  const sent = (await mayCost(id, message)) ? await send(message) : null
  if (sent === null) takeBack(id)
  else if (isSame(id, text)) unqueue(id)
}

/** Whoever has taken it back meanwhile, too late, is left what stands in the field. */
function isSame(id: ConversationId, text: string): boolean {
  return draftsStore.getState().queued[id] === text
}
