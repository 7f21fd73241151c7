import type { Database } from 'better-sqlite3'
import type { CallId, ConversationId, KeyId } from '../../core/ids'
import type { Pico } from '../../core/money'
import type { CostClass } from '../../core/pricing'
import type { ProviderId } from '../../core/provider'
import {
  COST_CLASSES,
  type CallState,
  type SpendFilter,
  type SpendPurpose,
  type SpendRange,
} from '../../core/spend-query'
import type { BookedCost } from './spend'

/** What sums of calls are told apart by, with the column each is in. */
const COLUMN = {
  day: 'spend_call.local_day',
  provider: 'spend_call.provider',
  model: 'spend_call.model',
  key: 'spend_call.key_id',
  conversation: `CASE private WHEN 1 THEN 'private' ELSE conversation_id END`,
  purpose: 'spend_call.purpose',
  state: 'spend_call.state',
  doubt: 'spend_call.doubt',
} as const

export type SpendColumn = keyof typeof COLUMN

/** Some calls added up. Columns they were not told apart by are empty. */
export interface SpendSum {
  readonly day: string
  /** Null where they are of several. */
  readonly provider: ProviderId | null
  readonly model: string
  /** Empty for none. */
  readonly key: KeyId | ''
  /** Empty for none, `private` for all that were private. */
  readonly conversation: ConversationId | 'private' | ''
  readonly purpose: SpendPurpose | ''
  readonly state: CallState | ''
  /** From 0, where there is nothing booked, to 6 for what has no price. */
  readonly doubt: number
  readonly calls: number
  /** Answers that were asked for by hand. */
  readonly messages: number
  readonly inFlight: number
  readonly lastMs: number
  /** Of the last of them. */
  readonly lastCall: number
  readonly ranged: number
  readonly pico: Pico
  readonly most: Pico
  readonly input: number
  readonly output: number
  /** How many of them say what caching has saved, and how much. */
  readonly saving: number
  readonly saved: Pico
}

type Stored = { readonly [Field in keyof SpendSum]: SpendSum[Field] extends number ? bigint : SpendSum[Field] }

/** By which parts of a filter calls are found, with what is asked of their rows. */
const CONDITION = {
  provider: 'provider = @provider',
  model: 'model = @model',
  connectionId: 'connection_id = @connectionId',
  keyId: `key_id = @keyId`,
  conversationId: `conversation_id = @conversationId`,
  purpose: 'purpose = @purpose',
  outcome: 'state = @outcome',
  costClass: 'doubt = @doubt',
} as const satisfies Record<keyof SpendFilter, string>

type Values = Readonly<Record<string, string | number>>

/** What each call comes to, added up for any range and filter, and apart by any columns. */
export function spendCallRepository(database: Database) {
  const sums = new Map<string, ReturnType<typeof prepareSums>>()
  const prepareSums = (by: readonly SpendColumn[], where: string) => {
    const columns = (Object.keys(COLUMN) as SpendColumn[]).map((column) => {
      if (column === 'provider') return `CASE WHEN MIN(provider) = MAX(provider) THEN MIN(provider) END AS provider`
      if (column === 'doubt') return `MAX(doubt) AS doubt`
      return `${by.includes(column) ? COLUMN[column] : `''`} AS ${column}`
    })
    const groups = by.length === 0 ? '' : `GROUP BY ${by.map((column) => COLUMN[column]).join(', ')}`
    return database
      .prepare<[Values], Stored>(
        `SELECT ${columns.join(', ')}, COUNT(*) AS calls, SUM(purpose = 'answer') AS messages,
           SUM(state = 'in_flight') AS inFlight, MAX(started_ms) AS lastMs, MAX(seq) AS lastCall,
           SUM(ranged) AS ranged, SUM(pico) AS pico, SUM(pico_most) AS most, SUM(input_tokens) AS input,
           SUM(output_tokens) AS output, COUNT(cache_saved) AS saving, COALESCE(SUM(cache_saved), 0) AS saved
         FROM spend_call WHERE ${where} ${groups} HAVING COUNT(*) > 0`,
      )
      .safeIntegers()
  }
  const pages = new Map<string, ReturnType<typeof preparePage>>()
  const preparePage = (where: string) =>
    database
      .prepare<[Values], CallId>(
        `SELECT call.id FROM (SELECT local_day, seq FROM spend_call WHERE ${where}
           ORDER BY local_day DESC, seq DESC LIMIT @limit) AS found
         JOIN call ON call.seq = found.seq ORDER BY found.local_day DESC, found.seq DESC`,
      )
      .pluck()
  const placeOf = database.prepare<[CallId], { day: string; seq: number }>(
    `SELECT local_day AS day, seq FROM call WHERE id = ?`,
  )
  const firstDay = database.prepare<[], string | null>(`SELECT MIN(local_day) FROM spend_call`).pluck()
  const idOf = database.prepare<[number], CallId>(`SELECT id FROM call WHERE seq = ?`).pluck()
  return {
    /** The calls of a range that a filter lets through, added up. Nothing for none. */
    sums(range: SpendRange, filter: SpendFilter, by: readonly SpendColumn[]): SpendSum[] {
      const { where, values } = conditions(range, filter)
      const statement = kept(sums, `${by.join()} ${where}`, () => prepareSums(by, where))
      return statement.all(values).map((row) => ({
        ...row,
        doubt: Number(row.doubt),
        calls: Number(row.calls),
        messages: Number(row.messages),
        inFlight: Number(row.inFlight),
        lastMs: Number(row.lastMs),
        lastCall: Number(row.lastCall),
        ranged: Number(row.ranged),
        input: Number(row.input),
        output: Number(row.output),
        saving: Number(row.saving),
      }))
    },
    /** So many of them from the newest on, or from those before a call: by day, and within one as they were made. */
    page(range: SpendRange, filter: SpendFilter, before: CallId | null, limit: number): CallId[] | null {
      const { where, values } = conditions(range, filter)
      if (before === null) return kept(pages, where, () => preparePage(where)).all({ ...values, limit })
      const place = placeOf.get(before)
      if (place === undefined) return null
      const older = `${where} AND (local_day, seq) < (@day, @seq)`
      return kept(pages, older, () => preparePage(older)).all({ ...values, ...place, limit })
    },
    /** The first local day there is a call of. */
    firstDay: (): string | null => firstDay.get() ?? null,
    /** The call with this number. */
    idOf: (seq: number): CallId | undefined => idOf.get(seq),
  }
}

