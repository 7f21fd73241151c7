import { describe, expect, it } from 'vitest'
import type { ConnectionId } from '../../src/core/ids'
import { eachWithProvider } from '../support/each-test'
import { connect, settled, TEST_MODEL, type Harness } from '../support/latchkey'
import { anthropicErrors, fixture, gateAfter, heldBack, json, type ProviderServer } from '../support/provider-server'

// Bug: a request nobody asked for, or one that is in no sum.

let server: ProviderServer
let harness: Harness
let connectionId: ConnectionId

eachWithProvider(
  async (provider, app) => {
    server = provider
    harness = app
    connectionId = await connect(app, provider.origin)
  },
  () => harness,
)

const input = (text = 'How do I whittle a spoon? I have a knife.') =>
  ({ conversationId: null, connectionId, model: TEST_MODEL, text }) as const

const titles = (on: boolean) => harness.ask('settings.setBackground', { purpose: 'titles', on })

const renamed = (title: string) =>
  harness.event(
    (event): event is typeof event =>
      event.name === 'conversations.changed' && event.payload.conversations.some((each) => each.title === title),
  )

const spent = (calls: number) =>
  harness.event(
    (event): event is typeof event => event.name === 'spend.changed' && event.payload.month.callCount === calls,
  )

describe('a title', () => {
  it('is local and free unless the user has chosen otherwise', async () => {
    server.enqueue(fixture('anthropic/text'))
    const turn = await harness.ask('turn.start', input())
    await settled(harness, turn.turnId)
    expect((await harness.ask('conversation.list', {})).map(({ title }) => title)).toEqual([
      'How do I whittle a spoon?',
    ])
    expect(server.requests).toHaveLength(1)
  })

  it('written by a model is one capped call to the cheapest model of the connection, with a line of its own', async () => {
    await titles(true)
    server.enqueue(fixture('anthropic/text'))
    server.enqueue(fixture('anthropic/text'))
    const turn = await harness.ask('turn.start', input())
    const end = await settled(harness, turn.turnId)
    await spent(2)
    const asked = server.requests[1]?.json as { model: string; max_tokens: number; messages: unknown }
    expect(asked.max_tokens).toBeLessThanOrEqual(512)
    expect(asked.model).toBe('claude-haiku-5-5')
    expect(JSON.stringify(asked.messages)).toContain('whittle a spoon')
    const [first] = await harness.ask('conversation.list', {})
    expect(first?.title).not.toBe('How do I whittle a spoon?')
    const spend = await harness.ask('spend.month', {})
    expect(spend.background).toMatchObject([{ key: 'title', callCount: 1 }])
    const title = BigInt(spend.background[0]?.spend.pico ?? '0')
    expect(title).toBeGreaterThan(0n)
    expect(BigInt(spend.spend.pico ?? '0')).toBe(title + BigInt(end.message.cost?.pico ?? '0'))
    expect(spend.calls.map(({ purpose }) => purpose).toSorted()).toEqual(['answer', 'title'])
    // Once for a conversation.
    server.enqueue(fixture('anthropic/text'))
    const next = await harness.ask('turn.start', { ...input('And a fork?'), conversationId: turn.conversationId })
    await settled(harness, next.turnId)
    expect(server.requests).toHaveLength(3)
  })

  it('of the user’s own stays', async () => {
    await titles(true)
    const gate = gateAfter(0)
    server.enqueue(fixture('anthropic/text'))
    server.enqueue(heldBack(gate, fixture('anthropic/text')))
    const turn = await harness.ask('turn.start', input())
    await settled(harness, turn.turnId)
    await gate.reached
    await harness.ask('conversation.rename', { conversationId: turn.conversationId, title: 'Spoons' })
    gate.release()
    await spent(2)
    await renamed('Spoons')
    expect((await harness.ask('conversation.list', {})).map(({ title }) => title)).toEqual(['Spoons'])
  })

  it('that fails leaves the local one, and is not asked for again by itself', async () => {
    await titles(true)
    server.enqueue(fixture('anthropic/text'))
    server.enqueue(anthropicErrors.overloaded())
    const turn = await harness.ask('turn.start', input())
    await settled(harness, turn.turnId)
    await spent(2)
    expect((await harness.ask('conversation.list', {})).map(({ title }) => title)).toEqual([
      'How do I whittle a spoon?',
    ])
    expect(server.requests).toHaveLength(2)
  })

  it('is not worth a question: with no room in a budget none leaves', async () => {
    await titles(true)
    server.enqueue(fixture('anthropic/text'))
    const { id: budgetId } = await harness.ask('budget.set', {
      scope: { kind: 'all' },
      period: 'month',
      limit: '0.0000001',
      steps: [{ percent: 100, action: 'block' }],
    })
    const turn = await harness.ask('turn.start', { ...input(), allow: [{ budgetId, percent: 100 }] })
    await settled(harness, turn.turnId)
    server.enqueue(fixture('anthropic/text'))
    const again = await harness.ask('turn.retry', { turnId: turn.turnId, allow: [{ budgetId, percent: 100 }] })
    await settled(harness, again.turnId)
    // As long as one would have taken to be counted and to leave.
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(server.requests.every((request) => !request.body.includes('Write a title'))).toBe(true)
  })

  it('that a closing app cuts is booked and not lost', async () => {
    await titles(true)
    const gate = gateAfter(0)
    server.enqueue(fixture('anthropic/text'))
    server.enqueue(heldBack(gate, fixture('anthropic/text')))
    const turn = await harness.ask('turn.start', input())
    await settled(harness, turn.turnId)
    await gate.reached
    harness = await harness.restart()
    const { calls } = await harness.ask('spend.month', {})
    expect(calls.map(({ purpose, state }) => [purpose, state])).toContainEqual(['title', 'interrupted'])
    expect(calls.some(({ state }) => state === 'in_flight')).toBe(false)
  })
})

