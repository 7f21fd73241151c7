import type { Paths } from '../ports'
import { callRepository } from './calls'
import { connectionRepository } from './connections'
import { conversationRepository } from './conversations'
import { openDatabase } from './database'
import { egressLogRepository } from './egress-log'
import { ledgerRepository } from './ledger'
import { messageRepository } from './messages'
import { modelListRepository } from './model-lists'
import { settingRepository } from './settings'
import { turnRepository } from './turns'

/** Everything that is kept, one repository per noun. Throws StorageError when the file cannot be used. */
export function openStorage(paths: Paths) {
  const { database, close } = openDatabase(paths)
  return {
    calls: callRepository(database),
    connections: connectionRepository(database),
    conversations: conversationRepository(database),
    egressLog: egressLogRepository(database),
    ledger: ledgerRepository(database),
    messages: messageRepository(database),
    modelLists: modelListRepository(database),
    settings: settingRepository(database),
    turns: turnRepository(database),
    /** All or nothing. better-sqlite3 is synchronous, so nothing else runs between the writes of one transaction. */
    transaction: <Value>(work: () => Value): Value => database.transaction(work).immediate(),
    isOpen: (): boolean => database.open,
    close,
  }
}

/** The repositories over one open file. */
export type Storage = ReturnType<typeof openStorage>
