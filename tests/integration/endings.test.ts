import { describe, expect, it } from 'vitest'
import type { ConnectionId } from '../../src/core/ids'
import type { BridgeEvent } from '../../src/shared/ipc/transport'
import { eachWithProvider } from '../support/each-test'
import { connect, settled, TEST_MODEL, type Harness } from '../support/latchkey'
import { fixture, gateAfter, type Gate, type ProviderServer } from '../support/provider-server'

// Bug: a stopped answer booked as nothing or as one token; a figure that never comes; an answer counted twice.

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

type Booked = Extract<BridgeEvent, { name: 'answer.booked' }>

const booked = () => harness.event((event): event is Booked => event.name === 'answer.booked')

/** An answer that has said its first words and waits. */
async function begun(gate: Gate = gateAfter(30)) {
  server.enqueue(fixture('anthropic/long-text', { gates: [gate] }))
  const input = { conversationId: null, connectionId, model: TEST_MODEL, text: 'Tell me' }
  const turn = await harness.ask('turn.start', input)
  await gate.reached
  await harness.event((event): event is typeof event => event.name === 'turn.delta')
  return { ...turn, gate }
}

/** What the same answer costs when nobody stops it. */
async function whole(): Promise<string> {
  const { turnId, gate } = await begun()
  gate.release()
  return (await settled(harness, turnId)).message.cost?.pico ?? ''
}

describe('an answer that is stopped but still counted', () => {
  it('is out of sight at once, and its cost is exact when its provider has ended', async () => {
    const cost = await whole()
    await harness.ask('settings.setStopMode', { stopMode: 'count' })
    const { turnId, conversationId, gate } = await begun()
    await harness.ask('turn.stop', { turnId })
    const end = await settled(harness, turnId)
    expect(end.message).toMatchObject({ state: 'stopped', counting: true })
    const shown = JSON.stringify(end.message.parts)
    expect((await harness.ask('conversation.open', { conversationId })).running).toBe(false)

    const after = harness.events.length
    gate.release()
    const { payload } = await booked()
    expect(payload.message).toMatchObject({
      state: 'stopped',
      counting: false,
      cost: { pico: cost, costClass: 'computed', upper: null },
    })
    // What came unseen stays unseen.
    expect(JSON.stringify(payload.message.parts)).toBe(shown)
    expect(harness.events.slice(after).filter(({ name }) => name === 'turn.delta')).toEqual([])
    await expect(server.requests[1]?.closed).resolves.toBe('answered')
    const open = await harness.ask('conversation.open', { conversationId })
    expect(JSON.stringify(open.messages[1]?.parts)).toBe(shown)
    expect(open.messages[1]).toEqual(payload.message)
  })

  it('lets the conversation go on meanwhile, and holds its part of a budget until it is booked', async () => {
    await harness.ask('budget.set', {
      scope: { kind: 'all' },
      period: 'month',
      limit: '20',
      steps: [{ percent: 100, action: 'block' }],
    })
    await harness.ask('settings.setStopMode', { stopMode: 'count' })
    const { turnId, conversationId, gate } = await begun()
    await harness.ask('turn.stop', { turnId })
    await settled(harness, turnId)
    expect(BigInt((await harness.ask('budget.list', {}))[0]?.reserved ?? '0')).toBeGreaterThan(0n)
    server.enqueue(fixture('anthropic/text'))
    const next = await harness.ask('turn.start', { conversationId, connectionId, model: TEST_MODEL, text: 'Go on' })
    expect((await settled(harness, next.turnId)).message.state).toBe('complete')
    gate.release()
    await booked()
    expect((await harness.ask('budget.list', {}))[0]?.reserved).toBe('0')
  })

  it('ends with its conversation: nobody would ever read it', async () => {
    // Bug: a deleted conversation that goes on costing, with nothing left to stop it by.
    await harness.ask('settings.setStopMode', { stopMode: 'count' })
    const hidden = await begun()
    await harness.ask('turn.stop', { turnId: hidden.turnId })
    await settled(harness, hidden.turnId)
    await harness.ask('conversation.delete', { conversationId: hidden.conversationId })
    await expect(server.requests[0]?.closed).resolves.toBe('disconnected')
    const shown = await begun()
    await harness.ask('conversation.delete', { conversationId: shown.conversationId })
    await expect(server.requests[1]?.closed).resolves.toBe('disconnected')
    await harness.event(
      (event): event is typeof event => event.name === 'spend.changed' && event.payload.month.callCount === 2,
    )
    const { calls } = await harness.ask('spend.month', {})
    expect(calls.map(({ state }) => state)).toEqual(['stopped', 'stopped'])
  })

  it('is booked as it stands when the process ends, once, and not as nothing', async () => {
    await harness.ask('settings.setStopMode', { stopMode: 'count' })
    const { turnId, conversationId } = await begun()
    await harness.ask('turn.stop', { turnId })
    await settled(harness, turnId)
    harness = await harness.restart()
    const open = await harness.ask('conversation.open', { conversationId })
    expect(open.messages[1]).toMatchObject({ state: 'stopped', counting: false, cost: { costClass: 'partial' } })
    expect(BigInt(open.messages[1]?.cost?.pico ?? '0')).toBeGreaterThan(0n)
    expect((await harness.ask('spend.month', {})).callCount).toBe(1)
  })
})

describe('an answer that is stopped and not counted', () => {
  it('ends its request at once and is booked between two bounds', async () => {
    const cost = BigInt(await whole())
    const { turnId } = await begun()
    await harness.ask('turn.stop', { turnId })
    const end = await settled(harness, turnId)
    expect(end.message).toMatchObject({ state: 'stopped', counting: false, cost: { costClass: 'partial' } })
    await expect(server.requests[1]?.closed).resolves.toBe('disconnected')
    const { pico, upper } = end.message.cost ?? {}
    expect(BigInt(pico ?? '0')).toBeGreaterThan(0n)
    expect(BigInt(pico ?? '0')).toBeLessThan(cost)
    expect(BigInt(upper ?? '0')).toBeGreaterThan(cost)
  })
})
