// One instance per user data folder, and the second one's message to the first.
//
// Everything here is synchronous, because requestSingleInstanceLock is and the second process usually leaves in the
// same breath. The lock is SQLite's file lock: the operating system takes it back however the holder ends, kill -9
// included, so it cannot go stale. The message is a file in a folder that the holder watches.
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const SQLITE_BUSY = 5

export class SingleInstance {
  #lock
  #watcher
  #mailbox

  /** @param {(message: { args: string[], directory: string, data: unknown }) => void} onSecond */
  constructor(onSecond) {
    this.onSecond = onSecond
  }

  get held() {
    return this.#lock !== undefined
  }

  /** @param {string} userData @param {{ args: string[], directory: string, data: unknown }} message for the holder */
  acquire(userData, message) {
    if (this.held) return true
    const folder = join(userData, 'standin')
    this.#mailbox = join(folder, 'second-instances')
    mkdirSync(folder, { recursive: true })
    this.#lock = takeLock(join(folder, 'single-instance.lock'))
    if (this.held) this.#listen()
    else this.#post(message)
    return this.held
  }

  release() {
    this.#watcher?.close()
    this.#lock?.close()
    this.#lock = undefined
  }

  #listen() {
    rmSync(this.#mailbox, { recursive: true, force: true }) // a former holder's, never read
    mkdirSync(this.#mailbox)
    this.#watcher = watch(this.#mailbox, { persistent: false }, () => this.#readMail())
    this.#readMail()
  }

  // Written under another name first: the holder must never read half a message.
  #post(message) {
    const file = join(this.#mailbox, `${Date.now()}-${process.pid}`)
    mkdirSync(this.#mailbox, { recursive: true })
    writeFileSync(`${file}.part`, JSON.stringify(message))
    renameSync(`${file}.part`, `${file}.json`)
  }

  #readMail() {
    for (const name of readdirSync(this.#mailbox).toSorted()) {
      if (!name.endsWith('.json')) continue
      const message = JSON.parse(readFileSync(join(this.#mailbox, name), 'utf8'))
      rmSync(join(this.#mailbox, name))
      this.onSecond(message)
    }
  }
}

function takeLock(file) {
  const database = new DatabaseSync(file, { timeout: 0 })
  try {
    database.exec('BEGIN EXCLUSIVE')
    return database
  } catch (error) {
    database.close()
    if (error.errcode === SQLITE_BUSY) return undefined
    throw error
  }
}
