import type { Database } from 'better-sqlite3'
import type { ConnectionId } from '../../core/ids'
import type { Pico } from '../../core/money'

/** Which calls a price has priced, in a stretch of the ledger. */
export interface PriceUse {
  readonly priceId: string
  readonly callCount: number
  /** Local days of the first and the last of them. */
  readonly firstDay: string
  readonly lastDay: string
}

/** What a price has settled of a month, in a stretch of the ledger. */
export interface PriceSettled {
  readonly priceId: string
  readonly month: string
  readonly callCount: number
  readonly pico: Pico
}

/** Calls of one connection that lack a price for one model. */
export interface OpenCalls {
  readonly connectionId: ConnectionId
  readonly model: string
  /** Billed by a provider behind the one that was asked, for which no price can be set. */
  readonly isUpstream: boolean
  readonly callCount: number
  readonly inputTokens: number
  readonly outputTokens: number
  /** What has no price: kinds of token, and `fee:` with its kind. */
  readonly buckets: readonly string[]
  /** Whether a price can settle any of it: none is for a stated cost, or for what another bills or nobody has counted. */
  readonly isPriceable: boolean
  readonly firstUtcDay: string
  readonly firstDay: string
  readonly lastDay: string
  /** The number of the last of them. */
  readonly lastCall: number
  /** The model they were all asked for; null where there were several. */
  readonly requested: string | null
}

type StoredOpen = Omit<OpenCalls, 'buckets' | 'isUpstream' | 'isPriceable'> & {
  readonly buckets: string
  readonly isUpstream: number
  readonly isPriceable: number
}

/** Entries after one, up to another. */
type Stretch = { readonly after: number; readonly upTo: number }

/** More models without a price than anybody sets one for. */
const MOST_OPEN = 500

/** What prices have been used for, read from the lines themselves. */
export function priceUseRepository(database: Database) {
  const entries = database.prepare<[], number>(`SELECT entries FROM ledger_head`).pluck()
  const callAt = database.prepare<[number], string>(`SELECT call_id FROM ledger_line WHERE seq = ?`).pluck()
  // A correction may name a price that is counted for its call already.
  const used = database.prepare<[Stretch], PriceUse>(
    `SELECT price_id AS priceId, COUNT(DISTINCT call_id) AS callCount, MIN(local_day) AS firstDay,
       MAX(local_day) AS lastDay
     FROM ledger_line AS line WHERE seq > @after AND seq <= @upTo AND price_id IS NOT NULL
       AND (corrects IS NULL OR NOT EXISTS (SELECT 1 FROM ledger_line AS before
         WHERE before.call_id = line.call_id AND before.seq <= @after AND before.price_id = line.price_id))
     GROUP BY price_id`,
  )
  const settled = database
    .prepare<[Stretch], Omit<PriceSettled, 'callCount'> & { readonly callCount: bigint }>(
      `SELECT price_id AS priceId, substr(local_day, 1, 7) AS month, COUNT(DISTINCT call_id) AS callCount,
         SUM(pico) AS pico
       FROM ledger_line WHERE seq > @after AND seq <= @upTo AND reason = 'price_override' AND price_id IS NOT NULL
       GROUP BY price_id, month`,
    )
    .safeIntegers()
  const open = database.prepare<[number], StoredOpen>(
    `SELECT call.connection_id AS connectionId, line.model, line.role = 'upstream' AS isUpstream,
       COUNT(DISTINCT call.seq) AS callCount,
       SUM(CASE WHEN substr(line.bucket, 1, 3) = 'in_' THEN line.units ELSE 0 END) AS inputTokens,
       SUM(CASE WHEN line.bucket = 'out' OR substr(line.bucket, 1, 4) = 'out_' THEN line.units ELSE 0 END)
         AS outputTokens,
       json_group_array(DISTINCT line.bucket) AS buckets,
       MAX(line.role <> 'upstream' AND line.units > 0 AND line.bucket <> 'provider_cost') AS isPriceable,
       MIN(call.utc_day) AS firstUtcDay, MIN(call.local_day) AS firstDay, MAX(call.local_day) AS lastDay,
       MAX(call.seq) AS lastCall,
       CASE WHEN MIN(call.model_requested) = MAX(call.model_requested) THEN MIN(call.model_requested) END AS requested
     FROM ledger_line AS line JOIN call ON call.id = line.call_id
     WHERE line.cost_class = 'unpriced'
       AND NOT EXISTS (SELECT 1 FROM ledger_line AS later WHERE later.corrects = line.seq)
     GROUP BY 1, 2, 3 ORDER BY callCount DESC, lastCall DESC LIMIT ?`,
  )
  return {
    /** How long the ledger is. */
    entries: (): number => entries.get() ?? 0,
    /** About so many lines after one, and never a part of what was booked together. */
    stretchAfter(after: number, about: number): number {
      const end = Math.min(after + about, entries.get() ?? 0)
      const torn = callAt.get(end + 1)
      if (torn === undefined) return end
      let last = end
      while (last > after && callAt.get(last) === torn) last -= 1
      return last === after ? end : last
    },
    used: (after: number, upTo: number): PriceUse[] => used.all({ after, upTo }),
    settled: (after: number, upTo: number): PriceSettled[] =>
      settled.all({ after, upTo }).map((row) => ({ ...row, callCount: Number(row.callCount) })),
    /** What still lacks a price, most calls first. */
    open: (): OpenCalls[] =>
      open.all(MOST_OPEN).map(({ buckets, isUpstream, isPriceable, ...row }) => ({
        ...row,
        isUpstream: isUpstream === 1,
        isPriceable: isPriceable === 1,
        buckets: JSON.parse(buckets) as string[],
      })),
  }
}
