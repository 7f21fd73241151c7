import type { Database } from 'better-sqlite3'
import type { RequestId } from '../../core/ids'
import type { EgressLog } from '../ports'

/** A request that left, as it is shown. */
export interface EgressRow {
  readonly id: RequestId
  readonly atMs: number
  readonly origin: string
  readonly method: string
  readonly path: string
  readonly purpose: string
  readonly connectionId: string
  readonly status: number | null
  readonly bytesUp: number
  readonly bytesDown: number | null
  /** Null while it is under way, or when its end was never seen. */
  readonly outcome: string | null
}

/** Which rows; null for any. */
export interface EgressFilter {
  /** Only rows older than this one. */
  readonly before: RequestId | null
  /** Host and port, whatever the scheme. */
  readonly host: string | null
  readonly purpose: string | null
}

const COLUMNS = `id, at_ms AS atMs, origin, method, path, purpose, connection_id AS connectionId, status,
  bytes_up AS bytesUp, bytes_down AS bytesDown, outcome`

/** The log of requests, in the order they left. */
export function egressLogRepository(database: Database) {
  const insert = database.prepare<[Parameters<EgressLog['opened']>[0]]>(
    `INSERT INTO egress_log (id, at_ms, origin, method, path, purpose, connection_id, call_id, bytes_up)
     VALUES (@id, @atMs, @origin, @method, @path, @purpose, @connectionId, @callId, @bytesUp)`,
  )
  const update = database.prepare<[Parameters<EgressLog['closed']>[0]]>(
    `UPDATE egress_log SET ended_ms = @endedMs, status = @status, bytes_down = @bytesDown, outcome = @outcome
     WHERE id = @id`,
  )
  const all = database.prepare<[], EgressRow>(`SELECT ${COLUMNS} FROM egress_log ORDER BY rowid`)
  // By rowid, the order they left in, whatever the clock did meanwhile. Filtered by rows, never by an index of their own:
  // the log is bounded by its days.
  const some = database.prepare<[EgressFilter & { readonly most: number }], EgressRow>(
    `SELECT ${COLUMNS} FROM egress_log
     WHERE (@before IS NULL OR rowid < (SELECT rowid FROM egress_log WHERE id = @before))
       AND (@host IS NULL OR origin IN ('https://' || @host, 'http://' || @host)) AND (@purpose IS NULL OR purpose = @purpose)
     ORDER BY rowid DESC LIMIT @most`,
  )
  const origins = database.prepare<[], string>(`SELECT DISTINCT origin FROM egress_log ORDER BY origin`).pluck()
  const count = database.prepare<[], number>(`SELECT COUNT(*) FROM egress_log`).pluck()
  const clear = database.prepare<[]>(`DELETE FROM egress_log`)
  const forget = database.prepare<[number]>(`DELETE FROM egress_log WHERE at_ms < ?`)
  const log: EgressLog = {
    opened: (row) => void insert.run(row),
    // A stream may end after the file was closed at quit; the row then simply stays open.
    closed: (row) => void (database.open && update.run(row)),
  }
  return {
    ...log,
    /** Everything, oldest first. */
    list: (): EgressRow[] => all.all(),
    /** Newest first. */
    page: (filter: EgressFilter, most: number): EgressRow[] => some.all({ ...filter, most }),
    origins: (): string[] => origins.all(),
    count: (): number => count.get() ?? 0,
    clear: (): void => void clear.run(),
    /** Removes what left before this instant. */
    forgetBefore: (atMs: number): void => void forget.run(atMs),
  }
}
