import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionId } from '../../src/core/ids'
import { settled, startLatchkey, type Harness } from '../support/latchkey'
import { jsonEvent, type SseEvent } from '../support/sse'
import { cutAfter, json, startProviderServer, stream, type ProviderServer } from '../support/provider-server'

let server: ProviderServer
let harness: Harness
let connectionId: ConnectionId

/** 100 tokens in and 40 out at a model no book knows. */
const answer: readonly SseEvent[] = [
  jsonEvent({ id: 'a', model: 'm', choices: [{ index: 0, delta: { content: 'Hello' }, finish_reason: null }] }),
  jsonEvent({ id: 'a', model: 'm', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }),
  jsonEvent({
    id: 'a',
    model: 'm',
    choices: [],
    usage: { prompt_tokens: 100, completion_tokens: 40, total_tokens: 140 },
  }),
  { data: '[DONE]' },
]

beforeEach(async () => {
  server = await startProviderServer()
  harness = await startLatchkey()
  const connection = await harness.ask('connection.add', {
    provider: 'compatible',
    label: 'Mine',
    baseUrl: `${server.origin}/v1`,
  })
  connectionId = connection.id
  server.enqueue(json({ data: [{ id: 'm' }, { id: 'n' }] }))
  await harness.ask('connection.check', { connectionId })
})

afterEach(async () => {
  await harness.close()
  await server.close()
})

async function ask(events: readonly SseEvent[] = answer) {
  server.enqueue(stream(events))
  const turn = await harness.ask('turn.start', { conversationId: null, connectionId, model: 'm', text: 'Hi' })
  return (await settled(harness, turn.turnId)).message
}

const price = { model: 'm', rates: { in_uncached: '2', out: '10' } }
const month = async () => (await harness.ask('spend.month', {})).spend

