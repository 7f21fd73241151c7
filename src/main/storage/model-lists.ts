import type { Database } from 'better-sqlite3'
import type { ConnectionId } from '../../core/ids'

/** A model as its provider listed it; null where the list did not say. */
export interface KeptModel {
  readonly id: string
  readonly name: string | null
  readonly contextTokens: number | null
  readonly maxOutputTokens: number | null
}

/** What a connection's provider last said it offers. */
export interface KeptModelList {
  readonly checkedMs: number
  readonly models: readonly KeptModel[]
}

/** Model lists by connection. */
export function modelListRepository(database: Database) {
  const one = database.prepare<[ConnectionId], { checkedMs: number; models: string }>(
    `SELECT checked_ms AS checkedMs, models FROM model_list WHERE connection_id = ?`,
  )
  const put = database.prepare<[ConnectionId, number, string]>(
    `INSERT INTO model_list (connection_id, checked_ms, models) VALUES (?, ?, ?)
     ON CONFLICT (connection_id) DO UPDATE SET checked_ms = excluded.checked_ms, models = excluded.models`,
  )
  const remove = database.prepare<[ConnectionId]>(`DELETE FROM model_list WHERE connection_id = ?`)
  return {
    get(id: ConnectionId): KeptModelList | undefined {
      const row = one.get(id)
      return row && { ...row, models: JSON.parse(row.models) as KeptModel[] }
    },
    put: (id: ConnectionId, list: KeptModelList): void => void put.run(id, list.checkedMs, JSON.stringify(list.models)),
    remove: (id: ConnectionId): void => void remove.run(id),
  }
}
