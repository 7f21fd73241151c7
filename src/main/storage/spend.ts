import type { Database } from 'better-sqlite3'
import type { CallId, ConversationId, KeyId, MessageId } from '../../core/ids'
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
const OF_MONTH = `SELECT local_day AS day, provider, model, cost_class AS costClass, SUM(pico) AS pico,
    SUM(pico_most) AS most, SUM(ranged) AS ranged, SUM(input_tokens) AS input, SUM(output_tokens) AS output
  FROM spend_day WHERE local_day BETWEEN ? AND ? GROUP BY local_day, provider, model, cost_class`

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

/** A month whole and in parts. */
export interface SpendMonth {
  readonly cost: BookedCost
  readonly callCount: number
  readonly parts: Readonly<Record<SpendKey, readonly SpendPart[]>>
}

type Place = { readonly day: string; readonly provider: ProviderId; readonly model: string }
type Cell = Place & Group
type CallCell = Place & { readonly calls: number }

/** Sums of the ledger: of single calls from their lines, of days and months from the sums the database keeps. */
export function spendRepository(database: Database) {
  // A JavaScript number holds pico-dollars exactly only up to $9,007, so every sum is read as a BigInt.
  const summed = (where: string) =>
    database.prepare<[string], Group>(`${OF_LINES} WHERE ${where} GROUP BY cost_class`).safeIntegers()
  const ofCall = summed(`call_id = ?`)
  const ofMessage = summed(`call_id IN (SELECT id FROM call WHERE message_id = ?)`)
  const ofConversation = summed(`call_id IN (SELECT id FROM call WHERE conversation_id = ?)`)
  const cells = database.prepare<[string, string], Cell>(OF_MONTH).safeIntegers()
  const callCells = database.prepare<[string, string], CallCell>(
    `SELECT local_day AS day, provider, model, SUM(calls) AS calls FROM call_day WHERE local_day BETWEEN ? AND ?
     GROUP BY local_day, provider, model`,
  )
  const ofMonth = (month: string): SpendMonth => {
    const money = cells.all(...daysOf(month))
    const calls = callCells.all(...daysOf(month))
    const parts = { day: partsBy('day', money, calls), model: partsBy('model', money, calls) }
    return {
      cost: total(byClass(money)),
      callCount: countOf(calls),
      parts: { ...parts, provider: partsBy('provider', money, calls) },
    }
  }
  const keys = database
    .prepare<[string, string], Group & { readonly keyId: KeyId }>(
      `SELECT key_id AS keyId, cost_class AS costClass, SUM(pico) AS pico, SUM(pico_most) AS most, SUM(ranged) AS ranged,
         SUM(input_tokens) AS input, SUM(output_tokens) AS output
       FROM spend_day WHERE local_day BETWEEN ? AND ? AND key_id <> '' GROUP BY key_id, cost_class`,
    )
    .safeIntegers()
  return {
    ofCall: (id: CallId): BookedCost => total(ofCall.all(id)),
    /** A local calendar month by key. */
    byKey(month: string): (id: KeyId) => BookedCost {
      const groups = Map.groupBy(keys.all(...daysOf(month)), ({ keyId }) => keyId)
      return (id) => total(byClass(groups.get(id) ?? []))
    },
    /** Some calls together. */
    ofCalls: (ids: readonly CallId[]): BookedCost => total(byClass(ids.flatMap((id) => ofCall.all(id)))),
    /** Every attempt at an answer together. */
    ofMessage: (id: MessageId): BookedCost => total(ofMessage.all(id)),
    ofConversation: (id: ConversationId): BookedCost => total(ofConversation.all(id)),
    /** A local calendar month, `2026-11`. */
    month: ofMonth,
  }
}

/** A part is a key of one provider, so that two providers' models of one name stay two. Sorted by key. */
function partsBy(by: SpendKey, money: readonly Cell[], calls: readonly CallCell[]): SpendPart[] {
  const placeOf = (cell: Place) => `${cell[by]} ${cell.provider}`
  const sums = Map.groupBy(money, placeOf)
  return [...Map.groupBy(calls, placeOf)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([place, counted]) => {
      const [first] = counted
      if (first === undefined) return []
      const cost = total(byClass(sums.get(place) ?? []))
      return [{ key: first[by], provider: first.provider, cost, callCount: countOf(counted) }]
    })
}

function countOf(calls: readonly CallCell[]): number {
  return calls.reduce((sum, cell) => sum + cell.calls, 0)
}

/** One group per class out of many cells. */
function byClass(groups: readonly Group[]): Group[] {
  const sums = new Map<CostClass, { -readonly [Field in keyof Group]: Group[Field] }>()
  for (const group of groups) {
    const sum = sums.get(group.costClass)
    if (sum === undefined) sums.set(group.costClass, { ...group })
    else {
      sum.pico = (sum.pico ?? 0n) + (group.pico ?? 0n)
      sum.most = (sum.most ?? 0n) + (group.most ?? 0n)
      sum.ranged += group.ranged
      sum.input = (sum.input ?? 0n) + (group.input ?? 0n)
      sum.output = (sum.output ?? 0n) + (group.output ?? 0n)
    }
  }
  return [...sums.values()]
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
  const sum = Number(known.reduce((all, count) => all + count, 0n))
  // No line is booked for no token, except for a number nobody told.
  return sum === 0 ? null : sum
}
