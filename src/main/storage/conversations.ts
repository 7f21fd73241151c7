import type { Database } from 'better-sqlite3'
import type { CacheChoice } from '../../core/caching'
import type { ConnectionId, ConversationId, MessageId } from '../../core/ids'

/** A conversation without its messages. */
export interface Conversation {
  readonly id: ConversationId
  readonly title: string
  readonly connectionId: ConnectionId | null
  readonly model: string | null
  /** The newest message of the branch that is shown. */
  readonly headId: MessageId | null
  readonly createdMs: number
  readonly updatedMs: number
  readonly caching: CacheChoice
  /** Who named it; null while its title is the local one. */
  readonly titledBy: 'user' | 'model' | null
}

/** A line of the sidebar, as SQL gives it. */
export interface ConversationRow {
  readonly id: ConversationId
  readonly title: string
  readonly updatedMs: number
  readonly running: number
}

const COLUMNS = `id, title, connection_id AS connectionId, model, head_id AS headId,
  created_ms AS createdMs, updated_ms AS updatedMs, caching, titled_by AS titledBy`

/** Conversations, without content. */
export function conversationRepository(database: Database) {
  const one = database.prepare<[ConversationId], Conversation>(
    `SELECT ${COLUMNS} FROM conversation WHERE id = ? AND deleted_ms IS NULL`,
  )
  const list = database.prepare<[], ConversationRow>(
    `SELECT id, title, updated_ms AS updatedMs,
       EXISTS (SELECT 1 FROM turn WHERE conversation_id = conversation.id AND state = 'running') AS running
     FROM conversation WHERE deleted_ms IS NULL ORDER BY updated_ms DESC, rowid DESC`,
  )
  const insert = database.prepare<[Conversation]>(
    `INSERT INTO conversation (id, title, connection_id, model, head_id, created_ms, updated_ms, caching, titled_by)
     VALUES (@id, @title, @connectionId, @model, @headId, @createdMs, @updatedMs, @caching, @titledBy)`,
  )
  const setModel = database.prepare<[ConnectionId, string, ConversationId]>(
    `UPDATE conversation SET connection_id = ?, model = ? WHERE id = ?`,
  )
  const setHead = database.prepare<[MessageId, number, ConversationId]>(
    `UPDATE conversation SET head_id = ?, updated_ms = ? WHERE id = ?`,
  )
  const rename = database.prepare<[string, ConversationId]>(
    `UPDATE conversation SET title = ?, titled_by = 'user' WHERE id = ? AND deleted_ms IS NULL`,
  )
  const setTitle = database.prepare<[string, ConversationId]>(
    `UPDATE conversation SET title = ?, titled_by = 'model' WHERE id = ? AND titled_by IS NULL`,
  )
  const setCaching = database.prepare<[CacheChoice, ConversationId]>(
    `UPDATE conversation SET caching = ? WHERE id = ? AND deleted_ms IS NULL`,
  )
  const setDeleted = database.prepare<[number | null, ConversationId]>(
    `UPDATE conversation SET deleted_ms = ? WHERE id = ?`,
  )
  return {
    /** False when there is no such conversation. */
    rename: (id: ConversationId, title: string): boolean => rename.run(title, id).changes === 1,
    /** Gives it a title written by a model; one of the user's own stays. */
    title: (id: ConversationId, text: string): boolean => setTitle.run(text, id).changes === 1,
    /** False when there is no such conversation. */
    setCaching: (id: ConversationId, caching: CacheChoice): boolean => setCaching.run(caching, id).changes === 1,
    /** Out of sight until it is restored; false when there is none. */
    setDeleted: (id: ConversationId, atMs: number | null): boolean => setDeleted.run(atMs, id).changes === 1,
    get: (id: ConversationId): Conversation | undefined => one.get(id),
    /** Newest first, without content. */
    list: (): ConversationRow[] => list.all(),
    add: (conversation: Conversation): void => void insert.run(conversation),
    setModel: (id: ConversationId, connectionId: ConnectionId, model: string): void =>
      void setModel.run(connectionId, model, id),
    setHead: (id: ConversationId, headId: MessageId, atMs: number): void => void setHead.run(headId, atMs, id),
  }
}
