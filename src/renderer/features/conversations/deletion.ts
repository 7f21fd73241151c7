import type { ConversationId } from '../../../core/ids'
import type { ConversationSummary } from '../../../shared/ipc/views'

/** The conversations as the list shows them: newest first. */
export function inOrder(conversations: readonly ConversationSummary[]): readonly ConversationSummary[] {
  return conversations.toSorted((a, b) => b.updatedMs - a.updatedMs)
}

/** Where the focus goes when a row goes away: to the next, at the end to the one before it. */
export function neighbourOf(conversations: readonly ConversationSummary[], id: ConversationId): ConversationId | null {
  const order = inOrder(conversations)
  const index = order.findIndex((conversation) => conversation.id === id)
  return index < 0 ? null : (order[index + 1]?.id ?? order[index - 1]?.id ?? null)
}

/** What is shown once a conversation is deleted: what was shown, or in its place the newest that remains. */
export function shownAfter(
  conversations: readonly ConversationSummary[],
  deleted: ConversationId,
  shown: ConversationId | null,
): ConversationId | null {
  if (shown !== deleted) return shown
  return inOrder(conversations).find(({ id }) => id !== deleted)?.id ?? null
}

/** What was in the list and is not any more. What is not in it yet has not gone. */
export function goneFrom(
  before: readonly ConversationSummary[],
  now: readonly ConversationSummary[],
): readonly ConversationId[] {
  const left = new Set(now.map(({ id }) => id))
  return before.flatMap(({ id }) => (left.has(id) ? [] : [id]))
}
