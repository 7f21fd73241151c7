import { describe, expect, it } from 'vitest'
import { faultOf, lineOf, withFile } from '../support/ledger'
import { httpError, resetBeforeHeaders } from '../support/provider-server'
import {
  KEY,
  ROUTE,
  asked,
  clock,
  costOf,
  cut,
  eachLateSettlement,
  generation,
  late,
  logged,
  month,
  open,
  profile,
  restart,
  server,
  storage,
  tickAll,
  told,
} from '../support/late-settlement'

eachLateSettlement()

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
