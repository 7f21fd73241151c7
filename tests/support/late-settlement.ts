import { afterEach, beforeEach } from 'vitest'
import { NOTHING_RECEIVED } from '../../src/core/answer'
import { makeId, type CallId, type KeyId } from '../../src/core/ids'
import type { UsageReport } from '../../src/core/usage'
import { createCatalog } from '../../src/main/catalog/catalog'
import { createDial } from '../../src/main/egress/dial'
import { createEgress } from '../../src/main/egress/egress'
import { createLog, createRedactor } from '../../src/main/log'
import { createLateSettlement, type LateSettlement } from '../../src/main/services/late-settlement'
import { settleCall } from '../../src/main/services/settlement'
import { openStorage, type Storage } from '../../src/main/storage/storage'
import { openVault, type Vault } from '../../src/main/vault/vault'
import { callOf } from './ledger'
import { countingIds, testCipher, testClock } from './latchkey'
import { json, startProviderServer, type ProviderServer, type Reply } from './provider-server'
import { makeTempDir, type TempDir } from './temp-dir'

// The service over real storage, vault and egress; OpenRouter is the loopback server, time a list of timers.

export const KEY = 'sk-or-v1-test-key-that-is-long-enough'
export const KEY_ID: KeyId = makeId('key', '1'.padStart(32, '0'))
export const ROUTE = 'GET /api/v1/generation'
export const HOUR = 3_600_000

export let profile: TempDir
export let server: ProviderServer
export let storage: Storage
export let vault: Vault
export let late: LateSettlement
export let clock: ReturnType<typeof testClock>
export let newId: ReturnType<typeof countingIds>
export let timers: { afterMs: number; work: () => Promise<void>; gone: boolean }[]
export let told: CallId[]
export let logged: string[]
let enabled: boolean

/** Everything anew for each test of the file that calls it. */
export function eachLateSettlement(): void {
  beforeEach(async () => {
    profile = await makeTempDir()
    server = await startProviderServer()
    clock = testClock()
    newId = countingIds()
    enabled = true
    logged = []
    await open()
    const { connectionId: id } = callOf(0)
    const baseUrl = `${server.origin}/api/v1`
    storage.connections.add({
      id,
      provider: 'openrouter',
      label: 'Router',
      baseUrl,
      keyId: KEY_ID,
      failover: false,
      createdMs: 0,
    })
    await vault.store({ provider: 'openrouter', origin: server.origin, keyId: KEY_ID }, KEY)
  })
  afterEach(async () => {
    late.close()
    storage.close()
    await server.close()
    await profile.remove()
  })
}

/** Whether its user lets these requests leave. */
export function allow(on: boolean): void {
  enabled = on
}

const cipher = testCipher()

export async function open(): Promise<void> {
  const redactor = createRedactor()
  const log = createLog(redactor, (line) => void logged.push(line))
  timers = []
  told = []
  storage = openStorage({ profile: profile.path })
  vault = await openVault({ paths: { profile: profile.path }, cipher, clock, redactor })
  late = createLateSettlement({
    storage,
    vault,
    egress: createEgress({ fetch, dial: createDial(), clock, newId, log: storage.egressLog, idleMs: 10_000 }),
    clock,
    log,
    schedule(afterMs, work) {
      const timer = { afterMs, work, gone: false }
      timers.push(timer)
      return () => void (timer.gone = true)
    },
    enabled: () => enabled,
    settled: (id) => void told.push(id),
  })
}

export async function restart(): Promise<void> {
  late.close()
  storage.close()
  await open()
}

export const report = (stated: UsageReport['stated'] = []): UsageReport => ({
  lines: [
    {
      role: 'main',
      model: 'lockworks/pin',
      tokens: { in_uncached: 100 },
      reasoningTokens: null,
      fees: [],
      modifiers: [],
      maybeFree: false,
    },
  ],
  stated,
  severalSteps: false,
  raw: [],
  flags: [],
})

let number = 0
export interface Cut {
  readonly responseId?: string | null
  readonly keyId?: KeyId | null
  readonly stated?: UsageReport['stated']
  readonly ending?: 'done' | 'stopped' | 'cut_off' | 'failed'
}

/** A call that was cut short and booked as the app books it: estimated, stated in part, or without a price. */
export function cut({
  responseId = 'gen-1',
  keyId = KEY_ID,
  stated = [{ kind: 'total', usd: '0.0001' }],
  ending = 'stopped',
}: Cut = {}) {
  number += 1
  const call = { ...callOf(number, { provider: 'openrouter', model: 'lockworks/pin' }), keyId }
  storage.calls.add(call)
  const answer = { ...NOTHING_RECEIVED, responseId, usage: report(stated) }
  const needs = { storage, clock, pricesOf: () => createCatalog().prices }
  settleCall(needs, call, answer, { ending, failure: null, stopReason: null }, true)
  return call
}

export const generation = (over: Record<string, unknown> = {}): Reply =>
  json({
    data: {
      id: 'gen-1',
      total_cost: 0.0042,
      upstream_inference_cost: null,
      is_byok: false,
      cache_discount: null,
      native_tokens_prompt: 100,
      native_tokens_completion: 7,
      cancelled: true,
      finish_reason: null,
      ...over,
    },
  })

/** Lets the next timer that still stands run, and waits until what it does is over. */
export async function tick(): Promise<number | null> {
  const timer = timers.find(({ gone }) => !gone)
  if (timer === undefined) return null
  timer.gone = true
  await timer.work()
  return timer.afterMs
}

export async function tickAll(): Promise<(number | null)[]> {
  const pauses: (number | null)[] = []
  for (let pause = await tick(); pause !== null; pause = await tick()) pauses.push(pause)
  return pauses
}

export const costOf = ({ id }: { id: CallId }) => storage.spend.ofCall(id)
export const month = () => storage.spend.month('2026-11')
export const asked = () => server.requests.filter(({ path }) => path === '/api/v1/generation')
