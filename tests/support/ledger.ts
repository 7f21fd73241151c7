import Sqlite, { type Database } from 'better-sqlite3'
import { makeId, type CallId, type ConnectionId } from '../../src/core/ids'
import { localDay, utcDay } from '../../src/core/period'
import type { PricedLine } from '../../src/core/pricing'
import type { ProviderId } from '../../src/core/provider'
import type { LedgerFault } from '../../src/main/storage/ledger-proof'
import type { Call } from '../../src/main/storage/calls'
import { openStorage, type Storage } from '../../src/main/storage/storage'
import type { TempDir } from './temp-dir'

/** What differs between the calls of a test; the rest does not matter to it. */
export interface CallSeed {
  readonly startedMs?: number
  readonly offsetMinutes?: number
  readonly provider?: ProviderId
  readonly model?: string
  readonly connection?: number
}

/** A call that was not made. */
export function callOf(number: number, seed: CallSeed = {}): Call {
  const { startedMs = Date.UTC(2026, 10, 23, 10), offsetMinutes = 60, provider = 'anthropic', model = 'test' } = seed
  return {
    id: idOf('call', number),
    attemptOf: null,
    turnId: null,
    messageId: null,
    conversationId: null,
    connectionId: idOf('connection', seed.connection ?? 1),
    connectionLabel: 'Personal',
    keyId: null,
    provider,
    modelRequested: model,
    purpose: 'answer',
    startedMs,
    utcDay: utcDay(startedMs),
    localDay: localDay(startedMs, offsetMinutes),
    utcOffsetMinutes: offsetMinutes,
    promptTokensAbout: 10,
    promptTokensMost: 40,
    maxOutputTokens: 100,
    hostModifier: null,
    promptTokensCounted: null,
    reserved: null,
    shortenedBy: null,
    automatic: false,
    cacheTtl: null,
  }
}

function idOf(kind: 'call', number: number): CallId
function idOf(kind: 'connection', number: number): ConnectionId
function idOf(kind: 'call' | 'connection', number: number) {
  return makeId(kind, number.toString(16).padStart(32, '0'))
}

/** A line of so many pico-dollars; null is unpriced. */
export function lineOf(pico: bigint | null, more: Partial<PricedLine> = {}): PricedLine {
  const costClass = pico === null ? 'unpriced' : 'computed'
  const price = { unitPrice: pico === null ? null : '1', multiplier: '1', priceId: pico === null ? null : 'test' }
  return { role: 'main', model: 'test', bucket: 'out', units: 1, ...price, pico, picoUpper: null, costClass, ...more }
}

/** Adds a call with its lines, as an answer that has ended does. */
export function book(storage: Storage, call: Call, lines: readonly PricedLine[]): void {
  storage.transaction(() => {
    storage.calls.add(call)
    storage.ledger.append(call, lines, call.startedMs)
  })
}

/** Walks the whole proof, so many entries and calls at once; null when the ledger is what was booked. */
export function faultOf({ ledgerProof }: Pick<Storage, 'ledgerProof'>, atOnce = 7): LedgerFault | null {
  const found = walked(ledgerProof.prove({ entries: atOnce, calls: atOnce }))
  return 'kind' in found ? found : null
}

/** What some work comes to that is done step by step. */
export function walked<Value>(steps: Generator<unknown, Value, undefined>): Value {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** Opens the storage of a profile, works with it and closes it. */
export function withStorage<Value>(profile: TempDir, work: (storage: Storage) => Value): Value {
  const storage = openStorage({ profile: profile.path })
  try {
    return work(storage)
  } finally {
    storage.close()
  }
}

/** Works on the closed file by hand, past everything that guards it. */
export function withFile<Value>(profile: TempDir, work: (database: Database) => Value): Value {
  const database = new Sqlite(profile.file('latchkey.db'))
  try {
    return work(database)
  } finally {
    database.close()
  }
}
