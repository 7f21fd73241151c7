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
  const insert = database.prepare<[Turn]>(
    `INSERT INTO turn (id, conversation_id, state, created_ms) VALUES (@id, @conversationId, @state, @createdMs)`,
  )
  const settle = database.prepare<[Ending, number, TurnId]>(
    `UPDATE turn SET state = ?, settled_ms = ? WHERE id = ? AND state = 'running'`,
  )
  return {
    get: (id: TurnId): Turn | undefined => one.get(id),
    running: (): Turn[] => running.all(),
    runningIn: (id: ConversationId): Turn | undefined => runningIn.get(id),
    add: (turn: Turn): void => void insert.run(turn),
    settle: (id: TurnId, ending: Ending, atMs: number): void => void settle.run(ending, atMs, id),
  }
}
