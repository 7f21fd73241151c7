import type { Database } from 'better-sqlite3'
import type { ConversationId } from '../../core/ids'

/** A text that waits to be sent. */
export interface Draft {
  /** Null for a conversation that has not begun. */
  readonly conversationId: ConversationId | null
  readonly text: string
  readonly savedMs: number
}

const placeOf = (id: ConversationId | null): string => id ?? 'new'

/** Drafts, one for each conversation in the file and one for a new one. They go with their conversation. */
export function draftRepository(database: Database) {
  const all = database.prepare<[], Draft>(
    `SELECT conversation_id AS conversationId, text, saved_ms AS savedMs FROM main.draft`,
  )
  const put = database.prepare<[{ place: string } & Draft]>(
    `INSERT INTO main.draft (place, conversation_id, text, saved_ms) VALUES (@place, @conversationId, @text, @savedMs)
     ON CONFLICT (place) DO UPDATE SET text = excluded.text, saved_ms = excluded.saved_ms`,
  )
  const remove = database.prepare<[string]>(`DELETE FROM main.draft WHERE place = ?`)
  return {
    all: (): Draft[] => all.all(),
    put: (draft: Draft): void => void put.run({ place: placeOf(draft.conversationId), ...draft }),
    /** False when there was none. */
    remove: (id: ConversationId | null): boolean => remove.run(placeOf(id)).changes === 1,
  }
}
