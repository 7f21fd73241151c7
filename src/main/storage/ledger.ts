import type { Database } from 'better-sqlite3'
import type { CallId, ConnectionId } from '../../core/ids'
import type { PricedLine } from '../../core/pricing'
import type { Call } from './calls'
import { entryHash, type LedgerEntry } from './entry-hash'

/** A line that was booked without a price and has not been settled since. */
export interface OpenLine extends Pick<PricedLine, 'role' | 'model' | 'bucket' | 'units'> {
  readonly seq: number
  readonly callId: CallId
}

/**
 * Why a line is corrected: a price became known, OpenRouter told the charge afterwards, or another call carries the money
 * of the same response.
 */
export type CorrectionReason = 'price_override' | 'generation' | 'duplicate'

/** A later word on a line: what is added to it, and why. */
export interface Correction {
  /** The line it corrects. */
  readonly corrects: number
  readonly line: Omit<PricedLine, 'costClass'>
  readonly reason: CorrectionReason
}

/** A line as it was booked. */
export interface BookedLine extends PricedLine {
  readonly seq: number
  readonly corrects: number | null
  /** Why it corrects another; null for one that was booked first. */
  readonly reason: CorrectionReason | null
}

/** A line with when it was booked, and why where it corrects another. */
export interface LedgerEntryLine extends BookedLine {
  readonly reason: CorrectionReason | null
  readonly bookedMs: number
}

type StoredLine = Omit<BookedLine, 'seq' | 'units' | 'corrects'> & {
  readonly seq: bigint
  readonly units: bigint
  readonly corrects: bigint | null
}

type Days = Pick<Call, 'id' | 'utcDay' | 'localDay'>
type Row = PricedLine & { readonly corrects: number | null; readonly reason: string | null }

const COLUMNS = `seq, call_id, role, model, bucket, units, unit_price, multiplier, price_id, pico, pico_upper, cost_class,
  corrects, reason, utc_day, local_day, booked_ms, hash`
const VALUES = `@seq, @callId, @role, @model, @bucket, @units, @unitPrice, @multiplier, @priceId, @pico, @picoUpper,
  @costClass, @corrects, @reason, @utcDay, @localDay, @bookedMs, @hash`

/** The append-only ledger. Its sums are in `spend`, its proof in `ledger-proof`. */
export function ledgerRepository(database: Database) {
  const insert = database.prepare<[LedgerEntry & { readonly hash: Buffer }]>(
    `INSERT INTO ledger_line (${COLUMNS}) VALUES (${VALUES})`,
  )
  const head = database.prepare<[], { entries: number; hash: Buffer }>(`SELECT entries, hash FROM ledger_head`)
  const moveHead = database.prepare<[number, Buffer]>(`UPDATE ledger_head SET entries = ?, hash = ?`)
  const openOfConnection = database.prepare<[ConnectionId], OpenLine>(
    `SELECT line.seq, line.call_id AS callId, line.role, line.model, line.bucket, line.units
     FROM call JOIN ledger_line AS line ON line.call_id = call.id
     WHERE call.connection_id = ? AND line.cost_class = 'unpriced'
       AND NOT EXISTS (SELECT 1 FROM ledger_line AS later WHERE later.corrects = line.seq)
     ORDER BY line.seq`,
  )

  const ofCall = database
    .prepare<[CallId], StoredLine>(
      `SELECT seq, role, model, bucket, units, unit_price AS unitPrice, multiplier, price_id AS priceId, pico,
         pico_upper AS picoUpper, cost_class AS costClass, corrects, reason FROM ledger_line WHERE call_id = ? ORDER BY seq`,
    )
    .safeIntegers()
  const booked = database.prepare<[CallId], Pick<LedgerEntryLine, 'reason' | 'bookedMs'>>(
    `SELECT reason, booked_ms AS bookedMs FROM ledger_line WHERE call_id = ? ORDER BY seq`,
  )

  const openModel = database
    .prepare<[CallId], string>(
      `SELECT line.model FROM ledger_line AS line WHERE line.call_id = ? AND line.cost_class = 'unpriced'
         AND NOT EXISTS (SELECT 1 FROM ledger_line AS later WHERE later.corrects = line.seq) ORDER BY line.seq LIMIT 1`,
    )
    .pluck()

  /** Adds rows to the end of the chain. Call it within a transaction. */
  const chain = ({ id, utcDay, localDay }: Days, rows: readonly Row[], bookedMs: number): void => {
    if (rows.length === 0) return
    const end = head.get()
    if (end === undefined) throw new Error('the ledger has lost its head')
    let { entries, hash } = end
    for (const row of rows) {
      entries += 1
      const entry: LedgerEntry = { ...row, seq: entries, callId: id, utcDay, localDay, bookedMs }
      hash = entryHash(hash, entry)
      insert.run({ ...entry, hash })
    }
    moveHead.run(entries, hash)
  }

  const linesOf = (id: CallId): BookedLine[] =>
    ofCall.all(id).map((line) => ({
      ...line,
      seq: Number(line.seq),
      units: Number(line.units),
      corrects: line.corrects === null ? null : Number(line.corrects),
    }))

  return {
    append(call: Days, lines: readonly PricedLine[], bookedMs: number): void {
      const rows = lines.map((line) => ({ ...line, corrects: null, reason: null }))
      chain(call, rows, bookedMs)
    },
    /** Settles lines of one call, on the days of that call: that is when the money went. */
    correct(call: Days, corrections: readonly Correction[], bookedMs: number): void {
      const rows = corrections.map(({ line, corrects, reason }): Row => ({
        ...line,
        costClass: 'adjustment',
        corrects,
        reason,
      }))
      chain(call, rows, bookedMs)
    },
    /** The lines of a call, corrections after what they correct. */
    ofCall: linesOf,
    /** The same with when each was booked. */
    entriesOf(id: CallId): LedgerEntryLine[] {
      const times = booked.all(id)
      return linesOf(id).map((line, at) => ({ ...line, reason: null, bookedMs: 0, ...times[at] }))
    },
    /** The model of the first line that still has no price. */
    openModel: (id: CallId): string | null => openModel.get(id) ?? null,
    /** Oldest first. */
    openOfConnection: (id: ConnectionId): OpenLine[] => openOfConnection.all(id),
  }
}
