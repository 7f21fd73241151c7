import { copyFileSync, existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Sqlite, { type Database } from 'better-sqlite3'
import type { Paths } from '../ports'
import { migrate, NewerFileError } from './migrate'

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
  } catch {
    lock.close()
    throw new StorageError('in_use')
  }
}

function openFile(path: string): Database {
  // SQLite takes an emptied file for a new database; where data was, that is a loss and must be said.
  if (existsSync(path) && statSync(path).size === 0) throw new StorageError('damaged')
  let database: Database | undefined
  try {
    database = new Sqlite(path)
    configure(database)
    const file = database
    migrate(file, (version) => {
      file.pragma('wal_checkpoint(TRUNCATE)')
      copyFileSync(path, `${path}.before-v${version + 1}`)
    })
    return database
  } catch (error) {
    database?.close()
    if (error instanceof NewerFileError) throw new StorageError('newer_version')
    if (error instanceof Sqlite.SqliteError && /^SQLITE_(?:CORRUPT|NOTADB)/.test(error.code)) {
      throw new StorageError('damaged')
    }
    throw error
  }
}

function configure(database: Database): void {
  database.pragma('journal_mode = WAL')
  // This build defaults to NORMAL in WAL mode, which may lose the last commits at a power loss: money is booked here.
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  database.pragma('secure_delete = ON')
  database.pragma('temp_store = MEMORY')
}
