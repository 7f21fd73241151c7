import type { ConnectionId, ConversationId, TurnId } from '../../core/ids'
import type { ConversationRetentionView } from './data-views'
import type { MessageView } from './views'

/** What identifies an answer that was begun. */
export interface StartedTurn {
  readonly turnId: TurnId
  readonly conversationId: ConversationId
  /** Where the next message of the conversation goes. */
  readonly connectionId: ConnectionId | null
  readonly model: string | null
  readonly userMessage: MessageView
  readonly answer: MessageView
  readonly isPrivate: boolean
  readonly retention: ConversationRetentionView
}
