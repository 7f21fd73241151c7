import { endThrough } from '../../core/branches'
import type { CacheChoice } from '../../core/caching'
import { cacheLife } from '../../core/caching-life'
import { pathTo, type Message } from '../../core/conversation'
import type { ConnectionId, ConversationId, MessageId } from '../../core/ids'
import type { ConversationRetentionView } from '../../shared/ipc/data-views'
import type { Result } from '../../shared/ipc/transport'
import type {
  CacheView,
  ConversationSummary,
  ConversationView,
  MessageView,
  PathPartView,
} from '../../shared/ipc/views'
import type { Catalog } from '../catalog/catalog'
import type { Conversation } from '../storage/conversations'
import type { Storage } from '../storage/storage'
import type { EventHub } from './event-hub'
import type { Clock } from '../ports'
import type { ModelService } from './model-service'
import { newestFirst, OPENED, PAGE, partUpTo } from './path-parts'
import { done, refused } from './result'
import type { RunningTurns } from './running-turns'
import { answerView, branchesIn, costView, messageView } from './views'

interface Needs {
  readonly storage: Storage
  readonly catalog: Catalog
  readonly hub: EventHub
  readonly running: RunningTurns
  readonly models: ModelService
  readonly clock: Clock
  readonly retentionOf: (id: ConversationId) => ConversationRetentionView
}

interface OpenAsk {
  readonly conversationId: ConversationId
  readonly from?: MessageId | undefined
}

interface ShowBranchAsk {
  readonly conversationId: ConversationId
  readonly messageId: MessageId
  /** The first message its reader has. */
  readonly from?: MessageId | undefined
}

interface EarlierAsk {
  readonly conversationId: ConversationId
  readonly before: MessageId
  readonly most?: number | undefined
}

/** Longer than any provider keeps a prompt. */
const A_DAY_MS = 86_400_000

