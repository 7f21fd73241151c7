import type { Message } from '../../src/core/conversation'
import { makeId, type ConversationId, type Id, type IdKind, type MessageId } from '../../src/core/ids'
import type { Storage } from '../../src/main/storage/storage'

// Conversations of any length, written by the storage itself without asking anybody.

const START_MS = Date.UTC(2026, 10, 1)

/** An id that is easy to tell from others in a failing test. */
function idOf<Kind extends IdKind>(kind: Kind, number: number): Id<Kind> {
  return makeId(kind, number.toString(16).padStart(32, '0'))
}

/** A conversation without messages. */
export function addConversation(storage: Storage, number: number, isPrivate = false, title = 'Grown'): ConversationId {
  const id = idOf('conversation', number)
  storage.conversations.add({
    id,
    title,
    connectionId: null,
    model: null,
    headId: null,
    createdMs: START_MS,
    updatedMs: START_MS,
    caching: '5m',
    titledBy: null,
    isPrivate,
  })
  return id
}

/** A message below `parentId`, of whoever has not written that one. */
export function addMessage(
  storage: Storage,
  conversationId: ConversationId,
  number: number,
  parentId: MessageId | null,
  text = `Message ${number}`,
): MessageId {
  const id = idOf('message', number)
  const turnId = idOf('turn', number)
  const createdMs = START_MS + number
  const isQuestion = parentId === null || storage.messages.get(parentId)?.role === 'assistant'
  const message: Message = {
    id,
    conversationId,
    parentId,
    turnId,
    role: isQuestion ? 'user' : 'assistant',
    parts: [{ type: 'text', text }],
    state: 'complete',
    createdMs,
    provider: isQuestion ? null : 'anthropic',
    connectionId: null,
    model: isQuestion ? null : 'claude-sonnet-5-5',
    failure: null,
    stopReason: null,
    thought: null,
  }
  storage.turns.add({ id: turnId, conversationId, state: 'done', createdMs }, 'https://api.example')
  storage.messages.add(message)
  return id
}

interface Growth {
  /** Of the branch that is shown. */
  readonly messages: number
  /** Every so many messages another branch begins, of three messages that are not shown. */
  readonly branchEvery?: number
  readonly title?: string
  readonly textOf?: (place: number) => string
  readonly isPrivate?: boolean
}

/** Writes a conversation whose shown branch has so many messages, in one transaction. */
export function plant(storage: Storage, growth: Growth): ConversationId {
  const { messages, branchEvery = Infinity, textOf, title, isPrivate = false } = growth
  return storage.transaction(() => {
    const id = addConversation(storage, 1, isPrivate, title)
    let number = 0
    const add = (parentId: MessageId | null, place: number) =>
      addMessage(storage, id, (number += 1), parentId, textOf?.(place))
    let last: MessageId | null = null
    for (let place = 0; place < messages; place += 1) {
      if (place % branchEvery === branchEvery - 1) {
        let aside = last
        for (let length = 0; length < 3; length += 1) aside = add(aside, place + length)
      }
      last = add(last, place)
    }
    if (last !== null) storage.conversations.setHead(id, last, START_MS + number)
    return id
  })
}
