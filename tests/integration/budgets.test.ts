import { cp } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { Allowance, BudgetStep } from '../../src/core/budget'
import type { ConnectionId } from '../../src/core/ids'
import type { BridgeEvent } from '../../src/shared/ipc/transport'
import type { BudgetView } from '../../src/shared/ipc/views'
import { eachWithProvider } from '../support/each-test'
import { connect, settled, startLatchkey, TEST_MODEL, type Harness } from '../support/latchkey'
import { fixture, gateAfter, heldBack, json, type ProviderServer } from '../support/provider-server'
import { makeTempDir } from '../support/temp-dir'

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

const BLOCK: readonly BudgetStep[] = [{ percent: 100, action: 'block' }]

const budget = (limit: string, more: Partial<{ period: BudgetView['period']; scope: BudgetView['scope'] }> = {}) =>
  harness.ask('budget.set', { scope: { kind: 'all' }, period: 'month', limit, steps: [...BLOCK], ...more })

const input = (allow: Allowance[] = [], text = 'Hi') => ({
  conversationId: null,
  connectionId,
  model: TEST_MODEL,
  text,
  allow,
})

const listed = async (): Promise<BudgetView> => {
  const [first] = await harness.ask('budget.list', {})
  if (first === undefined) throw new Error('there is no budget')
  return first
}

const used = ({ settled: booked, reserved }: BudgetView): bigint => BigInt(booked) + BigInt(reserved)

async function answered(text = 'Hi') {
  server.enqueue(fixture('anthropic/text'))
  const turn = await harness.ask('turn.start', input([], text))
  return settled(harness, turn.turnId)
}

describe('a budget that blocks', () => {
  it('keeps the message here: no byte leaves, nothing is written, and the sentence has its figures', async () => {
    await budget('0.0001')
    const refused = await harness.request('turn.start', input())
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'budget_limit', budget: { action: 'block', percent: 100, limit: '100000000', left: '100000000' } },
    })
    expect(BigInt((!refused.ok && refused.error.budget?.most) || '0')).toBeGreaterThan(100_000_000n)
    expect(server.connections).toBe(0)
    expect(await harness.ask('conversation.list', {})).toEqual([])
    expect((await harness.ask('spend.month', {})).callCount).toBe(0)
  })

  it('lets it go once when the user says so, and is there again for the next', async () => {
    const { id: budgetId } = await budget('0.0001')
    server.enqueue(fixture('anthropic/text'))
    const turn = await harness.ask('turn.start', input([{ budgetId, percent: 100 }]))
    expect((await settled(harness, turn.turnId)).message.state).toBe('complete')
    expect((await listed()).level).toBe('over')
    expect(await harness.request('turn.start', input())).toMatchObject({ error: { code: 'budget_limit' } })
    expect(server.requests).toHaveLength(1)
  })

  it('lets it go after it was raised', async () => {
    await budget('0.0001')
    expect((await harness.request('turn.start', input())).ok).toBe(false)
    const raised = await budget('20')
    expect(await harness.ask('budget.list', {})).toEqual([raised])
    expect((await answered()).message.state).toBe('complete')
  })

  it('shortens the answer to what is left, and the answer says so', async () => {
    // Sonnet 5.5: $10 a million tokens of answer; two cents are about two thousand.
    await budget('0.02')
    const end = await answered()
    const sent = server.requests[0]?.json as { max_tokens: number }
    expect(sent.max_tokens).toBeGreaterThan(1_024)
    expect(sent.max_tokens).toBeLessThan(2_000)
    expect(end.message.budgetTokens).toBe(sent.max_tokens)
  })

  it('holds the most a call may cost while it runs, and what it did cost afterwards', async () => {
    await budget('20')
    const gate = gateAfter(3)
    server.enqueue(fixture('anthropic/long-text', { gates: [gate] }))
    const turn = await harness.ask('turn.start', input())
    await gate.reached
    const during = await listed()
    // 128,000 tokens of answer at $10 a million.
    expect(BigInt(during.reserved)).toBeGreaterThan(1_280_000_000_000n)
    expect(during.settled).toBe('0')
    gate.release()
    const end = await settled(harness, turn.turnId)
    expect(await listed()).toMatchObject({ reserved: '0', settled: end.message.cost?.pico })
  })

  it('releases what a killed process held, and counts what it may have used', async () => {
    await budget('20')
    const gate = gateAfter(30)
    server.enqueue(fixture('anthropic/long-text', { gates: [gate] }))
    await harness.ask('turn.start', input())
    await gate.reached
    await harness.event((event): event is typeof event => event.name === 'turn.delta')
    // The files as a kill leaves them: nobody has closed anything.
    const profile = await makeTempDir()
    await cp(harness.profile.path, profile.path, { recursive: true })
    const killed = await startLatchkey({ profile, clock: harness.clock, cipher: harness.cipher })
    const [after] = await killed.ask('budget.list', {})
    const { calls } = await killed.ask('spend.month', {})
    await killed.close()
    expect(after?.reserved).toBe('0')
    expect(calls.map(({ state, cost }) => [state, cost.upper === null])).toEqual([['interrupted', false]])
    expect(BigInt((await listed()).reserved)).toBeGreaterThan(0n)
  })

  it('asks about a model without a price', async () => {
    await harness.ask('budget.set', { scope: { kind: 'all' }, period: 'month', limit: '20', steps: [...BLOCK] })
    const baseUrl = `${server.origin}/v1`
    const other = await harness.ask('connection.add', { provider: 'openrouter', label: 'R', baseUrl })
    await harness.ask('key.set', { connectionId: other.id, key: 'sk-or-v1-0123456789abcdef0123456789' })
    const list = { data: [{ id: 'somebody/brand-new' }] }
    server.enqueue(json(list), 'GET /v1/models')
    await harness.ask('connection.check', { connectionId: other.id })
    const ask = { ...input(), connectionId: other.id, model: 'somebody/brand-new' }
    const refused = await harness.request('turn.start', ask)
    expect(refused).toMatchObject({ error: { code: 'budget_unpriced', budget: { action: 'ask', most: null } } })
    const budgetId = (!refused.ok && refused.error.budget?.budgetId) || (await listed()).id
    server.enqueue(fixture('openai-compatible/openrouter-text'))
    const turn = await harness.ask('turn.start', { ...ask, allow: [{ budgetId, percent: 100 }] })
    await settled(harness, turn.turnId)
    expect(server.requests.filter(({ method }) => method === 'POST')).toHaveLength(1)
  })

  it('stops a repetition, which then costs nothing, and says so', async () => {
    // Bug: a yes to one request taken as a yes to three.
    const { id: budgetId } = await budget('0.0001')
    server.always({
      kind: 'body',
      head: { status: 529, headers: { 'retry-after': '0.02' } },
      body: '{"type":"error","error":{"type":"overloaded_error"}}',
    })
    const turn = await harness.ask('turn.start', input([{ budgetId, percent: 100 }]))
    const end = await settled(harness, turn.turnId)
    expect(end.message).toMatchObject({ state: 'failed', failure: { code: 'budget_limit' } })
    expect(server.requests).toHaveLength(1)
  })
})

