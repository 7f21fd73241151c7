import type { Database } from 'better-sqlite3'
import { ground } from './0001-ground'
import { listsAndSettings } from './0002-lists-and-settings'
import { ledger } from './0003-ledger'
import { budgets } from './0004-budgets'
import { keys } from './0005-keys'
import { keyOrder } from './0006-key-order'
import { whereKeysWent } from './0007-where-keys-went'
import { forgetting } from './0008-forgetting'
import { steadyClock } from './0009-steady-clock'
import { drafts } from './0010-drafts'
import { thinkingTime } from './0011-thinking-time'
import { placesOnThePath } from './0012-places-on-the-path'
import { branches } from './0013-branches'
import { spendCall } from './0014-spend-call'
import { budgetsInTheOpen } from './0015-budgets-in-the-open'
import { correctionsFound } from './0016-corrections-found'
import { spendSums } from './0017-spend-sums'

/** SQL, or a function where rows must be carried over in a way SQL cannot. Runs in a transaction of its own. */
export type Migration = string | ((database: Database) => void)

/**
 * In order; the position is the `user_version` a file has afterwards. Released migrations are never edited: add a file
 * `NNNN-what-it-does.ts` and a row here.
 */
export const migrations: readonly Migration[] = [
  ground,
  listsAndSettings,
  ledger,
  budgets,
  keys,
  keyOrder,
  whereKeysWent,
  forgetting,
  steadyClock,
  drafts,
  thinkingTime,
  placesOnThePath,
  branches,
  spendCall,
  budgetsInTheOpen,
  correctionsFound,
  spendSums,
]
