import type { Database } from 'better-sqlite3'
import type { Message, Thought } from '../../core/conversation'
import type { Failure } from '../../core/failure'
import type { ConversationId, MessageId, TurnId } from '../../core/ids'
import { inBoth, placeFinder, type Place } from './places'

/** A row as it lies in the file: nested values are JSON text. */
type Row = Omit<Message, 'parts' | 'failure' | 'thought'> & {
  readonly parts: string
  readonly failure: string | null
  readonly thoughtFromMs: number | null
  readonly thoughtToMs: number | null
}

/** What a running or ending answer changes of it. */
type Changing = Pick<Row, 'id' | 'parts' | 'state' | 'failure' | 'stopReason' | 'thoughtFromMs' | 'thoughtToMs'>

/** Where a message stands on the path that leads to it. */
export interface PlaceOnPath {
  readonly conversationId: ConversationId
  readonly parentId: MessageId | null
  /** How many messages come before it. */
  readonly before: number
  /** How many of those are the user's. */
  readonly questionsBefore: number
}

const COLUMNS = `id, conversation_id AS conversationId, parent_id AS parentId, turn_id AS turnId, role, parts, state,
  created_ms AS createdMs, provider, connection_id AS connectionId, model, failure, stop_reason AS stopReason,
  thought_from_ms AS thoughtFromMs, thought_to_ms AS thoughtToMs`

function messagesIn(database: Database, place: Place) {
  const table = `${place}.message`
  const byConversation = database.prepare<[ConversationId], Row>(
    `SELECT ${COLUMNS} FROM ${table} WHERE conversation_id = ? ORDER BY rowid`,
  )
  const byId = database.prepare<[MessageId], Row>(`SELECT ${COLUMNS} FROM ${table} WHERE id = ?`)
  const answerOf = database.prepare<[TurnId], Row>(
    `SELECT ${COLUMNS} FROM ${table} WHERE turn_id = ? AND role = 'assistant'`,
  )
  const insert = database.prepare<[Row]>(
    `INSERT INTO ${table} (id, conversation_id, parent_id, turn_id, role, parts, state, created_ms, provider,
       connection_id, model, failure, stop_reason, thought_from_ms, thought_to_ms, before, questions_before)
     VALUES (@id, @conversationId, @parentId, @turnId, @role, @parts, @state, @createdMs, @provider,
       @connectionId, @model, @failure, @stopReason, @thoughtFromMs, @thoughtToMs,
       coalesce((SELECT before + 1 FROM ${table} WHERE id = @parentId), 0),
       coalesce((SELECT questions_before + (role = 'user') FROM ${table} WHERE id = @parentId), 0))`,
  )
  const placeOf = database.prepare<[MessageId], PlaceOnPath>(
    `SELECT conversation_id AS conversationId, parent_id AS parentId, before, questions_before AS questionsBefore
     FROM ${table} WHERE id = ?`,
  )
  // From parent to parent by id, so that other branches and earlier messages cost nothing.
  const pathUpTo = database.prepare<[{ readonly last: MessageId; readonly most: number }], Row>(
    `WITH RECURSIVE up (at, above, remaining) AS (
       SELECT id, parent_id, @most FROM ${table} WHERE id = @last
       UNION ALL
       SELECT message.id, message.parent_id, up.remaining - 1
       FROM up CROSS JOIN ${table} AS message ON message.id = up.above WHERE up.remaining > 1
     )
     SELECT ${COLUMNS} FROM up CROSS JOIN ${table} ON id = at ORDER BY remaining`,
  )
  const update = database.prepare<[Changing]>(
    `UPDATE ${table} SET parts = @parts, state = @state, failure = @failure, stop_reason = @stopReason,
       thought_from_ms = @thoughtFromMs, thought_to_ms = @thoughtToMs WHERE id = @id`,
  )
  return {
    /** Every branch of a conversation, in the order written. */
    of: (id: ConversationId): Message[] => byConversation.all(id).map(fromRow),
    get: (id: MessageId): Message | undefined => optional(byId.get(id)),
    place: (id: MessageId): PlaceOnPath | undefined => placeOf.get(id),
    /** The last `most` messages of the path that ends with `last`, oldest first. Costs what it returns. */
    pathUpTo: (last: MessageId, most: number): Message[] => pathUpTo.all({ last, most }).map(fromRow),
    answerOf: (turnId: TurnId): Message | undefined => optional(answerOf.get(turnId)),
    add: (message: Message): void => void insert.run(toRow(message)),
    /** Writes what a running or ending answer changes, and nothing else. */
    save: (message: Message): void => {
      const { id, parts, state, failure, stopReason, thoughtFromMs, thoughtToMs } = toRow(message)
      update.run({ id, parts, state, failure, stopReason, thoughtFromMs, thoughtToMs })
    },
  }
}

/** Messages of every branch, in the place of their conversation. */
export function messageRepository(database: Database): ReturnType<typeof messagesIn> {
  const places = inBoth((place) => messagesIn(database, place))
  const { main, private: hidden } = places
  const placeOf = placeFinder(database)
  return {
    of: (id) => places[placeOf(id)].of(id),
    get: (id) => main.get(id) ?? hidden.get(id),
    place: (id) => main.place(id) ?? hidden.place(id),
    pathUpTo(last, most) {
      const onDisk = main.pathUpTo(last, most)
      return onDisk.length > 0 ? onDisk : hidden.pathUpTo(last, most)
    },
    answerOf: (turnId) => main.answerOf(turnId) ?? hidden.answerOf(turnId),
    add: (message) => places[placeOf(message.conversationId)].add(message),
    save: (message) => places[placeOf(message.conversationId)].save(message),
  }
}

function toRow({ thought, ...message }: Message): Row {
  return {
    ...message,
    thoughtFromMs: thought?.fromMs ?? null,
    thoughtToMs: thought?.toMs ?? null,
    parts: JSON.stringify(message.parts),
    failure: message.failure === null ? null : JSON.stringify(message.failure),
  }
}

function fromRow({ thoughtFromMs, thoughtToMs, ...row }: Row): Message {
  const thought: Thought | null = thoughtFromMs === null ? null : { fromMs: thoughtFromMs, toMs: thoughtToMs }
  return {
    ...row,
    thought,
    parts: JSON.parse(row.parts) as Message['parts'],
    failure: row.failure === null ? null : (JSON.parse(row.failure) as Failure),
  }
}

function optional(row: Row | undefined): Message | undefined {
  return row === undefined ? undefined : fromRow(row)
}