/** A model of a router, listed as far as the app is concerned. */
async function routed() {
  const baseUrl = `${server.origin}/v1`
  const other = await harness.ask('connection.add', { provider: 'openrouter', label: 'Router', baseUrl })
  await harness.ask('key.set', { connectionId: other.id, key: 'sk-or-v1-0123456789abcdef0123456789' })
  const model = 'anthropic/claude-sonnet-5.5'
  server.enqueue(json({ data: [{ id: model }] }), 'GET /v1/models')
  await harness.ask('connection.check', { connectionId: other.id })
  return { connectionId: other.id, model }
}

/** Begins an answer there and stops it in the middle. */
async function stopped(to: Awaited<ReturnType<typeof routed>>) {
  const gate = gateAfter(3)
  server.enqueue(fixture('openai-compatible/openrouter-text', { gates: [gate] }), 'POST /v1/chat/completions')
  const turn = await harness.ask('turn.start', { ...input('Stop me'), ...to })
  await gate.reached
  await harness.event((event): event is typeof event => event.name === 'turn.delta')
  await harness.ask('turn.stop', { turnId: turn.turnId })
  return settled(harness, turn.turnId)
}

describe('what a stopped answer of OpenRouter has cost', () => {
  it('is looked up afterwards, and the answer then says it', async () => {
    const end = await stopped(await routed())
    expect(end.message.cost?.pico).not.toBe('1230000000')
    server.always(json({ data: { id: 'gen-ours-openrouter-0001', total_cost: 0.00123, is_byok: false } }))
    const news = await harness.event((event): event is typeof event => event.name === 'answer.booked')
    const { cost } = (news.payload as { message: { cost: { pico: string; upper: null } } }).message
    expect(cost).toMatchObject({ pico: '1230000000', upper: null })
    expect((await harness.ask('spend.month', {})).spend.pico).toBe('1230000000')
    expect(await harness.ask('ledger.verify', {})).toMatchObject({ ok: true })
  }, 15_000)
})

describe('with everything in the background off', () => {
  it('nothing leaves but what was sent by hand', async () => {
    for (const purpose of ['titles', 'retries', 'keyChecks', 'lateCosts'] as const) {
      await harness.ask('settings.setBackground', { purpose, on: false })
    }
    const to = await routed()
    server.enqueue(fixture('anthropic/text'), 'POST /v1/messages')
    server.enqueue(anthropicErrors.overloaded(), 'POST /v1/messages')
    await settled(harness, (await harness.ask('turn.start', input())).turnId)
    await settled(harness, (await harness.ask('turn.start', input('Busy?'))).turnId)
    await stopped(to)
    await harness.ask('estimate.models', { conversationId: null, text: 'What would this cost?' })
    // The first look at OpenRouter's figure would be three seconds after the stop.
    await new Promise((resolve) => setTimeout(resolve, 3_500))
    harness = await harness.restart()
    await new Promise((resolve) => setTimeout(resolve, 3_500))
    expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      // Asked for by hand.
      'GET /v1/models',
      'POST /v1/messages',
      'POST /v1/messages',
      'POST /v1/chat/completions',
    ])
  }, 20_000)
})
