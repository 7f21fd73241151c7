import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { linesOf } from '../../../src/core/booking'
import { costOf } from '../../../src/core/pricing'
import type { Benchmark } from '../harness'
import { LAST_MS, largeLedger } from '../large-ledger'
import { proveLedger, sameAs } from '../right'
import { callRow, endedCall, PRICES } from '../workload'

const ROUNDS = 600
const WARM_UP = 100
const BLOCK = Buffer.alloc(8_192, 'latchkey')
/** Beyond every number the ledger was made with. */
const FIRST_NUMBER = 10_000_000

/** Booking into a ledger that has grown large. */
export const ledgerInsert: Benchmark = {
  name: 'ledger-insert',
  unit: 'ms',
  measures:
    'the lines of one call appended to a large ledger, its sums of the day in the same transaction, against overwriting and syncing 8 KB of a file',
  target: 2,
  rounds: ROUNDS,
  warmUp: WARM_UP,
  async prepare(run) {
    const storage = await largeLedger(run)
    const ended = endedCall(0, LAST_MS)
    const lines = linesOf(ended, PRICES)
    const calls = Array.from({ length: ROUNDS + WARM_UP + 1 }, (_, at) => callRow(FIRST_NUMBER + at, ended))
    storage.transaction(() => {
      for (const call of calls) storage.calls.add(call)
    })
    const file = openSync(join(run.folder, 'block'), 'w')
    const overwrite = () => {
      writeSync(file, BLOCK, 0, BLOCK.length, 0)
      fdatasyncSync(file)
    }
    let next = 0
    const book = () => {
      const call = calls[next]
      next += 1
      if (call === undefined) throw new Error('there is no call left to book')
      storage.transaction(() => {
        storage.ledger.append(call, lines, LAST_MS)
      })
      return call.id
    }
    return {
      baseline: overwrite,
      subject: book,
      check() {
        sameAs('the cost of the booked call', storage.spend.ofCall(book()).pico, costOf(lines).pico)
        proveLedger(storage)
      },
      close() {
        closeSync(file)
      },
    }
  },
}
