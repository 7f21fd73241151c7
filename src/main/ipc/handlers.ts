import type { ChatService } from '../services/chat-service'
import type { createConnectionService } from '../services/connection-service'
import type { ConversationService } from '../services/conversation-service'
import type { LinkService } from '../services/external-link'
import { done } from '../services/result'
import type { SpendService } from '../services/spend-service'
import type { ModelView } from '../../shared/ipc/views'
import type { Handlers } from './router'

export interface Services {
  readonly chat: ChatService
  readonly connections: ReturnType<typeof createConnectionService>
  readonly conversations: ConversationService
  readonly links: LinkService
  readonly spend: SpendService
  readonly models: () => readonly ModelView[]
  readonly version: string
}

/** One line per row of the contract. */
export function createHandlers(services: Services): Handlers {
  const { chat, connections, conversations, links, spend } = services
  return {
    'app.open': () =>
      done({
        ...connections.status(),
        version: services.version,
        models: services.models(),
        conversations: conversations.list(),
        month: spend.month(),
      }),
    'conversation.list': () => done(conversations.list()),
    'conversation.open': conversations.open,
    'conversation.setModel': conversations.setModel,
    'turn.start': chat.start,
    'turn.retry': chat.retry,
    'turn.stop': chat.stop,
    'connection.add': connections.add,
    'connection.update': connections.update,
    'key.set': connections.setKey,
    'key.replace': connections.replaceKey,
    'key.remove': connections.removeKey,
    'key.status': () => done(connections.status()),
    'spend.month': spend.spend,
    'link.open': links.open,
  }
}
