import type { Database } from 'better-sqlite3'
import type { BelievedClock } from '../../core/believed-clock'

interface Row {
  readonly nowMs: number
  readonly seenMs: number
  readonly doubtMs: number | null
  readonly doubtGapMs: number | null
}

/** The clock that conversations are kept by. */
export function believedClockRepository(database: Database) {
  const one = database.prepare<[], Row>(
    `SELECT now_ms AS nowMs, seen_ms AS seenMs, doubt_ms AS doubtMs, doubt_gap_ms AS doubtGapMs FROM believed_clock`,
  )
  const put = database.prepare<[Row & { readonly steadyMs: number | null }]>(
    `INSERT INTO believed_clock (id, now_ms, seen_ms, doubt_ms, doubt_gap_ms, steady_ms)
     VALUES (1, @nowMs, @seenMs, @doubtMs, @doubtGapMs, @steadyMs)
     ON CONFLICT (id) DO UPDATE SET now_ms = excluded.now_ms, seen_ms = excluded.seen_ms,
       doubt_ms = excluded.doubt_ms, doubt_gap_ms = excluded.doubt_gap_ms, steady_ms = excluded.steady_ms`,
  )
  const steady = database.prepare<[], number | null>(`SELECT steady_ms FROM believed_clock`).pluck()
  const latest = database
    .prepare<[], number | null>(`SELECT MAX(MAX(active_ms), COALESCE(MAX(deleted_ms), 0)) FROM main.conversation`)
    .pluck()
  const newest = database
    .prepare<[number], number | null>(`SELECT MAX(updated_ms) FROM main.conversation WHERE updated_ms <= ?`)
    .pluck()
  const clamp = (column: 'active_ms' | 'deleted_ms') =>
    database.prepare<[number, number]>(`UPDATE main.conversation SET ${column} = ? WHERE ${column} > ?`)
  const clamps = [clamp('active_ms'), clamp('deleted_ms')]
  return {
    get(): BelievedClock | null {
      const row = one.get()
      if (row === undefined) return null
      const { nowMs, seenMs, doubtMs, doubtGapMs } = row
      const doubt = doubtMs === null || doubtGapMs === null ? null : { wallMs: doubtMs, gapMs: doubtGapMs }
      return { nowMs, seenMs, doubt }
    },
    /** Since when the system's has gone on as clocks do; null before the first look and in doubt. */
    steadyMs: (): number | null => steady.get() ?? null,
    put: ({ nowMs, seenMs, doubt }: BelievedClock, steadyMs: number | null): void =>
      void put.run({ nowMs, seenMs, doubtMs: doubt?.wallMs ?? null, doubtGapMs: doubt?.gapMs ?? null, steadyMs }),
    /** The latest stamp there is. */
    latest: (): number => latest.get() ?? 0,
    /** The newest message that is not younger than this. */
    newestUpTo: (wallMs: number): number | null => newest.get(wallMs) ?? null,
    /** Nothing was written or deleted in the future: what a wrong clock has stamped counts from now on. */
    noneAfter: (nowMs: number): void => clamps.forEach((each) => void each.run(nowMs, nowMs)),
  }
}
