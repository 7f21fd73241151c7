import type { Database } from 'better-sqlite3'
import type { CallId, ConversationId, MessageId } from '../../core/ids'
import { daysOf } from '../../core/period'
import type { ProviderId } from '../../core/provider'
import { costOf, type Cost, type CostClass, type PricedLine } from '../../core/pricing'
import type { Call } from './calls'

/** A cost with the tokens it stands for; tokens are null where no line reports any. */
export interface BookedCost extends Cost {
  readonly inputTokens: number | null
  readonly outputTokens: number | null
}

/** Lines added up per class in SQL, since a month may hold a million of them. */
interface Group {
  readonly costClass: CostClass
  readonly pico: bigint | null
  /** What the group is at most: its upper bounds, and its figures where there is none. */
  readonly most: bigint | null
  readonly ranged: bigint
  readonly input: bigint | null
  readonly output: bigint | null
}

// SUM over INTEGER is exact and fails on overflow; TOTAL and AVG would turn money into floating point.
const SUMS = `ledger_line.cost_class AS costClass, SUM(pico) AS pico, SUM(COALESCE(pico_upper, pico)) AS most,
    COUNT(pico_upper) AS ranged,
    SUM(units) FILTER (WHERE bucket LIKE 'in\\_%' ESCAPE '\\') AS input,
    SUM(units) FILTER (WHERE bucket = 'out' OR bucket LIKE 'out\\_%' ESCAPE '\\') AS output`
const GROUPS = `SELECT ${SUMS} FROM ledger_line`

/** What a month can be taken apart by. */
export type SpendKey = 'day' | 'model' | 'provider'

/** One part of a month. */
export interface SpendPart {
  /** A local day, a model's id or a provider. */
  readonly key: string
  readonly provider: ProviderId
  readonly cost: BookedCost
  readonly callCount: number
}

const KEYS: Readonly<Record<SpendKey, string>> = {
  day: 'call.local_day',
  model: 'call.model_requested',
  provider: 'call.provider',
}

/** The append-only ledger and its sums. */
export function ledgerRepository(database: Database) {
  const insert = database.prepare<
    [PricedLine & Pick<Call, 'utcDay' | 'localDay'> & { callId: CallId; bookedMs: number }]
  >(
    `INSERT INTO ledger_line (call_id, role, model, bucket, units, unit_price, multiplier, price_id, pico, pico_upper,
       cost_class, utc_day, local_day, booked_ms)
     VALUES (@callId, @role, @model, @bucket, @units, @unitPrice, @multiplier, @priceId, @pico, @picoUpper,
       @costClass, @utcDay, @localDay, @bookedMs)`,
  )
  // A JavaScript number holds pico-dollars exactly only up to $9,007, so every sum is read as a BigInt.
  const summed = (where: string) =>
    database.prepare<[string], Group>(`${GROUPS} ${where} GROUP BY cost_class`).safeIntegers()
  const ofCall = summed(`WHERE call_id = ?`)
  const ofMessage = summed(`WHERE call_id IN (SELECT id FROM call WHERE message_id = ?)`)
  const ofConversation = summed(`WHERE call_id IN (SELECT id FROM call WHERE conversation_id = ?)`)
  const ofDays = database
    .prepare<[string, string], Group>(`${GROUPS} WHERE local_day BETWEEN ? AND ? GROUP BY cost_class`)
    .safeIntegers()
  type Keyed = { readonly key: string; readonly provider: ProviderId }
  const apart = (by: SpendKey) => ({
    sums: database
      .prepare<[string, string], Group & Keyed>(
        `SELECT ${KEYS[by]} AS key, call.provider AS provider, ${SUMS}
         FROM ledger_line JOIN call ON call.id = ledger_line.call_id
         WHERE ledger_line.local_day BETWEEN ? AND ? GROUP BY 1, 2, ledger_line.cost_class`,
      )
      .safeIntegers(),
    counts: database.prepare<[string, string], Keyed & { readonly callCount: number }>(
      `SELECT ${KEYS[by]} AS key, provider, COUNT(*) AS callCount FROM call
       WHERE local_day BETWEEN ? AND ? GROUP BY 1, 2 ORDER BY 1, 2`,
    ),
  })
  const parts = { day: apart('day'), model: apart('model'), provider: apart('provider') }
  return {
    append(call: Call, lines: readonly PricedLine[], bookedMs: number): void {
      for (const line of lines) {
        insert.run({ ...line, callId: call.id, utcDay: call.utcDay, localDay: call.localDay, bookedMs })
      }
    },
    ofCall: (id: CallId): BookedCost => total(ofCall.all(id)),
    /** Every attempt at an answer together. */
    ofMessage: (id: MessageId): BookedCost => total(ofMessage.all(id)),
    ofConversation: (id: ConversationId): BookedCost => total(ofConversation.all(id)),
    /** A local calendar month, `2026-11`. */
    ofMonth: (month: string): BookedCost => total(ofDays.all(...daysOf(month))),
    /** A month taken apart; a part is a key of one provider, so that two providers' models of one name stay two. */
    partsOfMonth(month: string, by: SpendKey): SpendPart[] {
      const sums = parts[by].sums.all(...daysOf(month))
      return parts[by].counts.all(...daysOf(month)).map(({ key, provider, callCount }) => ({
        key,
        provider,
        callCount,
        cost: total(sums.filter((group) => group.key === key && group.provider === provider)),
      }))
    },
  }
}

function total(groups: readonly Group[]): BookedCost {
  const lines = groups.map(({ costClass, pico, most, ranged }) => ({
    costClass,
    pico: costClass === 'unpriced' ? null : (pico ?? 0n),
    picoUpper: ranged > 0n ? most : null,
  }))
  return {
    ...costOf(lines),
    inputTokens: tokens(groups.map((group) => group.input)),
    outputTokens: tokens(groups.map((group) => group.output)),
  }
}

function tokens(counts: readonly (bigint | null)[]): number | null {
  const known = counts.filter((count) => count !== null)
  return known.length === 0 ? null : Number(known.reduce((sum, count) => sum + count, 0n))
}
