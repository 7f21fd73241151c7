import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import type { Paths } from '../ports'
import { migrate, NewerFileError } from './migrate'
import { attachPrivate } from './places'

/** Why the data cannot be opened. The file is untouched in every case. */
export type StorageRefusal = 'in_use' | 'newer_version' | 'damaged'

/** The data cannot be opened; `code` says why. */
export class StorageError extends Error {
  override readonly name = 'StorageError'
  readonly code: StorageRefusal

  constructor(code: StorageRefusal) {
    super(`storage: ${code}`)
    this.code = code
  }
}

/** An open file and the lock that makes it ours. */
export interface OpenDatabase {
  readonly database: Database
  close(): void
}

/**
 * Opens `latchkey.db` as its only writer. The lock is a second file held in an exclusive transaction for the life of
 * the process, so the operating system lets it go even after a kill; SQLite's own exclusive mode would also shut out
 * our workers.
 */
export function openDatabase(paths: Paths): OpenDatabase {
  const lock = takeLock(join(paths.profile, 'lock.db'))
  try {
    const database = openFile(join(paths.profile, 'latchkey.db'))
    return {
      database,
      close() {
        database.close()
        lock.close()
      },
    }
  } catch (error) {
    lock.close()
    throw error
  }
}

function takeLock(path: string): Database {
  const lock = new Sqlite(path, { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock.close()
    if (isSqlite(error, /^SQLITE_BUSY/)) throw new StorageError('in_use')
    if (!isSqlite(error, DAMAGED)) throw error
    // There is nothing in it to lose.
    rmSync(path)
    return takeLock(path)
  }
}

const DAMAGED = /^SQLITE_(?:CORRUPT|NOTADB)/

/** Whether storage failed for a reason that passes and says nothing about what was to be stored. */
export function isDiskTrouble(error: unknown): boolean {
  return isSqlite(error, /^SQLITE_(?:FULL|BUSY|LOCKED|IOERR|READONLY|CANTOPEN)/)
}

function isSqlite(error: unknown, code: RegExp): boolean {
  return error instanceof Sqlite.SqliteError && code.test(error.code)
}

function openFile(path: string): Database {
  if (!existsSync(path)) createFile(path)
  // SQLite takes an emptied file for a new database; where data was, that is a loss and must be said.
  if (statSync(path).size === 0) throw new StorageError('damaged')
  let database: Database | undefined
  try {
    database = new Sqlite(path)
    configure(database)
    const file = database
    migrate(file, (version) => keepCopy(file, `${path}.before-v${version + 1}`))
    attachPrivate(file)
    return database
  } catch (error) {
    database?.close()
    if (error instanceof NewerFileError) throw new StorageError('newer_version')
    if (isSqlite(error, DAMAGED)) throw new StorageError('damaged')
    throw error
  }
}

/** Under another name until it is whole: a first start that is cut short leaves no file that looks like a loss. */
function createFile(path: string): void {
  const temporary = `${path}.new`
  rmSync(temporary, { force: true })
  const database = new Sqlite(temporary)
  try {
    migrate(database, () => undefined)
  } finally {
    database.close()
  }
  renameSync(temporary, path)
}

/** What the file was before a migration, whatever still lies in its write-ahead log. */
function keepCopy(database: Database, copy: string): void {
  rmSync(`${copy}.new`, { force: true })
  database.prepare('VACUUM INTO ?').run(`${copy}.new`)
  renameSync(`${copy}.new`, copy)
}

function configure(database: Database): void {
  database.pragma('journal_mode = WAL')
  // This build defaults to NORMAL in WAL mode, which may lose the last commits at a power loss: money is booked here.
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  database.pragma('secure_delete = ON')
  database.pragma('temp_store = MEMORY')
}