describe('fifty messages at once with 5 % left', () => {
  it('pass the limit at no moment, and as many leave as fit', async () => {
    // A month at 95 %: $0.95 of $1.00 is spent, and each message may cost about a cent.
    const first = await answered()
    const cost = BigInt(first.message.cost?.pico ?? '0')
    expect(cost).toBeGreaterThan(0n)
    // 1,024 tokens of answer at $10 and the prompt; the limit is such that the one answer is 95 % of it.
    const limit = (cost * 100n) / 95n
    await harness.ask('budget.set', {
      scope: { kind: 'all' },
      period: 'month',
      limit: `0.${limit.toString().padStart(12, '0')}`,
      steps: [...BLOCK],
    })
    const tight = await Promise.all(Array.from({ length: 50 }, () => harness.request('turn.start', input())))
    expect(tight.every(({ ok }) => !ok)).toBe(true)

    const roomy = 1_000_000_000_000n
    const settledNow = BigInt((await listed()).settled)
    const wanted = (settledNow * 100n) / 95n + roomy / 20n
    await budget(`${wanted / 1_000_000_000_000n}.${(wanted % 1_000_000_000_000n).toString().padStart(12, '0')}`)
    const gate = gateAfter(0)
    server.always(heldBack(gate, fixture('anthropic/text')))
    const peaks: bigint[] = []
    const watch = harness.latchkey.subscribe((event: BridgeEvent) => {
      if (event.name === 'budgets.changed') peaks.push(...event.payload.budgets.map(used))
    })
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => harness.request('turn.start', input([], `Message ${index}`))),
    )
    const gone = answers.filter(({ ok }) => ok).length
    expect(gone).toBeGreaterThan(0)
    expect(gone).toBeLessThan(50)
    expect(used(await listed())).toBeLessThanOrEqual(wanted)
    gate.release()
    for (const answer of answers) if (answer.ok) await settled(harness, answer.value.turnId)
    watch()
    expect(peaks.length).toBeGreaterThan(gone)
    expect(peaks.every((peak) => peak <= wanted)).toBe(true)
    expect(server.requests).toHaveLength(1 + gone)
    const after = await listed()
    expect(after.reserved).toBe('0')
    expect((await harness.ask('spend.month', {})).spend.pico).toBe(after.settled)
  }, 60_000)
})

