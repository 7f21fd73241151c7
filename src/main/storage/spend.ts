import type { Database } from 'better-sqlite3'
import type { CallId, ConversationId, MessageId } from '../../core/ids'
import { daysOf } from '../../core/period'
import { costOf, type Cost, type CostClass } from '../../core/pricing'
import type { ProviderId } from '../../core/provider'

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
const OF_LINES = `SELECT cost_class AS costClass, SUM(pico) AS pico, SUM(COALESCE(pico_upper, pico)) AS most,
    COUNT(pico_upper) AS ranged, SUM(input_tokens) AS input, SUM(output_tokens) AS output FROM ledger_effective`
const OF_DAYS = `cost_class AS costClass, SUM(pico) AS pico, SUM(pico_most) AS most, SUM(ranged) AS ranged,
    SUM(input_tokens) AS input, SUM(output_tokens) AS output FROM spend_day WHERE local_day BETWEEN ? AND ?`

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

/** The column each key is in, in `spend_day` and in `call`. */
const KEYS: Readonly<Record<SpendKey, readonly [sums: string, counts: string]>> = {
  day: ['local_day', 'local_day'],
  model: ['model', 'model_requested'],
  provider: ['provider', 'provider'],
}

/** Sums of the ledger: of single calls from their lines, of days and months from the sums the database keeps. */
export function spendRepository(database: Database) {
  // A JavaScript number holds pico-dollars exactly only up to $9,007, so every sum is read as a BigInt.
  const summed = (where: string) =>
    database.prepare<[string], Group>(`${OF_LINES} WHERE ${where} GROUP BY cost_class`).safeIntegers()
  const ofCall = summed(`call_id = ?`)
  const ofMessage = summed(`call_id IN (SELECT id FROM call WHERE message_id = ?)`)
  const ofConversation = summed(`call_id IN (SELECT id FROM call WHERE conversation_id = ?)`)
  const ofDays = database
    .prepare<[string, string], Group>(`SELECT ${OF_DAYS} GROUP BY cost_class HAVING SUM(lines) > 0`)
    .safeIntegers()
  type Keyed = { readonly key: string; readonly provider: ProviderId }
  const apart = ([sums, counts]: (typeof KEYS)[SpendKey]) => ({
    sums: database
      .prepare<[string, string], Group & Keyed>(
        `SELECT ${sums} AS key, provider, ${OF_DAYS} GROUP BY 1, 2, cost_class HAVING SUM(lines) > 0`,
      )
      .safeIntegers(),
    counts: database.prepare<[string, string], Keyed & { readonly callCount: number }>(
      `SELECT ${counts} AS key, provider, COUNT(*) AS callCount FROM call
       WHERE local_day BETWEEN ? AND ? GROUP BY 1, 2 ORDER BY 1, 2`,
    ),
  })
  const parts = { day: apart(KEYS.day), model: apart(KEYS.model), provider: apart(KEYS.provider) }
  return {
    ofCall: (id: CallId): BookedCost => total(ofCall.all(id)),
    /** Every attempt at an answer together. */
    ofMessage: (id: MessageId): BookedCost => total(ofMessage.all(id)),
    ofConversation: (id: ConversationId): BookedCost => total(ofConversation.all(id)),
    /** A local calendar month, `2026-11`. */
    ofMonth: (month: string): BookedCost => total(ofDays.all(...daysOf(month))),
    /** A month taken apart; a part is a key of one provider, so that two providers' models of one name stay two. */
    partsOfMonth(month: string, by: SpendKey): SpendPart[] {
      const sums = Map.groupBy(parts[by].sums.all(...daysOf(month)), ({ provider, key }) => `${provider} ${key}`)
      return parts[by].counts.all(...daysOf(month)).map(({ key, provider, callCount }) => ({
        key,
        provider,
        callCount,
        cost: total(sums.get(`${provider} ${key}`) ?? []),
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
