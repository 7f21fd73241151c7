import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import Sqlite, { type Database } from 'better-sqlite3'
import { linesOf } from '../../src/core/booking'
import type { ConversationId } from '../../src/core/ids'
import { entryHash, GENESIS, type LedgerEntry } from '../../src/main/storage/entry-hash'
import type { Call } from '../../src/main/storage/calls'
import { openStorage, type Storage } from '../../src/main/storage/storage'
import type { Run } from './harness'
import { sameAs } from './right'
import { callRow, endedCall, idOf, PRICES } from './workload'

// Five years of calls in 10,000 conversations. Booking a million one by one takes minutes, so the rows of as many calls as
// differ are booked by the app and the rest are written after them: the same rows under other ids, on later days. That
// these are what booking writes is proven on a few thousand, table by table, in every run.

const FIRST_MS = Date.parse('2021-12-01T12:00:00Z')
/** The end of the five years. */
const LAST_MS = Date.parse('2026-11-30T12:00:00Z')
/** Calls that differ from each other; one in nine is a title, so the purposes come again with them. */
const VARIANTS = 4_500
/** So many calls lie among each other in time, of forty conversations. */
const BLOCK = 4_000
const CONVERSATIONS_IN_BLOCK = 40
const CALLS_AT_ONCE = 20_000
const ENDED_AFTER_MS = 9_000
const NOTHING_KNOWN = { modelAnswered: null, responseId: null, firstByteMs: null, usage: null }

type Row = Record<string, bigint | string | Buffer | null>

/** The last day there are calls on. */
export const LAST_DAY = '2026-11-30'

const made = new WeakMap<Run, Promise<ManyCalls>>()

/** A large ledger and where it lies. */
export interface ManyCalls {
  readonly storage: Storage
  readonly file: string
}

/** Made once a run. */
export function manyCalls(run: Run): Promise<ManyCalls> {
  const calls = made.get(run) ?? make(run)
  made.set(run, calls)
  return calls
}

/** Closes it, if a run has made it. */
export async function closeManyCalls(run: Run): Promise<void> {
  const calls = await made.get(run)
  calls?.storage.close()
}

async function make(run: Run): Promise<ManyCalls> {
  if (process.env['TRY'] !== undefined)
    return {
      storage: openStorage({ profile: '/tmp/w/scale-try/ledger/calls' }),
      file: '/tmp/w/scale-try/ledger/calls/latchkey.db',
    }
  await proveRows(run)
  return { storage: await writeCalls(run, 'calls', run.calls), file: fileOf(run, 'calls') }
}

function fileOf({ folder }: Run, name: string): string {
  return join(folder, name, 'latchkey.db')
}

/** What a call of this number is, in a ledger of so many. */
function callOf(number: number, count: number): Call {
  const startedMs = FIRST_MS + Math.floor((number / count) * (LAST_MS - FIRST_MS))
  const conversation = Math.floor(number / BLOCK) * CONVERSATIONS_IN_BLOCK + ((number * 7) % CONVERSATIONS_IN_BLOCK)
  return {
    ...callRow(number, endedCall(number % VARIANTS, startedMs)),
    conversationId: idOf('conversation', conversation),
  }
}

function open(run: Run, name: string, count: number): Storage {
  mkdirSync(join(run.folder, name), { recursive: true })
  const storage = openStorage({ profile: join(run.folder, name) })
  storage.transaction(() => {
    for (let number = 0; number < Math.ceil(count / BLOCK) * CONVERSATIONS_IN_BLOCK; number += 1) {
      storage.conversations.add({
        id: idOf('conversation', number),
        title: `Conversation ${number}`,
        connectionId: null,
        model: null,
        headId: null,
        createdMs: FIRST_MS,
        updatedMs: FIRST_MS,
        caching: '5m',
        titledBy: null,
        isPrivate: false,
      })
    }
  })
  return storage
}

/** As the app books. */
function bookCall({ calls, ledger }: Storage, number: number, count: number): void {
  const call = callOf(number, count)
  const endedMs = call.startedMs + ENDED_AFTER_MS
  calls.add(call)
  calls.settle(call.id, 'done', endedMs, NOTHING_KNOWN, null, [], null)
  ledger.append(call, linesOf(endedCall(number % VARIANTS, call.startedMs), PRICES), endedMs)
}

const TABLES = ['call', 'ledger_line', 'ledger_head', 'spend_call', 'spend_day', 'call_day'] as const

/** That what is written for a call is what booking it writes. */
async function proveRows(run: Run): Promise<void> {
  // The first ones come a second time.
  const count = VARIANTS + 500
  const booked = open(run, 'booked', count)
  booked.transaction(() => {
    for (let number = 0; number < count; number += 1) bookCall(booked, number, count)
  })
  booked.close()
  const written = await writeCalls({ ...run, tell: () => undefined }, 'written', count)
  written.close()
  const [one, other] = ['booked', 'written'].map((name) => new Sqlite(fileOf(run, name), { readonly: true }))
  for (const table of TABLES) {
    const rows = (database: Database | undefined) =>
      (database?.prepare(`SELECT * FROM ${table}`).raw().all() ?? []).map((row) => JSON.stringify(row)).toSorted()
    const [is, must] = [rows(other), rows(one)]
    sameAs(`the number of rows written in ${table}`, is.length, must.length)
    for (const [at, row] of is.entries()) sameAs(`a row written in ${table}`, row, must[at])
  }
  one?.close()
  other?.close()
}

