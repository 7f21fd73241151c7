import type { Database } from 'better-sqlite3'
import type { Ending } from '../../core/answer'
import type { ConversationId, TurnId } from '../../core/ids'
import { inBoth, placeFinder, type Place } from './places'

/** One user message and one answer to it. */
export interface Turn {
  readonly id: TurnId
  readonly conversationId: ConversationId
  readonly state: 'running' | Ending
  readonly createdMs: number
}

const COLUMNS = `id, conversation_id AS conversationId, state, created_ms AS createdMs`

function turnsIn(database: Database, place: Place) {
  const table = `${place}.turn`
  const one = database.prepare<[TurnId], Turn>(`SELECT ${COLUMNS} FROM ${table} WHERE id = ?`)
  const running = database.prepare<[], Turn>(`SELECT ${COLUMNS} FROM ${table} WHERE state = 'running'`)
  const runningIn = database.prepare<[ConversationId], Turn>(
    `SELECT ${COLUMNS} FROM ${table} WHERE conversation_id = ? AND state = 'running'`,
  )
  const origins = database.prepare<[ConversationId], { readonly id: TurnId; readonly origin: string }>(
    `SELECT id, origin FROM ${table} WHERE conversation_id = ? AND origin IS NOT NULL`,
  )
  const insert = database.prepare<[Turn & { readonly origin: string | null }]>(
    `INSERT INTO ${table} (id, conversation_id, state, created_ms, origin)
     VALUES (@id, @conversationId, @state, @createdMs, @origin)`,
  )
  const settle = database.prepare<[Ending, number, TurnId]>(
    `UPDATE ${table} SET state = ?, settled_ms = ? WHERE id = ? AND state = 'running'`,
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

/** Turns, in the place of their conversation; at most one runs in each. */
export function turnRepository(database: Database): ReturnType<typeof turnsIn> {
  const places = inBoth((place) => turnsIn(database, place))
  const { main, private: hidden } = places
  const placeOf = placeFinder(database)
  return {
    get: (id) => main.get(id) ?? hidden.get(id),
    running: () => [...main.running(), ...hidden.running()],
    runningIn: (id) => places[placeOf(id)].runningIn(id),
    add: (turn, origin) => places[placeOf(turn.conversationId)].add(turn, origin),
    origins: (id) => places[placeOf(id)].origins(id),
    settle(id, ending, atMs) {
      main.settle(id, ending, atMs)
      hidden.settle(id, ending, atMs)
    },
  }
}
