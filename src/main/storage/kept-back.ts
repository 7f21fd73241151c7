import type { Database } from 'better-sqlite3'
import type { Destination, KeyPlace } from '../../core/earlier-keys'
import type { ConversationId, MessageId } from '../../core/ids'
import type { SecretRange } from '../../core/secret-guard'
import { inBoth, placeFinder, type Place } from './places'

interface Row {
  readonly messageId: MessageId
  readonly ranges: string
}

function keptBackIn(database: Database, place: Place) {
  const table = `${place}.kept_back`
  const from = database.prepare<[ConversationId, string, string], Row>(
    `SELECT message_id AS messageId, ranges FROM ${table} AS kept JOIN ${place}.message AS message ON message.id = message_id
     WHERE conversation_id = ? AND kept.connection_id = ? AND origin = ?`,
  )
  const ofMessage = database.prepare<[MessageId], Row>(
    `SELECT message_id AS messageId, ranges FROM ${table} WHERE message_id = ?`,
  )
  const put = database.prepare<[MessageId, string, string, string]>(
    `INSERT INTO ${table} (message_id, connection_id, origin, ranges) VALUES (?, ?, ?, ?)
     ON CONFLICT (message_id, connection_id, origin) DO UPDATE SET ranges = excluded.ranges`,
  )
  return {
    /** What a conversation keeps from this destination. */
    from: (id: ConversationId, { connectionId, origin }: Destination): KeyPlace[] =>
      from.all(id, connectionId, origin).map(fromRow),
    /** What is kept of a message, from whomever. */
    ofMessage: (id: MessageId): readonly SecretRange[] => ofMessage.all(id).flatMap((row) => fromRow(row).ranges),
    /** In the place of what was kept of that message before. */
    put: ({ messageId, ranges }: KeyPlace, { connectionId, origin }: Destination): void =>
      void put.run(messageId, connectionId, origin, JSON.stringify(ranges)),
  }
}

/** Keys in messages that are kept from a destination, by their places in the text; in the place of their conversation. */
export function keptBackRepository(database: Database): ReturnType<typeof keptBackIn> {
  const places = inBoth((place) => keptBackIn(database, place))
  const placeOf = placeFinder(database)
  const isPrivate = database.prepare<[MessageId], number>(`SELECT 1 FROM private.message WHERE id = ?`).pluck()
  const placeOfMessage = (id: MessageId): Place => (isPrivate.get(id) === 1 ? 'private' : 'main')
  return {
    from: (id, destination) => places[placeOf(id)].from(id, destination),
    ofMessage: (id) => places[placeOfMessage(id)].ofMessage(id),
    put: (kept, destination) => places[placeOfMessage(kept.messageId)].put(kept, destination),
  }
}

function fromRow({ messageId, ranges }: Row): KeyPlace {
  return { messageId, ranges: JSON.parse(ranges) as SecretRange[] }
}
