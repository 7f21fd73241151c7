import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import type { Harness } from './latchkey'

/** All of what a request could change, as one text: every row and the shape of every table, the sealed keys, the files. */
export function stateOf({ profile }: Pick<Harness, 'profile'>): string {
  const database = new Sqlite(profile.file('latchkey.db'), { readonly: true })
  const shapes = database.prepare<[], { name: string; type: string }>('SELECT * FROM sqlite_master').all()
  const rows = shapes
    .filter(({ type }) => type === 'table')
    .map(({ name }) => [name, database.prepare(`SELECT * FROM "${name}"`).all()])
  const pragmas = ['user_version', 'application_id'].map((name) => database.pragma(name))
  database.close()
  const vault = createHash('sha256')
    .update(readFileSync(profile.file('vault.json')))
    .digest('hex')
  const files = readdirSync(profile.path).filter((name) => !/-(?:wal|shm|journal)$/.test(name))
  return JSON.stringify({ shapes, rows, pragmas, vault, files })
}
