import { useState } from 'react'
import type { ConversationId } from '../../../core/ids'
import type { ConversationView, MessageView } from '../../../shared/ipc/views'
import { useChat } from './chat-store'

/**
 * A conversation for those who do not look at the text that streams: the very same one until something else about it
 * changes. An answer that grows sixty times a second must not draw the whole window as often.
 */
export function useSteadyConversation(id: ConversationId | null): ConversationView | undefined {
  const [steady] = useState(createSteady)
  return useChat((state) => (id === null ? undefined : steady(state.conversations[id])))
}

/** Answers with the conversation it was shown before, for as long as only the text of the running answer differs. */
export function createSteady(): (next: ConversationView | undefined) => ConversationView | undefined {
  let last: ConversationView | undefined
  return (next) => {
    if (last === undefined || next === undefined || !differsInTextAlone(last, next)) last = next
    return last
  }
}

function differsInTextAlone(before: ConversationView, after: ConversationView): boolean {
  if (before === after) return true
  const { runningTurn: turnBefore, messages: earlier, ...restBefore } = before
  const { runningTurn: turn, messages, ...rest } = after
  if (!areSame(restBefore, rest) || earlier.length !== messages.length) return false
  if (turn === null || turnBefore === null) return turn === turnBefore && isSame(earlier, messages, null)
  return (
    areSame({ ...turnBefore, seq: 0 }, { ...turn, seq: 0 }) &&
    isSame(earlier, messages, messages.find(({ id }) => id === turn.messageId) ?? null)
  )
}

/** Whether two lists hold the same messages; of the one that grows, whether all but its text is the same. */
function isSame(before: readonly MessageView[], after: readonly MessageView[], growing: MessageView | null): boolean {
  return after.every((message, at) => {
    const was = before[at]
    if (was === message) return true
    return was !== undefined && message === growing && areSame({ ...was, parts: null }, { ...message, parts: null })
  })
}

function areSame(a: object, b: object): boolean {
  const [left, right] = [Object.entries(a), Object.entries(b)]
  return (
    left.length === right.length && left.every(([key, value]) => Object.is(value, (b as Record<string, unknown>)[key]))
  )
}
