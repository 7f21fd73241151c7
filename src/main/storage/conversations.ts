import type { Database } from 'better-sqlite3'
import type { CacheChoice } from '../../core/caching'
import type { ConnectionId, ConversationId, MessageId } from '../../core/ids'
import { retentionFrom, type Retention } from '../../core/retention'
import { inBoth, type Place } from './places'

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
  /** In memory alone. */
  readonly isPrivate: boolean
}

/** A line of the sidebar, as SQL gives it. */
export interface ConversationRow {
  readonly id: ConversationId
  readonly title: string
  readonly updatedMs: number
  readonly running: number
}

/** How long a conversation is kept, and since when. */
export interface Kept {
  readonly id: ConversationId
  readonly isPrivate: boolean
  /** Null for as long as everything. */
  readonly own: Retention | null
  /** Its last message, by the believed clock. */
  readonly activeMs: number
  /** Deleted by the user, and not gone yet. */
  readonly isDeleted: boolean
  /** When, by the believed clock; null for what is not deleted. */
  readonly deletedMs: number | null
}

/** A conversation that its user has deleted and can have back. */
export interface Trashed extends Kept {
  readonly title: string
  readonly deletedMs: number
}

type Stored = Omit<Conversation, 'isPrivate'>
interface StoredKept {
  readonly id: ConversationId
  readonly keep: string | null
  readonly activeMs: number
  readonly deletedMs: number | null
}
interface StoredTrashed extends StoredKept {
  readonly title: string
  readonly deletedMs: number
}

const COLUMNS = `id, title, connection_id AS connectionId, model, head_id AS headId,
  created_ms AS createdMs, updated_ms AS updatedMs, caching, titled_by AS titledBy`

function conversationsIn(database: Database, place: Place) {
  const table = `${place}.conversation`
  const stamps = `id, keep, active_ms AS activeMs, deleted_ms AS deletedMs`
  const kept = `SELECT ${stamps} FROM ${table}`
  return {
    one: database.prepare<[ConversationId], Stored>(
      `SELECT ${COLUMNS} FROM ${table} WHERE id = ? AND deleted_ms IS NULL`,
    ),
    list: database.prepare<[], ConversationRow>(
      `SELECT id, title, updated_ms AS updatedMs,
         EXISTS (SELECT 1 FROM ${place}.turn AS turn WHERE turn.conversation_id = conversation.id
           AND turn.state = 'running') AS running
       FROM ${table} AS conversation WHERE deleted_ms IS NULL ORDER BY updated_ms DESC, rowid DESC`,
    ),
    insert: database.prepare<[Stored]>(
      `INSERT INTO ${table} (id, title, connection_id, model, head_id, created_ms, updated_ms, caching, titled_by)
       VALUES (@id, @title, @connectionId, @model, @headId, @createdMs, @updatedMs, @caching, @titledBy)`,
    ),
    setModel: database.prepare<[ConnectionId, string, ConversationId]>(
      `UPDATE ${table} SET connection_id = ?, model = ? WHERE id = ?`,
    ),
    setHead: database.prepare<[MessageId, number, ConversationId]>(
      `UPDATE ${table} SET head_id = ?, updated_ms = ? WHERE id = ?`,
    ),
    rename: database.prepare<[string, ConversationId]>(
      `UPDATE ${table} SET title = ?, titled_by = 'user' WHERE id = ? AND deleted_ms IS NULL`,
    ),
    setTitle: database.prepare<[string, ConversationId]>(
      `UPDATE ${table} SET title = ?, titled_by = 'model' WHERE id = ? AND titled_by IS NULL`,
    ),
    setCaching: database.prepare<[CacheChoice, ConversationId]>(
      `UPDATE ${table} SET caching = ? WHERE id = ? AND deleted_ms IS NULL`,
    ),
    // Whatever the system's clock says, what is deleted now was not deleted long ago; and deleting it again changes nothing.
    delete: database.prepare<[number, ConversationId]>(
      `UPDATE ${table} SET deleted_ms = COALESCE(deleted_ms,
         MAX(?, COALESCE((SELECT now_ms FROM main.believed_clock), 0))) WHERE id = ?`,
    ),
    restore: database.prepare<[ConversationId]>(`UPDATE ${table} SET deleted_ms = NULL WHERE id = ?`),
    trashed: database.prepare<[number], StoredTrashed>(
      `SELECT title, ${stamps} FROM ${table} WHERE deleted_ms IS NOT NULL ORDER BY deleted_ms DESC, rowid DESC LIMIT ?`,
    ),
    setKeep: database.prepare<[string | null, ConversationId]>(
      `UPDATE ${table} SET keep = ? WHERE id = ? AND deleted_ms IS NULL`,
    ),
    kept: database.prepare<[], StoredKept>(kept),
    keptOne: database.prepare<[ConversationId], StoredKept>(`${kept} WHERE id = ?`),
    // Else each message would take the next one along, and there are only so many levels of that.
    untie: database.prepare<[ConversationId]>(`UPDATE ${place}.message SET parent_id = NULL WHERE conversation_id = ?`),
    remove: database.prepare<[ConversationId]>(`DELETE FROM ${table} WHERE id = ?`),
  }
}

