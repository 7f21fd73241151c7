import type { Database } from 'better-sqlite3'
import type { CallId } from '../../core/ids'
import { entryHash, GENESIS, type LedgerEntry } from './entry-hash'

/** What is wrong with a ledger, at the first place where it is. */
export type LedgerFault =
  /** This entry, or the one that should be in its place, is not what was booked. */
  | { readonly kind: 'entry'; readonly seq: number; readonly callId: CallId | null }
  /** Entries are missing at the end, or some were added past it. */
  | { readonly kind: 'end'; readonly seq: number }
  /** The sum kept of this day is not the sum of its lines. */
  | { readonly kind: 'day'; readonly localDay: string }

/** Where a proof stands; begin with `PROOF_START`. */
export interface ProofState {
  readonly entries: number
  readonly hash: Buffer
}

/** Before the first entry. */
export const PROOF_START: ProofState = { entries: 0, hash: GENESIS }

type ChainedEntry = LedgerEntry & { readonly callId: CallId; readonly hash: Buffer }

const KEY = `local_day, utc_day, provider, model, connection_id, key_id, purpose`
const KEPT = `SELECT ${KEY}, cost_class, lines, ranged, pico, pico_most, input_tokens, output_tokens FROM spend_day`
const COUNTED = `SELECT ${KEY}, cost_class, COUNT(*), SUM(ranged), SUM(pico), SUM(pico_most), SUM(input_tokens),
  SUM(output_tokens) FROM spend_part GROUP BY ${KEY}, cost_class`
const KEPT_CALLS = `SELECT ${KEY}, calls FROM call_day`
const COUNTED_CALLS = `SELECT local_day, utc_day, provider, model_requested, connection_id, COALESCE(key_id, ''), purpose,
  COUNT(*) FROM call GROUP BY 1, 2, 3, 4, 5, 6, 7`

/** What is kept of each call, and what its row and lines come to. */
const OF_CALL = {
  provider: 'call.provider',
  model: 'model_requested',
  connection_id: 'call.connection_id',
  key_id: `COALESCE(call.key_id, '')`,
  conversation_id: `COALESCE(call.conversation_id, '')`,
  private: 'call.private',
  purpose: `CASE automatic WHEN 1 THEN 'retry' ELSE call.purpose END`,
  state: 'call.state',
  started_ms: 'call.started_ms',
  lines: 'COUNT(line.seq)',
  doubt: `COALESCE(MAX(CASE line.cost_class WHEN 'unpriced' THEN 6 WHEN 'uncertain' THEN 5 WHEN 'partial' THEN 4
    WHEN 'computed' THEN 3 WHEN 'provider_reported' THEN 2 ELSE line.seq IS NOT NULL END), 0)`,
  ranged: 'COUNT(line.pico_upper)',
  pico: 'COALESCE(SUM(line.pico), 0)',
  pico_most: 'COALESCE(SUM(COALESCE(line.pico_upper, line.pico)), 0)',
  input_tokens: 'COALESCE(SUM(line.input_tokens), 0)',
  output_tokens: 'COALESCE(SUM(line.output_tokens), 0)',
  cache_saved: `CASE WHEN EXISTS (SELECT 1 FROM ledger_line AS taken WHERE taken.call_id = call.id
    AND taken.reason IN ('generation', 'duplicate')) THEN NULL ELSE cache_saved_pico END`,
}
// The lines of these calls are named: the view of all lines would be made anew for every few of them.
const DIFFERING_CALL = `SELECT MIN(counted.day) FROM (
    SELECT call.seq, call.local_day AS day, ${Object.entries(OF_CALL)
      .map(([name, value]) => `${value} AS its_${name}`)
      .join(', ')}
    FROM call LEFT JOIN (
      SELECT * FROM ledger_effective WHERE call_id IN (SELECT id FROM call WHERE seq > @after AND seq <= @last)
    ) AS line ON line.call_id = call.id
    WHERE call.seq > @after AND call.seq <= @last GROUP BY call.seq
  ) AS counted LEFT JOIN spend_call AS kept ON kept.local_day = counted.day AND kept.seq = counted.seq
  WHERE kept.seq IS NULL OR ${Object.keys(OF_CALL)
    .map((name) => `kept.${name} IS NOT its_${name}`)
    .join(' OR ')}`
/** A row of a call that there is not. */
const STRAY_CALL = `SELECT MIN(local_day) FROM spend_call WHERE NOT EXISTS
  (SELECT 1 FROM call WHERE call.seq = spend_call.seq AND call.local_day = spend_call.local_day)`

/** The first local day on which two lists of sums differ; null where they are the same. */
const differing = (kept: string, counted: string) => `SELECT MIN(local_day) FROM (
  SELECT * FROM (${kept} EXCEPT ${counted}) UNION ALL SELECT * FROM (${counted} EXCEPT ${kept}))`

/** Proves the ledger: entry by entry that nothing was changed, and then that the sums kept are the sums of the lines. */
export function ledgerProof(database: Database) {
  const next = database
    .prepare<[number, number], ChainedEntry>(
      `SELECT seq, call_id AS callId, role, model, bucket, units, unit_price AS unitPrice, multiplier,
         price_id AS priceId, pico, pico_upper AS picoUpper, cost_class AS costClass, corrects, reason,
         utc_day AS utcDay, local_day AS localDay, booked_ms AS bookedMs, hash
       FROM ledger_line WHERE seq > ? ORDER BY seq LIMIT ?`,
    )
    .safeIntegers()
  const head = database.prepare<[], { entries: number; hash: Buffer }>(`SELECT entries, hash FROM ledger_head`)
  const days = [differing(KEPT, COUNTED), differing(KEPT_CALLS, COUNTED_CALLS), STRAY_CALL].map((sql) =>
    database.prepare<[], string | null>(sql).pluck(),
  )
  const lastCall = database.prepare<[], number>(`SELECT COALESCE(MAX(seq), 0) FROM call`).pluck()
  const differingCall = database
    .prepare<[{ readonly after: number; readonly last: number }], string | null>(DIFFERING_CALL)
    .pluck()
  return {
    /** Checks up to `limit` entries after `from`; a state when they are sound, null at the end of the ledger. */
    step(from: ProofState, limit: number): ProofState | LedgerFault | null {
      const rows = next.all(from.entries, limit)
      if (rows.length === 0) return null
      let { entries, hash } = from
      for (const row of rows) {
        entries += 1
        hash = entryHash(hash, row)
        if (row.seq !== BigInt(entries) || !hash.equals(row.hash)) {
          return { kind: 'entry', seq: entries, callId: row.seq === BigInt(entries) ? row.callId : null }
        }
      }
      return { entries, hash }
    },
    /** Whether the ledger ends where the last booking left it. */
    end(at: ProofState): LedgerFault | null {
      const end = head.get()
      if (end !== undefined && end.entries === at.entries && end.hash.equals(at.hash)) return null
      return { kind: 'end', seq: Math.min(at.entries, end?.entries ?? 0) + 1 }
    },
    /** Compares what is kept of up to `limit` calls after one with their lines; the last of them, or null at the end. */
    calls(after: number, limit: number): number | LedgerFault | null {
      if (after >= (lastCall.get() ?? 0)) return null
      const localDay = differingCall.get({ after, last: after + limit }) ?? null
      return localDay === null ? after + limit : { kind: 'day', localDay }
    },
    /** Compares every kept sum with its lines and calls; a pass over the whole ledger. */
    days(): LedgerFault | null {
      const [localDay] = days.flatMap((day) => day.get() ?? []).toSorted()
      return localDay === undefined ? null : { kind: 'day', localDay }
    },
  }
}
