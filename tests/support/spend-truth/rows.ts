import Sqlite from 'better-sqlite3'

// What a report must say, from the rows of `call` and `ledger_line` alone and in plain loops. It shares no code with what
// it checks: not the classes, not the weeks, not the columns.

/** A row as SQLite has it; every number is a BigInt. */
export type Row = Readonly<Record<string, bigint | string | null>>

/** A file's rows, read past the app. */
export interface Truth {
  readonly calls: readonly TrueCall[]
  /** Of what can be seen: neither deleted nor private. */
  readonly titles: ReadonlyMap<string, string>
  readonly keyLabels: ReadonlyMap<string, string>
  readonly connectionLabels: ReadonlyMap<string, string>
}

export interface TrueLine {
  readonly row: Row
  readonly costClass: string
  readonly pico: bigint | null
  readonly upper: bigint | null
  readonly input: bigint
  readonly output: bigint
}

export interface TrueCall {
  readonly row: Row
  readonly lines: readonly TrueLine[]
  /** The purpose, or `retry`. */
  readonly kind: string
  readonly key: string
  readonly conversation: string
  readonly cost: TrueCost
  readonly saved: bigint | null
}

/** As a CostView. */
export interface TrueCost {
  readonly pico: string | null
  readonly atLeast: string
  readonly upper: string | null
  readonly costClass: string
  readonly inputTokens: number | null
  readonly outputTokens: number | null
}

/** From the most certain on. */
const CLASSES = ['adjustment', 'provider_reported', 'computed', 'partial', 'uncertain', 'unpriced']

export function readTruth(file: string): Truth {
  const database = new Sqlite(file, { readonly: true })
  const all = (sql: string): Row[] => database.prepare<[], Row>(sql).safeIntegers().all()
  const rows = all(`SELECT * FROM call`)
  const lines = all(`SELECT * FROM ledger_line ORDER BY seq`)
  const conversations = all(`SELECT id, title FROM conversation WHERE deleted_ms IS NULL`)
  const keys = all(`SELECT key_id AS id, label AS title FROM connection_key WHERE label IS NOT NULL`)
  const connections = all(`SELECT id, label AS title FROM connection`)
  database.close()
  const corrected = new Set<bigint>()
  for (const { corrects } of lines) if (typeof corrects === 'bigint') corrected.add(corrects)
  const byCall = new Map<string, TrueLine[]>()
  for (const line of lines) {
    const its = byCall.get(String(line['call_id'])) ?? []
    its.push(trueLine(line, corrected.has(line['seq'] as bigint)))
    byCall.set(String(line['call_id']), its)
  }
  const named = (found: readonly Row[]) => new Map(found.map(({ id, title }) => [String(id), String(title)]))
  return {
    calls: rows.map((row) => trueCall(row, byCall.get(String(row['id'])) ?? [])),
    titles: named(conversations),
    keyLabels: named(keys),
    connectionLabels: named(connections),
  }
}

function trueLine(row: Row, isCorrected: boolean): TrueLine {
  const bucket = String(row['bucket'])
  const units = row['corrects'] === null ? (row['units'] as bigint) : 0n
  return {
    row,
    costClass: isCorrected ? 'adjustment' : String(row['cost_class']),
    pico: row['pico'] as bigint | null,
    upper: isCorrected ? null : (row['pico_upper'] as bigint | null),
    input: bucket.startsWith('in_') ? units : 0n,
    output: bucket === 'out' || bucket.startsWith('out_') ? units : 0n,
  }
}

function trueCall(row: Row, lines: readonly TrueLine[]): TrueCall {
  let isTaken = false
  for (const { row: line } of lines)
    if (line['reason'] === 'generation' || line['reason'] === 'duplicate') isTaken = true
  return {
    row,
    lines,
    kind: row['automatic'] === 1n ? 'retry' : String(row['purpose']),
    key: row['key_id'] === null ? 'none' : String(row['key_id']),
    conversation:
      row['private'] === 1n ? 'private' : row['conversation_id'] === null ? 'none' : String(row['conversation_id']),
    cost: costOf(lines),
    saved: isTaken ? null : (row['cache_saved_pico'] as bigint | null),
  }
}

export function costOf(lines: readonly TrueLine[]): TrueCost {
  let [atLeast, most, input, output] = [0n, 0n, 0n, 0n]
  let isRange = false
  let worst = -1
  for (const line of lines) {
    atLeast += line.pico ?? 0n
    most += line.upper ?? line.pico ?? 0n
    if (line.upper !== null) isRange = true
    input += line.input
    output += line.output
    worst = Math.max(worst, CLASSES.indexOf(line.costClass))
  }
  return {
    pico: worst === CLASSES.length - 1 ? null : atLeast.toString(),
    atLeast: atLeast.toString(),
    upper: isRange ? most.toString() : null,
    costClass: CLASSES[worst] ?? 'computed',
    inputTokens: input === 0n ? null : Number(input),
    outputTokens: output === 0n ? null : Number(output),
  }
}

export function costOfCalls(calls: readonly TrueCall[]): TrueCost {
  const lines: TrueLine[] = []
  for (const call of calls) for (const line of call.lines) lines.push(line)
  return costOf(lines)
}
