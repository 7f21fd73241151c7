import type { Database } from 'better-sqlite3'

const LOOKED_FOR = 'SELECT 1 FROM ledger_line WHERE seq > OLD.entries AND corrects IS NOT NULL'
// The plus keeps it to the lines that were just booked: by the index of corrections, all there ever were are read.
const FOUND = 'SELECT 1 FROM ledger_line WHERE seq > OLD.entries AND +corrects IS NOT NULL'

/** Whether a booking corrects anything is looked up among its own lines, however many corrections there are. */
export function correctionsFound(database: Database): void {
  const triggerOf = database.prepare<[string], string>(`SELECT sql FROM sqlite_schema WHERE name = ?`).pluck()
  for (const name of ['ledger_adds_to_call', 'ledger_settles_call']) {
    const sql = triggerOf.get(name)
    if (sql?.includes(LOOKED_FOR) !== true) throw new Error(`the trigger ${name} is not as it was made`)
    database.exec(`DROP TRIGGER ${name}; ${sql.replaceAll(LOOKED_FOR, FOUND)}`)
  }
}
