import type { Message } from '../../core/conversation'
import type { MessageId } from '../../core/ids'
import type { Catalog } from '../catalog/catalog'
import type { Storage } from '../storage/storage'
import type { BudgetService } from './budget-service'
import type { ConversationService } from './conversation-service'
import type { EventHub } from './event-hub'
import type { SpendService } from './spend-service'
import { answerView, costView } from './views'

interface Needs {
  readonly storage: Storage
  readonly catalog: Catalog
  readonly hub: EventHub
  readonly conversations: ConversationService
  readonly spend: SpendService
  readonly budgets: BudgetService
}

/** Tells the window how an answer ended and what it cost, now or later. */
export function createAnswerNews({ storage, catalog, hub, conversations, spend, budgets }: Needs) {
  /** Sums and budgets are not what they were. */
  const spent = (): void => {
    hub.emit('spend.changed', { month: spend.month() })
    budgets.changed()
  }

  return {
    spent,

    /** A turn is settled. */
    ended(message: Message, seq: number): void {
      const conversation = storage.conversations.get(message.conversationId)
      if (conversation !== undefined) {
        hub.emit('turn.settled', {
          turnId: message.turnId,
          conversationId: conversation.id,
          seq,
          message: answerView(message, storage, catalog),
          conversation: {
            title: conversation.title,
            updatedMs: conversation.updatedMs,
            spend: costView(storage.spend.ofConversation(conversation.id)),
            cache: conversations.cacheOf(conversation),
            retention: conversations.retentionOf(conversation.id),
          },
        })
      }
      conversations.changed()
      spent()
    },

    /** What an ended answer has cost became known later. */
    booked(messageId: MessageId | null): void {
      const message = messageId === null ? undefined : storage.messages.get(messageId)
      const conversation = message && storage.conversations.get(message.conversationId)
      if (message !== undefined && conversation !== undefined) {
        hub.emit('answer.booked', {
          conversationId: conversation.id,
          message: answerView(message, storage, catalog),
          spend: costView(storage.spend.ofConversation(conversation.id)),
        })
      }
      spent()
    },
  }
}

/** What can be told. */
export type AnswerNews = ReturnType<typeof createAnswerNews>
