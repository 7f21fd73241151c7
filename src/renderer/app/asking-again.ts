import { textOf } from '../../core/conversation'
import type { ConversationId, MessageId, TurnId } from '../../core/ids'
import type { MessageView } from '../../shared/ipc/views'
import { chatStore, type Answerer, type Attempt } from '../features/chat/chat-store'
import { draftOf } from '../features/chat/drafts-store'
import { mayCost } from './cost-question'

/** An answer that is asked for again: its question, as far as it is on the page. */
export function questionOf(conversationId: ConversationId, turnId: TurnId): MessageView | undefined {
  const messages = chatStore.getState().conversations[conversationId]?.messages ?? []
  const answer = messages.find((message) => message.turnId === turnId && message.role === 'assistant')
  return messages.find(({ id }) => id === answer?.parentId)
}

/** What is to be estimated of it: the question in its own place. */
export function estimatedAgain(question: MessageView): { readonly text: string; readonly editOf: MessageId } {
  return { text: textOf(question.parts), editOf: question.id }
}

/**
 * Asks for an answer again, of `to` or of who answers in the conversation. False when it was refused, or when it may cost
 * more than its user lets pass unasked.
 */
export async function askAgain(conversationId: ConversationId, turnId: TurnId, to?: Answerer): Promise<boolean> {
  const { conversations, retry, dismissRefusal } = chatStore.getState()
  const conversation = conversations[conversationId]
  const question = questionOf(conversationId, turnId)
  const { connectionId = null, model = null } = to ?? conversation ?? {}
  if (question !== undefined && connectionId !== null && model !== null) {
    const message = { conversationId, connectionId, model, ...estimatedAgain(question) }
    const other = to === undefined ? {} : { to }
    const attempt: Attempt = { kind: 'retry', turnId, ...other, draft: draftOf(conversationId), allow: [] }
    if (!(await mayCost(conversationId, message, { attempt }))) {
      dismissRefusal()
      return false
    }
  }
  return retry(conversationId, turnId, [], {}, to)
}