describe('a call that costs more than was held for it', () => {
  it('is recorded and shown, and the next one is stopped', async () => {
    await budget('0.02')
    // The provider reports a prompt no estimate could have seen: a tool's, or another tier's.
    const body = [
      {
        type: 'message_start',
        message: { id: 'msg_1', model: TEST_MODEL, usage: { input_tokens: 9_000_000, output_tokens: 1 } },
      },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hello' } },
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 5 } },
      { type: 'message_stop' },
    ]
    const text = body.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('')
    server.enqueue({
      kind: 'body',
      head: { status: 200, headers: { 'content-type': 'text/event-stream' } },
      body: text,
    })
    const turn = await harness.ask('turn.start', input())
    const end = await settled(harness, turn.turnId)
    expect(end.message.usageFlags).toContain('over_reserved')
    expect(await listed()).toMatchObject({ level: 'over', settled: end.message.cost?.pico })
    expect(await harness.request('turn.start', input())).toMatchObject({ error: { code: 'budget_limit' } })
    expect(server.requests).toHaveLength(1)
  })
})

describe('what a budget counts', () => {
  it('is its own: a provider, a key, a conversation, a request', async () => {
    const end = await answered()
    const cost = end.message.cost?.pico ?? ''
    await budget('20', { scope: { kind: 'provider', provider: 'anthropic' } })
    await budget('20', { scope: { kind: 'provider', provider: 'openai' } })
    await budget('20', { scope: { kind: 'connection', connectionId } })
    await budget('20', { scope: { kind: 'conversation', conversationId: end.conversationId }, period: 'total' })
    await budget('20', { scope: { kind: 'conversation', conversationId: null }, period: 'total' })
    await budget('20', { period: 'request' })
    await budget('20', { period: 'day' })
    const sums = (await harness.ask('budget.list', {})).map((each) => each.settled)
    expect(sums).toEqual([cost, '0', cost, cost, '0', '0', cost])
    // For each conversation it is asked with the conversation it is about.
    const estimate = await harness.ask('estimate.send', {
      conversationId: end.conversationId,
      connectionId,
      model: TEST_MODEL,
      text: 'And?',
    })
    expect(estimate.budgets.map((each) => each.settled)).toEqual([cost, cost, cost, cost, '0', cost])
  })

  it('per request is each call by itself', async () => {
    await budget('0.0001', { period: 'request' })
    expect(await harness.request('turn.start', input())).toMatchObject({ error: { code: 'budget_limit' } })
    await budget('5', { period: 'request' })
    await answered()
    await answered()
    expect((await listed()).level).toBe('fine')
  })

  it.each([
    ['limit', { limit: 'abc' }],
    ['limit', { limit: '0' }],
    ['limit', { limit: '-5' }],
    ['limit', { limit: '1e30' }],
    ['limit', { limit: '0.0000000000001' }],
    [
      'steps',
      {
        steps: [
          { percent: 100, action: 'warn' },
          { percent: 50, action: 'block' },
        ],
      },
    ],
    ['scope', { scope: { kind: 'connection', connectionId: 'con_ffffffffffffffffffffffffffffffff' } }],
  ] as const)('is refused with the name of what is wrong (%s %o)', async (field, wrong) => {
    const good = { scope: { kind: 'all' }, period: 'month', limit: '20', steps: [...BLOCK] } as const
    const answer = await harness.request('budget.set', { ...good, ...wrong } as never)
    expect(answer).toMatchObject({ ok: false, error: { field } })
    expect(await harness.ask('budget.list', {})).toEqual([])
  })

  it('goes by local days, or by UTC days when the user says so', async () => {
    harness.clock.set('2026-11-30T22:30:00Z')
    const cost = (await answered()).message.cost?.pico
    await budget('20')
    // An hour east of Greenwich it is December now.
    harness.clock.set('2026-11-30T23:30:00Z')
    expect((await listed()).settled).toBe('0')
    await harness.ask('settings.setBudgetDays', { budgetDays: 'utc' })
    expect((await listed()).settled).toBe(cost)
    const told = harness.events.filter((event) => event.name === 'budgets.changed').at(-1)
    expect(told?.payload.budgets[0]?.settled).toBe(cost)
  })

  it('goes with what it was about', async () => {
    await budget('20', { scope: { kind: 'connection', connectionId } })
    const other = await budget('20')
    await harness.ask('connection.remove', { connectionId })
    expect((await harness.ask('budget.list', {})).map(({ id }) => id)).toEqual([other.id])
  })
})