/** Lists and opens conversations, running answers included. */
export function createConversationService(needs: Needs) {
  const { storage, catalog, hub, running, models, clock, retentionOf } = needs
  const list = (): ConversationSummary[] =>
    storage.conversations.list().map((row) => ({ ...row, running: row.running === 1 }))

  /** A running answer lives in memory and is on disk only up to its last save. */
  const live = (message: Message): Message => running.get(message.turnId)?.answer(message) ?? message

  /** What the newest call of the shown branch left in its provider's cache, while that is known to be there. */
  const cacheOf = ({ headId, caching }: Conversation): CacheView | null => {
    // It may be there, but nothing that is sent now would read it.
    if (caching === 'off') return null
    for (const message of newestFirst(storage.messages, headId)) {
      if (message.createdMs < clock.now() - A_DAY_MS) return null
      const call = message.role === 'assistant' ? storage.calls.ofTurn(message.turnId).at(-1) : undefined
      const line = call && storage.calls.progressOf(call.id)?.usage?.lines.findLast(({ role }) => role === 'main')
      if (call === undefined || line === undefined) continue
      const { provider, connectionId, modelRequested: model, cacheTtl: ttl, startedMs } = call
      const life = cacheLife({ provider, ttl, startedMs, tokens: line.tokens })
      return life === null || life.untilMs <= clock.now() ? null : { connectionId, model, ...life }
    }
    return null
  }

  const shown = (id: ConversationId, messages: readonly Message[]): MessageView[] => {
    const branches = branchesIn(storage, id, messages)
    return messages.map((message) => {
      const booked = message.role === 'assistant' && message.state !== 'streaming'
      return booked ? answerView(message, storage, catalog, branches) : messageView(message, catalog, branches)
    })
  }

  const changed = (): void => hub.emit('conversations.changed', { conversations: list() })
  const told = (found: boolean): Result<null> => {
    if (!found) return refused('not_found', 'conversationId')
    changed()
    return done(null)
  }

  /** Its newest messages: what is before them is asked for with `older`. */
  const open = ({ conversationId, from }: OpenAsk): Result<ConversationView> => {
    const conversation = storage.conversations.get(conversationId)
    if (conversation === undefined) return refused('not_found', 'conversationId')
    const part = partUpTo(storage.messages, conversation.headId, { least: OPENED, from })
    const messages = part.messages.map(live)
    const answer = messages.find((message) => message.state === 'streaming')
    const turn = answer && running.get(answer.turnId)
    const runningTurn =
      answer && turn
        ? { turnId: answer.turnId, messageId: answer.id, seq: turn.lastSeq(), waiting: turn.waiting() }
        : null
    return done({
      id: conversation.id,
      title: conversation.title,
      updatedMs: conversation.updatedMs,
      running: turn !== undefined,
      connectionId: conversation.connectionId,
      model: conversation.model,
      messages: shown(conversationId, messages),
      older: part.older,
      olderQuestions: part.olderQuestions,
      runningTurn,
      spend: costView(storage.spend.ofConversation(conversationId)),
      caching: conversation.caching,
      cache: cacheOf(conversation),
      isPrivate: conversation.isPrivate,
      retention: retentionOf(conversationId),
    })
  }

  return {
    list,
    changed,
    cacheOf,
    retentionOf,
    open,

    showBranch({ conversationId, messageId, from }: ShowBranchAsk): Result<ConversationView> {
      const conversation = storage.conversations.get(conversationId)
      if (conversation === undefined) return refused('not_found', 'conversationId')
      const links = storage.branches.links(conversationId)
      if (!links.some(({ id }) => id === messageId)) return refused('not_found', 'messageId')
      // What runs would go out of sight, with the button that stops it.
      if (storage.turns.runningIn(conversationId) !== undefined) return refused('turn_running')
      const { headId } = conversation
      const left = storage.branches.left(conversationId)
      const end = endThrough(messageId, links, headId === null ? left : [headId, ...left])
      if (end !== headId) {
        storage.transaction(() => {
          storage.branches.leave(conversationId)
          storage.branches.show(conversationId, end)
        })
      }
      // What is before the message is the same on every branch through it.
      const isBefore = from !== undefined && pathTo(messageId, links).some(({ id }) => id === from)
      return open({ conversationId, from: isBefore ? from : messageId })
    },

    setCaching: ({ conversationId, caching }: { conversationId: ConversationId; caching: CacheChoice }) =>
      storage.conversations.setCaching(conversationId, caching) ? done(null) : refused('not_found', 'conversationId'),

    rename: ({ conversationId, title }: { conversationId: ConversationId; title: string }) =>
      told(storage.conversations.rename(conversationId, title)),

    /** An answer that runs is ended first, seen or unseen: nobody would read it, and it would go on costing. */
    delete({ conversationId }: { conversationId: ConversationId }): Result<null> {
      for (const turn of running.all()) if (turn.conversationId === conversationId) turn.end()
      return told(storage.conversations.delete(conversationId, clock.now()))
    },

    restore: ({ conversationId }: { conversationId: ConversationId }) =>
      told(storage.conversations.restore(conversationId)),

    /** A page of what comes before a message, on the branch it is on. */
    older({ conversationId, before, most = PAGE }: EarlierAsk): Result<PathPartView> {
      if (storage.conversations.get(conversationId) === undefined) return refused('not_found', 'conversationId')
      const place = storage.messages.place(before)
      if (place?.conversationId !== conversationId) return refused('not_found', 'before')
      const part = partUpTo(storage.messages, place.parentId, { least: most })
      return done({ ...part, messages: shown(conversationId, part.messages.map(live)) })
    },

    setModel(input: { conversationId: ConversationId; connectionId: ConnectionId; model: string }): Result<null> {
      if (storage.conversations.get(input.conversationId) === undefined) return refused('not_found', 'conversationId')
      const connection = storage.connections.get(input.connectionId)
      if (connection === undefined) return refused('not_found', 'connectionId')
      if (models.find(connection, input.model) === undefined) return refused('model_unknown', 'model')
      storage.conversations.setModel(input.conversationId, input.connectionId, input.model)
      return done(null)
    },
  }
}

/** What can be asked of it. */
export type ConversationService = ReturnType<typeof createConversationService>
