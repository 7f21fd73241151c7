import type { Database } from 'better-sqlite3'
import type { Destination, KeyPlace } from '../../core/earlier-keys'
import type { ConversationId, MessageId } from '../../core/ids'
import type { SecretRange } from '../../core/secret-guard'

interface Row {
  readonly messageId: MessageId
  readonly ranges: string
}

/** Keys in messages that are kept from a destination, by their places. */
export function keptBackRepository(database: Database) {
  const from = database.prepare<[ConversationId, string, string], Row>(
    `SELECT message_id AS messageId, ranges FROM kept_back JOIN message ON message.id = message_id
     WHERE conversation_id = ? AND kept_back.connection_id = ? AND origin = ?`,
  )
  const ofMessage = database.prepare<[MessageId], Row>(
    `SELECT message_id AS messageId, ranges FROM kept_back WHERE message_id = ?`,
  )
  const put = database.prepare<[MessageId, string, string, string]>(
    `INSERT INTO kept_back (message_id, connection_id, origin, ranges) VALUES (?, ?, ?, ?)
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

function fromRow({ messageId, ranges }: Row): KeyPlace {
  return { messageId, ranges: JSON.parse(ranges) as SecretRange[] }
}
