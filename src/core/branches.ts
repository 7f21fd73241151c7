import type { MessageId } from './ids'

// A conversation is a tree, of which one path is shown. Messages with the same parent and role are versions of each other:
// edits of a question, attempts at an answer.

/** A message as far as its place in the tree goes. */
export interface Link {
  readonly id: MessageId
  readonly parentId: MessageId | null
  readonly role: 'user' | 'assistant'
}

/** Where a message stands among its versions, in the order in which they were written. */
export interface Branch {
  /** From 1. */
  readonly at: number
  /** At least 2: a message without another version has no branch. */
  readonly of: number
  readonly before: MessageId | null
  readonly after: MessageId | null
}

/** The branch of every message that has one. `links`: all of a conversation, in the order written. */
export function branchesOf(links: readonly Link[]): ReadonlyMap<MessageId, Branch> {
  const versions = Map.groupBy(links, ({ parentId, role }) => `${role} ${parentId ?? ''}`)
  const branches = new Map<MessageId, Branch>()
  for (const siblings of versions.values()) {
    if (siblings.length < 2) continue
    for (const [index, { id }] of siblings.entries()) {
      const before = siblings[index - 1]?.id ?? null
      const after = siblings[index + 1]?.id ?? null
      branches.set(id, { at: index + 1, of: siblings.length, before, after })
    }
  }
  return branches
}

/**
 * The end of the path that is shown with this message on it: the end that was shown last, or else the newest message below
 * it. `shown`: ends of paths that were shown, the last one first.
 */
export function endThrough(id: MessageId, links: readonly Link[], shown: readonly MessageId[]): MessageId {
  const below = within(id, links)
  const last = shown.find((end) => below.has(end))
  // What was written below it since belongs to it.
  return newest(last === undefined ? below : within(last, links)) ?? id
}

/** A message and everything below it, in the order written. A parent is written before its children. */
function within(id: MessageId, links: readonly Link[]): ReadonlySet<MessageId> {
  const inside = new Set([id])
  for (const link of links) if (link.parentId !== null && inside.has(link.parentId)) inside.add(link.id)
  return inside
}

/** The newest of all below a message has nothing below it. */
function newest(ids: ReadonlySet<MessageId>): MessageId | undefined {
  return [...ids].at(-1)
}