/** The statement made for this question before, or a new one. */
function kept<Statement>(cache: Map<string, Statement>, key: string, make: () => Statement): Statement {
  const statement = cache.get(key) ?? make()
  cache.set(key, statement)
  return statement
}

/** Sums as one. */
export function addUp(sums: readonly SpendSum[]): BookedCost & Pick<SpendSum, 'calls' | 'messages' | 'inFlight'> {
  let [pico, most, ranged, doubt, input, output, calls, messages, inFlight] = [0n, 0n, 0, 0, 0, 0, 0, 0, 0]
  for (const sum of sums) {
    pico += sum.pico
    most += sum.most
    ranged += sum.ranged
    doubt = Math.max(doubt, sum.doubt)
    input += sum.input
    output += sum.output
    calls += sum.calls
    messages += sum.messages
    inFlight += sum.inFlight
  }
  const costClass = classOf(doubt)
  return {
    pico: costClass === 'unpriced' ? null : pico,
    atLeast: pico,
    upper: ranged > 0 ? most : null,
    costClass,
    // No line is booked for no token.
    inputTokens: input === 0 ? null : input,
    outputTokens: output === 0 ? null : output,
    calls,
    messages,
    inFlight,
  }
}

/** A call nothing was booked for has cost nothing, which is a computed figure. */
export function classOf(doubt: number): CostClass {
  return COST_CLASSES[COST_CLASSES.length - doubt] ?? 'computed'
}

function conditions({ from, to }: SpendRange, filter: SpendFilter): { where: string; values: Values } {
  const { keyId, conversationId, costClass, ...plain } = filter
  const values: Record<string, string | number> = { from, to }
  const where = ['local_day BETWEEN @from AND @to']
  for (const [name, value] of Object.entries(plain)) {
    if (value === undefined) continue
    where.push(CONDITION[name as keyof typeof plain])
    values[name] = value
  }
  if (keyId !== undefined) {
    where.push(CONDITION.keyId)
    values['keyId'] = keyId === 'none' ? '' : keyId
  }
  if (conversationId === 'private') where.push('private = 1')
  else if (conversationId !== undefined) {
    where.push(CONDITION.conversationId)
    values['conversationId'] = conversationId === 'none' ? '' : conversationId
  }
  if (costClass === 'computed') where.push(`doubt IN (0, ${doubtOf(costClass)})`)
  else if (costClass !== undefined) {
    where.push(CONDITION.costClass)
    values['doubt'] = doubtOf(costClass)
  }
  return { where: where.join(' AND '), values }
}

function doubtOf(costClass: CostClass): number {
  return COST_CLASSES.length - COST_CLASSES.indexOf(costClass)
}
