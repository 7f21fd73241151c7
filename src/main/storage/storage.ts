import type { Paths } from '../ports'
import { believedClockRepository } from './believed-clock'
import { branchRepository } from './branches'
import { budgetEventRepository } from './budget-events'
import { budgetRepository } from './budgets'
import { callRepository } from './calls'
import { connectionRepository } from './connections'
import { conversationRepository } from './conversations'
import { openDatabase } from './database'
import { draftRepository } from './drafts'
import { egressLogRepository } from './egress-log'
import { keptBackRepository } from './kept-back'
import { keyRepository } from './keys'
import { ledgerRepository } from './ledger'
import { ledgerProof } from './ledger-proof'
import { messageRepository } from './messages'
import { modelListRepository } from './model-lists'
import { priceOverrideRepository } from './price-overrides'
import { priceUseRepository } from './price-use'
import { settingRepository } from './settings'
import { spendRepository } from './spend'
import { spendCallRepository } from './spend-calls'
import { spendSumRepository } from './spend-sums'
import { traceRepository } from './traces'
import { turnRepository } from './turns'

/** Everything that is kept, one repository per noun. Throws StorageError when the file cannot be used. */
export function openStorage(paths: Paths) {
  const { database, close } = openDatabase(paths)
  const budgetEvents = budgetEventRepository(database)
  const spendSums = spendSumRepository(database)
  return {
    believedClock: believedClockRepository(database),
    branches: branchRepository(database),
    budgetEvents,
    budgets: budgetRepository(database, budgetEvents),
    calls: callRepository(database),
    connections: connectionRepository(database),
    conversations: conversationRepository(database),
    drafts: draftRepository(database),
    egressLog: egressLogRepository(database),
    keptBack: keptBackRepository(database),
    keys: keyRepository(database),
    ledger: ledgerRepository(database),
    ledgerProof: ledgerProof(database),
    messages: messageRepository(database),
    modelLists: modelListRepository(database),
    priceOverrides: priceOverrideRepository(database),
    priceUse: priceUseRepository(database),
    settings: settingRepository(database),
    spend: spendRepository(database),
    spendCalls: spendCallRepository(database, spendSums),
    spendSums,
    traces: traceRepository(database, paths),
    turns: turnRepository(database),
    /** All or nothing. better-sqlite3 is synchronous, so nothing else runs between the writes of one transaction. */
    transaction: <Value>(work: () => Value): Value => database.transaction(work).immediate(),
    isOpen: (): boolean => database.open,
    close,
  }
}

/** The repositories over one open file. */
export type Storage = ReturnType<typeof openStorage>
