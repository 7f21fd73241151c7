import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { linesOf } from '../../../src/core/booking'
import { costOf } from '../../../src/core/pricing'
import { openStorage } from '../../../src/main/storage/storage'
import type { Benchmark } from '../harness'
import { LAST_MS } from '../large-ledger'
import { proveLedger, sameAs } from '../right'
import { callRow, endedCall, PRICES } from '../workload'

const ROUNDS = 600
/** Enough for both write-ahead logs to have reached their full length; one that still grows costs a sync more. */
const WARM_UP = 700

/** What the end of an answer costs beyond storing rows. */
export const priceAndBook: Benchmark = {
  name: 'price-and-book',
  unit: 'ms',
  measures:
    'one call priced and its lines booked, with hash chain and sums of the day, against inserting the same rows into a plain table of a file of the same durability',
  target: null,
  rounds: ROUNDS,
  warmUp: WARM_UP,
  prepare({ folder }) {
    const profile = join(folder, 'price-and-book')
    mkdirSync(profile)
    const storage = openStorage({ profile })
    const ended = endedCall(0, LAST_MS)
    const calls = Array.from({ length: ROUNDS + WARM_UP + 1 }, (_, number) => callRow(number, ended))
    storage.transaction(() => {
      for (const call of calls) storage.calls.add(call)
    })
    let next = 0
    const book = () => {
      const call = calls[next]
      next += 1
      if (call === undefined) throw new Error('there is no call left to book')
      storage.transaction(() => {
        storage.ledger.append(call, linesOf(ended, PRICES), LAST_MS)
      })
      return call.id
    }
    const first = book()
    const plain = plainTable(join(profile, 'plain.db'), join(profile, 'latchkey.db'))
    return Promise.resolve({
      baseline: plain.insert,
      subject: book,
      check() {
        const lines = linesOf(ended, PRICES)
        sameAs('the cost of the booked call', storage.spend.ofCall(first).pico, costOf(lines).pico)
        proveLedger(storage)
        plain.insert()
        sameAs('the number of plain rows', plain.count(), lines.length)
      },
      close() {
        plain.close()
        storage.close()
      },
    })
  },
}

/** A table with the columns of the ledger and none of its rules, and the ledger's rows to insert into it. */
function plainTable(path: string, ledger: string) {
  const source = new Sqlite(ledger, { readonly: true })
  const select = source.prepare<[], unknown[]>('SELECT * FROM ledger_line').safeIntegers()
  const columns = select.columns().flatMap(({ name }) => (name === 'seq' ? [] : [name]))
  const rows = select
    .raw()
    .all()
    .map((row) => row.slice(1))
  source.close()

  const database = new Sqlite(path)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.exec(`CREATE TABLE plain (seq INTEGER PRIMARY KEY, ${columns.join(', ')})`)
  const insert = database.prepare(
    `INSERT INTO plain (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  )
  const all = database.transaction(() => {
    for (const row of rows) insert.run(row)
  })
  return {
    insert: (): void => all.immediate(),
    count: () => database.prepare('SELECT COUNT(*) FROM plain').pluck().get(),
    close: () => database.close(),
  }
}
