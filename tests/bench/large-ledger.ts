import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { linesOf } from '../../src/core/booking'
import { openStorage, type Storage } from '../../src/main/storage/storage'
import type { Run } from './harness'
import { callRow, endedCall, PRICES } from './workload'

const FIRST_MS = Date.parse('2021-12-01T12:00:00Z')
/** The end of the five years the ledger covers. */
export const LAST_MS = Date.parse('2026-11-30T12:00:00Z')

/** Calls that differ from each other; after these the same ones come again, on later days. */
const VARIANTS = 3_000
const CALLS_AT_ONCE = 10_000
const NOTHING_KNOWN = { modelAnswered: null, responseId: null, firstByteMs: null, usage: null }

const profileOf = ({ folder }: Run) => join(folder, 'large')
const made = new WeakMap<Run, Promise<Storage>>()

/** Where the large ledger lies. */
export const largeLedgerFile = (run: Run): string => join(profileOf(run), 'latchkey.db')

/** Five years of calls, booked as the app books them. Made once a run. */
export function largeLedger(run: Run): Promise<Storage> {
  const storage = made.get(run) ?? make(run)
  made.set(run, storage)
  return storage
}

/** Closes the large ledger of a run, if it made one. */
export async function closeLargeLedger(run: Run): Promise<void> {
  const storage = await made.get(run)
  storage?.close()
}

async function make(run: Run): Promise<Storage> {
  mkdirSync(profileOf(run), { recursive: true })
  const storage = openStorage({ profile: profileOf(run) })
  const putBack = takeCallIndexes(largeLedgerFile(run))
  await book(storage, run)
  putBack()
  return storage
}

/**
 * Random ids make keeping the indexes of calls a third of the work; made at the end, in order, they are the same. Those of
 * the ledger stay: packed tight they would split under the first lines that are timed.
 */
function takeCallIndexes(file: string): () => void {
  const database = new Sqlite(file)
  const indexes = database
    .prepare<[], { name: string; sql: string }>(
      `SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'call' AND sql IS NOT NULL`,
    )
    .all()
  for (const { name } of indexes) database.exec(`DROP INDEX ${name}`)
  return () => {
    for (const { sql } of indexes) database.exec(sql)
    database.close()
  }
}

async function book({ calls, ledger, transaction }: Storage, { rows, tell }: Run): Promise<void> {
  const variants = Array.from({ length: VARIANTS }, (_, number) => linesOf(endedCall(number, FIRST_MS), PRICES))
  const started = performance.now()
  let booked = 0
  const leftOf = () => rows - booked
  const bookCall = (number: number) => {
    const startedMs = FIRST_MS + Math.floor((booked / rows) * (LAST_MS - FIRST_MS))
    const call = callRow(number, endedCall(number % VARIANTS, startedMs))
    const lines = variants[number % VARIANTS]?.slice(0, rows - booked) ?? []
    calls.add(call)
    calls.settle(call.id, 'done', startedMs + 9_000, NOTHING_KNOWN, null, [], null)
    ledger.append(call, lines, startedMs + 9_000)
    booked += lines.length
  }
  for (let first = 0; leftOf() > 0; first += CALLS_AT_ONCE) {
    transaction(() => {
      for (let number = first; number < first + CALLS_AT_ONCE && leftOf() > 0; number += 1) bookCall(number)
    })
    const seconds = ((performance.now() - started) / 1_000).toFixed(0)
    tell(`  ${booked.toLocaleString('en')} of ${rows.toLocaleString('en')} ledger lines, ${seconds} s`)
    // Lets a signal through.
    await setImmediate()
  }
}
