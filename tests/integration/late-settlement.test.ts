import { afterEach, beforeEach, describe, expect, it } from 'vitest'
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
import { callOf, faultOf, lineOf, withFile } from '../support/ledger'
import { countingIds, testCipher, testClock } from '../support/latchkey'
import {
  gateAfter,
  heldBack,
  httpError,
  json,
  resetBeforeHeaders,
  startProviderServer,
  type ProviderServer,
  type Reply,
} from '../support/provider-server'
import { makeTempDir, type TempDir } from '../support/temp-dir'

// The service over real storage, vault and egress; OpenRouter is the loopback server, time a list of timers.

const KEY = 'sk-or-v1-test-key-that-is-long-enough'
const KEY_ID: KeyId = makeId('key', '1'.padStart(32, '0'))
const ROUTE = 'GET /api/v1/generation'
const HOUR = 3_600_000

let profile: TempDir
let server: ProviderServer
let storage: Storage
let vault: Vault
let late: LateSettlement
let clock: ReturnType<typeof testClock>
let newId: ReturnType<typeof countingIds>
let timers: { afterMs: number; work: () => Promise<void>; gone: boolean }[]
let told: CallId[]
let logged: string[]
let enabled: boolean

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

const cipher = testCipher()

async function open(): Promise<void> {
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

async function restart(): Promise<void> {
  late.close()
  storage.close()
  await open()
}

const report = (stated: UsageReport['stated'] = []): UsageReport => ({
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
interface Cut {
  readonly responseId?: string | null
  readonly keyId?: KeyId | null
  readonly stated?: UsageReport['stated']
  readonly ending?: 'done' | 'stopped' | 'cut_off' | 'failed'
}

/** A call that was cut short and booked as the app books it: estimated, stated in part, or without a price. */
function cut({
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

const generation = (over: Record<string, unknown> = {}): Reply =>
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
async function tick(): Promise<number | null> {
  const timer = timers.find(({ gone }) => !gone)
  if (timer === undefined) return null
  timer.gone = true
  await timer.work()
  return timer.afterMs
}

async function tickAll(): Promise<(number | null)[]> {
  const pauses: (number | null)[] = []
  for (let pause = await tick(); pause !== null; pause = await tick()) pauses.push(pause)
  return pauses
}

const costOf = ({ id }: { id: CallId }) => storage.spend.ofCall(id)
const month = () => storage.spend.month('2026-11')
const asked = () => server.requests.filter(({ path }) => path === '/api/v1/generation')

describe('a call that was cut short', () => {
  it('costs what OpenRouter says once it says so, to the last digit, and so do day and month', async () => {
    const call = cut()
    const other = cut({ responseId: null })
    expect(costOf(call)).toMatchObject({ pico: 100_000_000n, costClass: 'partial' })
    late.callEnded(call)
    late.callEnded(other)
    server.enqueue(httpError(404, { error: { code: 404, message: 'not found' } }), ROUTE)
    server.enqueue(httpError(404, { error: { code: 404, message: 'not found' } }), ROUTE)
    server.enqueue(generation({ total_cost: 4.1400000000000003e-5 }), ROUTE)
    expect(await tickAll()).toEqual([3_000, 10_000, 30_000])
    const exact = { pico: 41_400_000n, upper: null, costClass: 'provider_reported' }
    expect(costOf(call)).toMatchObject(exact)
    expect(costOf(other).pico).toBe(100_000_000n)
    expect(month().cost).toMatchObject({ pico: 141_400_000n })
    expect(month().parts.day.map(({ key, cost }) => [key, cost.pico])).toEqual([['2026-11-23', 141_400_000n]])
    expect(told).toEqual([call.id])
    expect(faultOf(storage)).toBeNull()
  })

  it('is asked about with its own key, in one header, through the log and nowhere else', async () => {
    const call = cut({ responseId: 'gen-1/ä&x=1' })
    late.callEnded(call)
    server.enqueue(generation({ id: 'gen-1/ä&x=1' }), ROUTE)
    await tickAll()
    expect(asked()).toHaveLength(1)
    const [request] = asked()
    expect(request?.url).toBe('/api/v1/generation?id=gen-1%2F%C3%A4%26x%3D1')
    expect(request?.rawHeaders.filter((text) => text.includes(KEY))).toEqual([`Bearer ${KEY}`])
    const rows = storage.egressLog.list()
    expect(rows.map(({ method, path, purpose, status }) => [method, path, purpose, status])).toEqual([
      ['GET', '/api/v1/generation', 'generation', 200],
    ])
    expect(costOf(call).pico).toBe(4_200_000_000n)
  })

  it('of a key of the user’s own costs the fee and what the provider behind it bills', async () => {
    const stated = [
      { kind: 'total', usd: '0.01' },
      { kind: 'upstream', usd: null },
    ] as const
    const call = cut({ stated, ending: 'done' })
    expect(costOf(call).pico).toBeNull()
    late.callEnded(call)
    server.enqueue(generation({ is_byok: true, total_cost: 0.01, upstream_inference_cost: 0.2 }), ROUTE)
    await tickAll()
    expect(costOf(call)).toMatchObject({ pico: 210_000_000_000n, upper: null, costClass: 'provider_reported' })
    expect(month().cost).toMatchObject({ pico: 210_000_000_000n, atLeast: 210_000_000_000n, upper: null })
    expect(faultOf(storage)).toBeNull()
  })

  it('without a known price, and one that a price of the user’s own has settled in part, are settled too', async () => {
    const call = cut({ stated: [] })
    expect(costOf(call).pico).toBeNull()
    const [unpriced] = storage.ledger.ofCall(call.id)
    const own = {
      corrects: unpriced?.seq ?? 0,
      reason: 'price_override',
      line: lineOf(7n, { picoUpper: 70n }),
    } as const
    storage.ledger.correct(call, [own], clock.now())
    late.callEnded(call)
    server.enqueue(generation(), ROUTE)
    await tickAll()
    expect(costOf(call)).toMatchObject({ pico: 4_200_000_000n, upper: null, costClass: 'provider_reported' })
    expect(month().cost.pico).toBe(4_200_000_000n)
    expect(faultOf(storage)).toBeNull()
    expect(storage.ledger.openOfConnection(call.connectionId)).toEqual([])
  })

  it('keeps every line it was booked with, and the reason of every correction', async () => {
    const call = cut()
    const booked = storage.ledger.ofCall(call.id)
    late.callEnded(call)
    server.enqueue(generation(), ROUTE)
    await tickAll()
    expect(storage.ledger.ofCall(call.id).slice(0, booked.length)).toEqual(booked)
    storage.close()
    const reasons = withFile(profile, (database) =>
      database.prepare('SELECT DISTINCT reason FROM ledger_line WHERE corrects IS NOT NULL').pluck().all(),
    )
    expect(reasons).toEqual(['generation'])
    await open()
  })
})

describe('an answer that is none', () => {
  it.each([
    ['another call', generation({ id: 'gen-2' })],
    ['a debt', generation({ total_cost: -1 })],
    ['an absurd amount', generation({ total_cost: 100.01 })],
    ['a text for an amount', generation({ total_cost: '0.01' })],
    ['half a bill', generation({ is_byok: true })],
    ['no amount', generation({ total_cost: null })],
    ['a page', { ...httpError(200, '<html></html>') }],
    ['a flood', generation({ filler: 'x'.repeat(70_000) })],
    ['a refused key', httpError(401, {})],
    ['a refusal', httpError(403, {})],
    ['a broken server', httpError(500, {})],
    ['a redirect', httpError(302, '', { location: 'https://example.com/' })],
  ] as const)('changes nothing and is not asked for again: %s', async (_what, reply) => {
    const call = cut()
    const before = storage.ledger.ofCall(call.id)
    late.callEnded(call)
    server.enqueue(reply, ROUTE)
    expect(await tickAll()).toEqual([3_000])
    expect(storage.ledger.ofCall(call.id)).toEqual(before)
    expect(asked()).toHaveLength(1)
    expect(told).toEqual([])
    expect(logged).toEqual([])
    await restart()
    late.resume()
    server.enqueue(generation(), ROUTE)
    await tickAll()
    expect(costOf(call).pico).toBe(4_200_000_000n)
  })

  it('is waited for while there is none, or no network, and then left to the next start', async () => {
    const call = cut()
    late.callEnded(call)
    server.enqueue(resetBeforeHeaders(), ROUTE)
    for (let time = 0; time < 3; time += 1) server.enqueue(httpError(404, {}), ROUTE)
    expect(await tickAll()).toEqual([3_000, 10_000, 30_000, 120_000])
    expect(asked()).toHaveLength(4)
    expect(costOf(call).costClass).toBe('partial')
  })
})

describe('nothing is asked', () => {
  // Each of these is a request that leaves although nobody wants it, or with a key it must not have.
  const QUIET: readonly (readonly [string, () => void, Cut])[] = [
    ['with the switch off', () => void (enabled = false), {}],
    ['about an exact call', () => undefined, { ending: 'done' }],
    ['about a call without an id', () => undefined, { responseId: null }],
    ['with another key than the call’s', () => undefined, { keyId: makeId('key', '2'.padStart(32, '0')) }],
    ['without a key', () => vault.keepOnly(new Set()), {}],
    ['without a connection', () => storage.connections.remove(callOf(0).connectionId), {}],
  ]
  it.each(QUIET)('%s', async (_what, change, seed) => {
    const call = cut(seed)
    change()
    late.callEnded(call)
    late.resume()
    await tickAll()
    expect(server.requests).toEqual([])
    expect(storage.egressLog.list()).toEqual([])
  })

  it('once it is switched off while it waits', async () => {
    late.callEnded(cut())
    enabled = false
    await tickAll()
    expect(server.requests).toEqual([])
  })

  it('about a call of another provider', async () => {
    const call = callOf(9_000, { provider: 'openai' })
    storage.calls.add(call)
    const answer = { ...NOTHING_RECEIVED, responseId: 'gen-1', usage: report([{ kind: 'total', usd: '1' }]) }
    const needs = { storage, clock, pricesOf: () => createCatalog().prices }
    settleCall(needs, call, answer, { ending: 'stopped', failure: null, stopReason: null }, true)
    late.callEnded(call)
    late.resume()
    expect(timers).toEqual([])
  })
})

describe('a settlement', () => {
  it('is made once, however often it is asked for', async () => {
    const call = cut()
    late.callEnded(call)
    late.callEnded(call)
    late.resume()
    expect(timers).toHaveLength(1)
    server.always(generation(), ROUTE)
    await tickAll()
    const after = storage.ledger.ofCall(call.id)
    late.callEnded(call)
    late.resume()
    await tickAll()
    expect(storage.ledger.ofCall(call.id)).toEqual(after)
    expect(asked()).toHaveLength(1)
  })

  // The bug: the answer was under way while another word on the call was booked, and both count.
  it('gives way to one that was made while the answer was on its way', async () => {
    const call = cut()
    late.callEnded(call)
    const gate = gateAfter(0)
    server.enqueue(heldBack(gate, generation()), ROUTE)
    const tock = tick()
    await server.waitForRequests(1)
    storage.transaction(() => {
      const lines = storage.ledger.ofCall(call.id).filter(({ pico }) => pico !== null)
      const parts = lines.map(
        ({ seq }) => ({ corrects: seq, reason: 'duplicate', line: lineOf(-100_000_000n) }) as const,
      )
      storage.ledger.correct(call, parts, clock.now())
    })
    gate.release()
    await tock
    expect(costOf(call)).toMatchObject({ pico: 0n, upper: null })
    expect(told).toEqual([])
    expect(faultOf(storage)).toBeNull()
  })

  it('is made at the next start, where this one ended in between', async () => {
    const call = cut()
    late.callEnded(call)
    const gate = gateAfter(0)
    server.enqueue(heldBack(gate, generation()), ROUTE)
    const cutOff = timers[0]?.work()
    await server.waitForRequests(1)
    await restart()
    gate.release()
    await cutOff
    expect(costOf(call).costClass).toBe('partial')
    clock.advance(23 * HOUR)
    late.resume()
    server.enqueue(generation(), ROUTE)
    await tickAll()
    expect(costOf(call).pico).toBe(4_200_000_000n)
    expect(logged).toEqual([])
    await restart()
    late.resume()
    expect(timers).toEqual([])
  })

  it('is not sought after a day', async () => {
    cut()
    clock.advance(24 * HOUR + 1)
    await restart()
    late.resume()
    expect(timers).toEqual([])
  })

  it('keeps nothing waiting once the app closes', () => {
    late.callEnded(cut())
    late.close()
    expect(timers.every(({ gone }) => gone)).toBe(true)
    late.callEnded(cut())
    expect(timers).toHaveLength(1)
  })

  it('that cannot be kept is logged, never thrown, and made at the next start', async () => {
    const call = cut()
    late.callEnded(call)
    server.always(generation(), ROUTE)
    const { correct } = storage.ledger
    Object.assign(storage.ledger, {
      correct: () => {
        throw new Error('no room')
      },
    })
    await tickAll()
    Object.assign(storage.ledger, { correct })
    expect(logged.join()).toContain('settling a call late')
    expect(costOf(call).costClass).toBe('partial')
    await restart()
    late.resume()
    await tickAll()
    expect(costOf(call).pico).toBe(4_200_000_000n)
  })
})
