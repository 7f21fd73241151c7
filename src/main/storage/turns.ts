import type { Database } from 'better-sqlite3'
import type { Ending } from '../../core/answer'
import type { ConversationId, TurnId } from '../../core/ids'

/** One user message and one answer to it. */
export interface Turn {
  readonly id: TurnId
  readonly conversationId: ConversationId
  readonly state: 'running' | Ending
  readonly createdMs: number
}

const COLUMNS = `id, conversation_id AS conversationId, state, created_ms AS createdMs`

/** Turns; at most one runs in a conversation. */
export function turnRepository(database: Database) {
  const one = database.prepare<[TurnId], Turn>(`SELECT ${COLUMNS} FROM turn WHERE id = ?`)
  const running = database.prepare<[], Turn>(`SELECT ${COLUMNS} FROM turn WHERE state = 'running'`)
  const runningIn = database.prepare<[ConversationId], Turn>(
    `SELECT ${COLUMNS} FROM turn WHERE conversation_id = ? AND state = 'running'`,
  )
  const origins = database.prepare<[ConversationId], { readonly id: TurnId; readonly origin: string }>(
    `SELECT id, origin FROM turn WHERE conversation_id = ? AND origin IS NOT NULL`,
  )
  const insert = database.prepare<[Turn & { readonly origin: string | null }]>(
    `INSERT INTO turn (id, conversation_id, state, created_ms, origin)
     VALUES (@id, @conversationId, @state, @createdMs, @origin)`,
  )
  const settle = database.prepare<[Ending, number, TurnId]>(
    `UPDATE turn SET state = ?, settled_ms = ? WHERE id = ? AND state = 'running'`,
  )
  return {
    get: (id: TurnId): Turn | undefined => one.get(id),
    running: (): Turn[] => running.all(),
    runningIn: (id: ConversationId): Turn | undefined => runningIn.get(id),
    /** `origin`: where its calls go. */
    add: (turn: Turn, origin: string | null = null): void => void insert.run({ ...turn, origin }),
    /** Where the calls of each turn of a conversation went, as far as that is known. */
    origins: (id: ConversationId): ReadonlyMap<TurnId, string> =>
      new Map(origins.all(id).map((turn) => [turn.id, turn.origin])),
    settle: (id: TurnId, ending: Ending, atMs: number): void => void settle.run(ending, atMs, id),
  }
}