describe('a price of the user’s own', () => {
  it('settles what was booked without one, is used from then on, and never changes what had a price', async () => {
    expect((await ask()).cost).toMatchObject({ pico: null, costClass: 'unpriced' })
    expect(await month()).toMatchObject({ pico: null, atLeast: '0' })

    const set = await harness.ask('price.set', { connectionId, price })
    // 100 × $2 and 40 × $10 a million.
    expect(set).toMatchObject({ callCount: 1, openCount: 0, pico: '600000000', months: ['2026-11'] })
    const settledMonth = { pico: '600000000', costClass: 'adjustment', upper: null, inputTokens: 100, outputTokens: 40 }
    expect(await month()).toMatchObject(settledMonth)
    expect((await ask()).cost).toMatchObject({ pico: '600000000', costClass: 'computed' })

    const dearer = await harness.ask('price.set', {
      connectionId,
      price: { ...price, rates: { in_uncached: '20', out: '100' } },
    })
    expect(dearer).toMatchObject({ callCount: 0, pico: '0', months: [] })
    expect(await month()).toMatchObject({ pico: '1200000000' })
    expect((await ask()).cost).toMatchObject({ pico: '6000000000' })
    // The new one took the place of the old one.
    expect(await harness.ask('price.list', { connectionId })).toMatchObject([{ rates: { out: '100' } }])
    expect(await harness.ask('ledger.verify', {})).toMatchObject({ ok: true })
  })

  it('moves the budgets by what it settles, and the window is told', async () => {
    const steps = [{ percent: 80, action: 'warn' as const }]
    await harness.ask('budget.set', { scope: { kind: 'all' }, period: 'month', limit: '20', steps })
    await ask()
    await harness.ask('price.set', { connectionId, price })
    const told = harness.events.filter((event) => event.name === 'budgets.changed').at(-1)
    expect(told?.payload.budgets[0]?.settled).toBe('600000000')
  })

  it('is shown in the picker, and gone from it when it is removed', async () => {
    const shown = async () =>
      (await harness.ask('app.open', {})).connectionModels[0]?.models.find(({ id }) => id === 'm')?.inputPrice
    expect(await shown()).toBeNull()
    const { price: own } = await harness.ask('price.set', { connectionId, price })
    expect(await shown()).toBe('2')
    await harness.ask('price.remove', { priceId: own.id })
    expect(await shown()).toBeNull()
    expect((await ask()).cost).toMatchObject({ costClass: 'unpriced' })
    expect(await harness.request('price.remove', { priceId: own.id })).toMatchObject({ error: { code: 'not_found' } })
  })

  it('holds for its days only, and survives a restart', async () => {
    await ask()
    const past = { ...price, from: '2026-01-01', to: '2026-11-23' }
    expect(await harness.ask('price.set', { connectionId, price: past })).toMatchObject({ callCount: 0 })
    const now = { ...price, from: '2026-11-23' }
    expect(await harness.ask('price.set', { connectionId, price: now })).toMatchObject({ callCount: 1 })
    expect(await harness.ask('price.list', { connectionId })).toHaveLength(2)
    harness = await harness.restart()
    expect((await ask()).cost).toMatchObject({ pico: '600000000', costClass: 'computed' })
  })

  it('leaves an older one the days it says nothing about', async () => {
    await harness.ask('price.set', { connectionId, price })
    const later = { ...price, rates: { in_uncached: '3', out: '20' } }
    await harness.ask('price.set', { connectionId, price: { ...later, from: '2026-12-01', to: '2027-01-01' } })
    expect((await ask()).cost).toMatchObject({ pico: '600000000', costClass: 'computed' })
    const kept = await harness.ask('price.list', { connectionId })
    const days = kept.map(
      ({ from, to, rates }) => `${from.slice(0, 10)} ${String(to?.slice(0, 10))} ${String(rates.out)}`,
    )
    expect(new Set(days)).toEqual(
      new Set(['1970-01-01 2026-12-01 10', '2026-12-01 2027-01-01 20', '2027-01-01 undefined 10']),
    )
  })

  it('adds no certainty to a report that contradicts itself', async () => {
    const odd = answer.map((event) => ({
      ...event,
      data: event.data.replace('"total_tokens":140', '"total_tokens":14'),
    }))
    await ask(odd)
    await harness.ask('price.set', { connectionId, price })
    expect(await month()).toMatchObject({ pico: '600000000', upper: '600000000' })
  })

  it('applies a tier to the whole of an answer that was cut short', async () => {
    const tiers = [{ above: 1, rates: { in_uncached: '4', out: '20' } }]
    await ask(cutAfter(answer, 1))
    await harness.ask('price.set', { connectionId, price: { ...price, tiers } })
    // About one token in; far more than one at most, so the bound of the output is at the price of the tier.
    const { atLeast, upper } = await month()
    expect(BigInt(upper ?? '0')).toBeGreaterThanOrEqual(8192n * 20_000_000n)
    expect(BigInt(atLeast)).toBeGreaterThan(0n)
  })

  it('counts for nothing when it could not be kept: one line of it would not fit the ledger', async () => {
    const huge = answer.map((event) => ({
      ...event,
      data: event.data.replace(
        '"completion_tokens":40,"total_tokens":140',
        '"completion_tokens":90000000,"total_tokens":90000100',
      ),
    }))
    await ask(huge)
    const dear = { model: 'm', rates: { in_uncached: '1000', out: '1000' } }
    expect(await harness.request('price.set', { connectionId, price: dear })).toMatchObject({ ok: false })
    expect(await harness.ask('price.list', { connectionId })).toEqual([])
    expect((await ask()).cost).toMatchObject({ pico: null, costClass: 'unpriced' })
    expect(await harness.ask('ledger.verify', {})).toMatchObject({ ok: true })
  })

  it('is of one connection and one model', async () => {
    const other = await harness.ask('connection.add', {
      provider: 'compatible',
      label: 'Other',
      baseUrl: `${server.origin}/v1`,
    })
    await harness.ask('price.set', { connectionId: other.id, price })
    await harness.ask('price.set', { connectionId, price: { ...price, model: 'n' } })
    expect((await ask()).cost).toMatchObject({ pico: null })
  })

  it('settles an answer that was cut short as the range it is', async () => {
    expect((await ask(cutAfter(answer, 1))).cost).toMatchObject({ pico: null, costClass: 'unpriced' })
    await harness.ask('price.set', { connectionId, price })
    const spend = await month()
    expect(spend).toMatchObject({ costClass: 'adjustment' })
    expect(BigInt(spend.upper ?? '0')).toBeGreaterThan(BigInt(spend.pico ?? '0'))
    expect(BigInt(spend.pico ?? '0')).toBeGreaterThan(0n)
  })

  it('is asked for under the name the server answers by', async () => {
    const renamed = answer.map((event) => ({ ...event, data: event.data.replace('"model":"m"', '"model":"m-2026"') }))
    await ask(renamed)
    const [call] = (await harness.ask('spend.month', {})).calls
    expect(call).toMatchObject({ modelId: 'm', unpricedModel: 'm-2026' })
    const named = { ...price, model: call?.unpricedModel ?? '' }
    expect(await harness.ask('price.set', { connectionId, price: named })).toMatchObject({ callCount: 1 })
    expect((await harness.ask('spend.month', {})).calls[0]).toMatchObject({ unpricedModel: null })
  })

  it('leaves open what it says nothing about', async () => {
    await ask()
    const settledNow = await harness.ask('price.set', { connectionId, price: { model: 'm', rates: { out: '10' } } })
    expect(settledNow).toMatchObject({ callCount: 1, openCount: 1, pico: '400000000' })
    expect(await month()).toMatchObject({ pico: null, atLeast: '400000000', costClass: 'unpriced' })
    await harness.ask('price.set', { connectionId, price })
    expect(await month()).toMatchObject({ pico: '600000000', costClass: 'adjustment' })
  })

  it.each([
    [{ rates: {} }],
    [{ rates: { out: 'ten' } }],
    [{ rates: { out: '1001' } }],
    [{ rates: { out: '-1' } }],
    [{ rates: { out: '1' }, fees: { web_search: '101' } }],
    [{ rates: { out: '1' }, from: '2026-02-01', to: '2026-01-01' }],
    [{ rates: { out: '1' }, from: '2026-02-31' }],
  ])('is refused when it is none, and changes nothing: %j', async (bad) => {
    await ask()
    const refused = await harness.request('price.set', { connectionId, price: { model: 'm', ...bad } })
    expect(refused).toEqual({ ok: false, error: { code: 'price_invalid', field: 'price' } })
    expect(await harness.ask('price.list', { connectionId })).toEqual([])
    expect(await month()).toMatchObject({ pico: null })
  })
})