async function writeCalls(run: Run, name: string, count: number): Promise<Storage> {
  open(run, `${name}-patterns`, 0).close()
  const patterns = openStorage({ profile: join(run.folder, `${name}-patterns`) })
  patterns.transaction(() => {
    for (let number = 0; number < Math.min(VARIANTS, count); number += 1) bookCall(patterns, number, count)
  })
  patterns.close()
  open(run, name, count).close()
  const database = new Sqlite(fileOf(run, name))
  database.pragma('synchronous = OFF')
  const putBack = takeGuards(database)
  await writeRows(database, readPatterns(fileOf(run, `${name}-patterns`)), run, count)
  run.tell('  indexes and sums …')
  putBack()
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
  return openStorage({ profile: join(run.folder, name) })
}

/** What is made row by row is made at the end, in order. */
function takeGuards(database: Database): () => void {
  const taken = database
    .prepare<[], { type: string; name: string; sql: string }>(
      `SELECT type, name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL
         AND tbl_name IN ('call', 'ledger_line', 'ledger_head', 'spend_call')`,
    )
    .all()
  for (const { type, name } of taken) database.exec(`DROP ${type} ${name}`)
  return () => {
    for (const { type, sql } of taken) if (type === 'index') database.exec(sql)
    database.exec(SUMS)
    for (const { type, sql } of taken) if (type === 'trigger') database.exec(sql)
  }
}

const KEY = `local_day, provider, model, utc_day, connection_id, key_id, purpose`
const SUMS = `
  INSERT INTO spend_day (${KEY}, cost_class, lines, ranged, pico, pico_most, input_tokens, output_tokens)
    SELECT ${KEY}, cost_class, COUNT(*), SUM(ranged), SUM(pico), SUM(pico_most), SUM(input_tokens), SUM(output_tokens)
    FROM spend_part GROUP BY ${KEY}, cost_class;
  INSERT INTO call_day (${KEY}, calls)
    SELECT local_day, provider, model_requested, utc_day, connection_id, COALESCE(key_id, ''), purpose, COUNT(*)
    FROM call GROUP BY 1, 2, 3, 4, 5, 6, 7;`

interface Pattern {
  readonly call: Row
  readonly spend: Row
  readonly lines: readonly Row[]
}

function readPatterns(file: string): Pattern[] {
  const database = new Sqlite(file, { readonly: true })
  const all = (table: string) => database.prepare<[], Row>(`SELECT * FROM ${table}`).safeIntegers().all()
  const lines = Map.groupBy(all('ledger_line'), (line) => String(line['call_id']))
  const spend = new Map(all('spend_call').map((row) => [row['seq'], row]))
  const patterns = all('call').map((call) => ({
    call,
    spend: spend.get(call['seq'] ?? null) ?? {},
    lines: lines.get(String(call['id'])) ?? [],
  }))
  database.close()
  return patterns
}

async function writeRows(
  database: Database,
  patterns: readonly Pattern[],
  { tell }: Run,
  count: number,
): Promise<void> {
  const inserter = (table: string) => {
    const columns = (database.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name)
    const insert = database.prepare(`INSERT INTO ${table} VALUES (${columns.map(() => '?').join(', ')})`)
    return (row: Row, changed: Row) => insert.run(columns.map((column) => changed[column] ?? row[column] ?? null))
  }
  const [addCall, addSpend, addLine] = ['call', 'spend_call', 'ledger_line'].map(inserter)
  const moveHead = database.prepare(`UPDATE ledger_head SET entries = ?, hash = ?`)
  let entries = 0
  let hash: Buffer = GENESIS
  const write = (number: number): void => {
    const pattern = patterns[number % VARIANTS]
    if (pattern === undefined) throw new Error('a call without a pattern')
    const { id, turnId, messageId, conversationId, startedMs, utcDay: utc, localDay: local } = callOf(number, count)
    const days = { utc_day: utc, local_day: local }
    const seq = BigInt(number + 1)
    const started = BigInt(startedMs)
    const ended = BigInt(startedMs + ENDED_AFTER_MS)
    const its = { seq, conversation_id: conversationId, started_ms: started }
    addCall?.(pattern.call, { ...days, ...its, id, turn_id: turnId, message_id: messageId, ended_ms: ended })
    addSpend?.(pattern.spend, { ...its, local_day: local })
    for (const line of pattern.lines) {
      entries += 1
      const entry = { ...days, seq: BigInt(entries), call_id: id, booked_ms: ended }
      hash = entryHash(hash, entryOf({ ...line, ...entry }))
      addLine?.(line, { ...entry, hash })
    }
  }
  const begun = performance.now()
  for (let first = 0; first < count; first += CALLS_AT_ONCE) {
    database.transaction(() => {
      for (let number = first; number < Math.min(count, first + CALLS_AT_ONCE); number += 1) write(number)
      moveHead.run(entries, hash)
    })()
    const seconds = ((performance.now() - begun) / 1_000).toFixed(0)
    tell(
      `  ${Math.min(count, first + CALLS_AT_ONCE).toLocaleString('en')} of ${count.toLocaleString('en')} calls, ${seconds} s`,
    )
    // Lets a signal through.
    await setImmediate()
  }
}

/** A row as the chain sees it. */
function entryOf(row: Row): LedgerEntry {
  return {
    seq: row['seq'],
    callId: row['call_id'],
    role: row['role'],
    model: row['model'],
    bucket: row['bucket'],
    units: row['units'],
    unitPrice: row['unit_price'],
    multiplier: row['multiplier'],
    priceId: row['price_id'],
    pico: row['pico'],
    picoUpper: row['pico_upper'],
    costClass: row['cost_class'],
    corrects: row['corrects'],
    reason: row['reason'],
    utcDay: row['utc_day'],
    localDay: row['local_day'],
    bookedMs: row['booked_ms'],
  } as LedgerEntry
}

/** A conversation in the middle of the five years. */
export function someConversation(count: number): ConversationId {
  return idOf('conversation', Math.floor(count / BLOCK / 2) * CONVERSATIONS_IN_BLOCK)
}
