import { describe, expect, it } from 'vitest'
import { NOTHING_RECEIVED } from '../../src/core/answer'
import { makeId } from '../../src/core/ids'
import { createCatalog } from '../../src/main/catalog/catalog'
import { settleCall } from '../../src/main/services/settlement'
import { callOf, faultOf, lineOf } from '../support/ledger'
import { gateAfter, heldBack } from '../support/provider-server'
import {
  type Cut,
  HOUR,
  ROUTE,
  allow,
  asked,
  clock,
  costOf,
  cut,
  eachLateSettlement,
  generation,
  late,
  logged,
  report,
  restart,
  server,
  storage,
  tick,
  tickAll,
  timers,
  told,
  vault,
} from '../support/late-settlement'

eachLateSettlement()

describe('nothing is asked', () => {
  // Each of these is a request that leaves although nobody wants it, or with a key it must not have.
  const QUIET: readonly (readonly [string, () => void, Cut])[] = [
    ['with the switch off', () => allow(false), {}],
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
    allow(false)
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
