import type { Database } from 'better-sqlite3'
import type { EgressLog } from '../ports'

/** A request that left, as it is shown. */
export interface EgressRow {
  readonly atMs: number
  readonly origin: string
  readonly method: string
  readonly path: string
  readonly purpose: string
  readonly status: number | null
  readonly bytesUp: number
  readonly bytesDown: number | null
  readonly outcome: string | null
}

/** The log of requests, in the order they left. */
export function egressLogRepository(database: Database): EgressLog & { list(): EgressRow[] } {
  const insert = database.prepare<[Parameters<EgressLog['opened']>[0]]>(
    `INSERT INTO egress_log (id, at_ms, origin, method, path, purpose, connection_id, call_id, bytes_up)
     VALUES (@id, @atMs, @origin, @method, @path, @purpose, @connectionId, @callId, @bytesUp)`,
  )
  const update = database.prepare<[Parameters<EgressLog['closed']>[0]]>(
    `UPDATE egress_log SET ended_ms = @endedMs, status = @status, bytes_down = @bytesDown, outcome = @outcome
     WHERE id = @id`,
  )
  const list = database.prepare<[], EgressRow>(
    `SELECT at_ms AS atMs, origin, method, path, purpose, status, bytes_up AS bytesUp, bytes_down AS bytesDown, outcome
     FROM egress_log ORDER BY rowid`,
  )
  return {
    opened: (row) => void insert.run(row),
    // A stream may end after the file was closed at quit; the row then simply stays open.
    closed: (row) => void (database.open && update.run(row)),
    list: () => list.all(),
  }
}
