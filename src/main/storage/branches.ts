import type { Database } from 'better-sqlite3'
import type { Link } from '../../core/branches'
import type { ConversationId, MessageId } from '../../core/ids'
import { inBoth, placeFinder, type Place } from './places'

function branchesIn(database: Database, place: Place) {
  const links = database.prepare<[ConversationId], Link>(
    `SELECT id, parent_id AS parentId, role FROM ${place}.message WHERE conversation_id = ? ORDER BY rowid`,
  )
  // By their parents, so that it costs what they have of versions and not what their conversation holds.
  const below = database.prepare<[string], Link>(
    `SELECT message.id, parent_id AS parentId, role FROM json_each(?) AS parent
     CROSS JOIN ${place}.message AS message ON message.parent_id = parent.value ORDER BY message.rowid`,
  )
  const first = database.prepare<[ConversationId], Link>(
    `SELECT id, parent_id AS parentId, role FROM ${place}.message
     WHERE conversation_id = ? AND parent_id IS NULL ORDER BY rowid`,
  )
  const shown = database
    .prepare<[ConversationId], MessageId>(
      `SELECT message_id FROM ${place}.left_branch WHERE conversation_id = ? ORDER BY rowid DESC`,
    )
    .pluck()
  // Anew each time: the last row is the one that was left last.
  const leave = database.prepare<[ConversationId]>(
    `INSERT OR REPLACE INTO ${place}.left_branch (message_id, conversation_id)
     SELECT head_id, id FROM ${place}.conversation WHERE id = ? AND head_id IS NOT NULL`,
  )
  const show = database.prepare<[MessageId, ConversationId]>(
    `UPDATE ${place}.conversation SET head_id = ? WHERE id = ?`,
  )
  return {
    /** The tree of a conversation, in the order written and without content. */
    links: (id: ConversationId): Link[] => links.all(id),
    /** Everything that was written right below some messages, null being the beginning, in the order written. */
    versions: (id: ConversationId, parents: readonly (MessageId | null)[]): Link[] => [
      ...(parents.includes(null) ? first.all(id) : []),
      ...below.all(JSON.stringify(parents.filter((parent) => parent !== null))),
    ],
    /** Ends of branches that were left, the last one first. */
    left: (id: ConversationId): MessageId[] => shown.all(id),
    /** Notes the end that is shown, before another branch is. */
    leave: (id: ConversationId): void => void leave.run(id),
    /** Shows the branch that ends here. Nothing was written, so that its conversation is not newer for it. */
    show: (id: ConversationId, headId: MessageId): void => void show.run(headId, id),
  }
}

/** Which branch of a conversation is shown, and which were, in the place of the conversation. */
export function branchRepository(database: Database): ReturnType<typeof branchesIn> {
  const places = inBoth((place) => branchesIn(database, place))
  const placeOf = placeFinder(database)
  return {
    links: (id) => places[placeOf(id)].links(id),
    versions: (id, parents) => places[placeOf(id)].versions(id, parents),
    left: (id) => places[placeOf(id)].left(id),
    leave: (id) => places[placeOf(id)].leave(id),
    show: (id, headId) => places[placeOf(id)].show(id, headId),
  }
}