/** Conversations, without content. */
export function conversationRepository(database: Database) {
  const { main, private: hidden } = inBoth((place) => conversationsIn(database, place))
  /** Writes the title only where the conversation is; in the other place there is nothing to write it to. */
  const isIn = (id: ConversationId) => (hidden.keptOne.get(id) === undefined ? main : hidden)
  return {
    /** False when there is no such conversation. */
    rename: (id: ConversationId, title: string): boolean => isIn(id).rename.run(title, id).changes === 1,
    /** Gives it a title written by a model; one of the user's own stays. */
    title: (id: ConversationId, text: string): boolean => isIn(id).setTitle.run(text, id).changes === 1,
    /** False when there is no such conversation. */
    setCaching: (id: ConversationId, caching: CacheChoice): boolean =>
      isIn(id).setCaching.run(caching, id).changes === 1,
    /** Out of sight until it is restored; false when there is none. */
    delete: (id: ConversationId, atMs: number): boolean => isIn(id).delete.run(atMs, id).changes === 1,
    /** False when there is none. */
    restore: (id: ConversationId): boolean => isIn(id).restore.run(id).changes === 1,
    /** The deleted, so many of those that were deleted last. */
    trashed: (most: number): Trashed[] =>
      [...hidden.trashed.all(most).map(trashedFrom(true)), ...main.trashed.all(most).map(trashedFrom(false))]
        .toSorted((a, b) => b.deletedMs - a.deletedMs)
        .slice(0, most),
    get(id: ConversationId): Conversation | undefined {
      const onDisk = main.one.get(id)
      if (onDisk !== undefined) return { ...onDisk, isPrivate: false }
      const inMemory = hidden.one.get(id)
      return inMemory && { ...inMemory, isPrivate: true }
    },
    /** Newest first, without content. */
    list(): (ConversationRow & { readonly isPrivate: boolean })[] {
      const inMemory = hidden.list.all().map((row) => ({ ...row, isPrivate: true }))
      const onDisk = main.list.all().map((row) => ({ ...row, isPrivate: false }))
      return inMemory.length === 0 ? onDisk : [...inMemory, ...onDisk].toSorted((a, b) => b.updatedMs - a.updatedMs)
    },
    add: ({ isPrivate, ...stored }: Conversation): void => void (isPrivate ? hidden : main).insert.run(stored),
    setModel: (id: ConversationId, connectionId: ConnectionId, model: string): void =>
      void isIn(id).setModel.run(connectionId, model, id),
    setHead: (id: ConversationId, headId: MessageId, atMs: number): void => void isIn(id).setHead.run(headId, atMs, id),
    /** False when there is no such conversation. */
    setKeep: (id: ConversationId, own: Retention | null): boolean =>
      isIn(id).setKeep.run(own === null ? null : JSON.stringify(own), id).changes === 1,
    kept(id: ConversationId): Kept | undefined {
      const onDisk = main.keptOne.get(id)
      if (onDisk !== undefined) return keptFrom(onDisk, false)
      const inMemory = hidden.keptOne.get(id)
      return inMemory && keptFrom(inMemory, true)
    },
    /** All of them, the deleted included. */
    allKept: (): Kept[] => [
      ...main.kept.all().map((row) => keptFrom(row, false)),
      ...hidden.kept.all().map((row) => keptFrom(row, true)),
    ],
    /** Gone, with turns and messages; what they cost stays. */
    remove(id: ConversationId): void {
      const place = isIn(id)
      place.untie.run(id)
      place.remove.run(id)
    },
  }
}

function keptFrom({ id, keep, activeMs, deletedMs }: StoredKept, isPrivate: boolean): Kept {
  const own = keep === null ? null : retentionFrom(JSON.parse(keep))
  return { id, isPrivate, own, activeMs, isDeleted: deletedMs !== null, deletedMs }
}

function trashedFrom(isPrivate: boolean): (row: StoredTrashed) => Trashed {
  return ({ title, ...row }) => ({ ...keptFrom(row, isPrivate), title, deletedMs: row.deletedMs })
}
