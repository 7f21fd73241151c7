import { afterEach, beforeEach, expect, it } from 'vitest'
import { textOf } from '../../src/core/conversation'
import { expectedAnswer } from '../support/fixtures'
import { connect, settled, startLatchkey, TEST_MODEL, type Harness } from '../support/latchkey'
import { fixture, gateAfter, startProviderServer, type ProviderServer } from '../support/provider-server'

// A window that does not say what it shows: hung, gone, or gone from the page.

const TEXT = expectedAnswer('anthropic/long-text').text

let server: ProviderServer
let harness: Harness
beforeEach(async () => {
  server = await startProviderServer()
  harness = await startLatchkey({ shows: false })
})
afterEach(async () => {
  await harness.close()
  await server.close()
})

const deltas = () => harness.events.flatMap((event) => (event.name === 'turn.delta' ? [event.payload] : []))
const told = (from = 0) =>
  deltas()
    .filter(({ seq }) => seq > from)
    .flatMap((delta) => delta.deltas)
    .map(({ text }) => text)
    .join('')

async function ask() {
  const connectionId = await connect(harness, server.origin)
  return harness.ask('turn.start', { conversationId: null, connectionId, model: TEST_MODEL, text: 'Tell me a story.' })
}

/** What has been received by now, as the file has it twice a second. */
async function untilKept(conversationId: Awaited<ReturnType<typeof ask>>['conversationId'], words: string) {
  await expect
    .poll(async () => {
      const reopened = await harness.ask('conversation.open', { conversationId })
      return textOf(reopened.messages[1]?.parts ?? [])
    })
    .toContain(words)
}

it('an answer nobody shows is kept, booked and settled, and was told in few events', async () => {
  server.enqueue(fixture('anthropic/long-text', { paceMs: 1 }))
  const end = await settled(harness, (await ask()).turnId)
  expect(end.message.state).toBe('complete')
  expect(textOf(end.message.parts)).toBe(TEXT)
  expect(end.message.cost?.costClass).toBe('computed')
  // At most two that were sent before anybody could have answered, and all the rest right before the end.
  expect(deltas().length).toBeLessThanOrEqual(3)
  expect(told()).toBe(TEXT)
  expect(harness.events.findIndex(({ name }) => name === 'turn.settled')).toBeGreaterThan(
    harness.events.findLastIndex(({ name }) => name === 'turn.delta'),
  )
})

it('a stopped answer that nobody shows is settled with everything that had come', async () => {
  const gate = gateAfter(200)
  server.enqueue(fixture('anthropic/long-text', { gates: [gate] }))
  const turn = await ask()
  await gate.reached
  await harness.ask('turn.stop', { turnId: turn.turnId })
  const end = await settled(harness, turn.turnId)
  expect(end.message.state).toBe('stopped')
  expect(textOf(end.message.parts)).toContain('skeleton key')
  expect(told()).toBe(textOf(end.message.parts))
})

it('a page that was loaded anew gets all there is, and is told what follows', async () => {
  const gate = gateAfter(200)
  server.enqueue(fixture('anthropic/long-text', { gates: [gate] }))
  const { turnId, conversationId } = await ask()
  await gate.reached
  await untilKept(conversationId, 'skeleton key')
  const page = await harness.ask('conversation.open', { conversationId })
  const seq = page.runningTurn?.seq ?? Number.NaN
  const before = deltas().length
  gate.release()
  const end = await settled(harness, turnId)
  // Bug: the new page waits to the end for words that are held back for what the old one never showed: one event. How many
  // of the two that need no answer there are goes by how fast the rest arrives.
  expect([2, 3]).toContain(deltas().length - before)
  expect(textOf(page.messages[1]?.parts ?? []) + told(seq)).toBe(textOf(end.message.parts))
})

it('what is said of answers that have ended, or never were, changes nothing', async () => {
  server.enqueue(fixture('anthropic/text'))
  const turn = await ask()
  await settled(harness, turn.turnId)
  const count = harness.events.length
  expect(await harness.ask('turn.seen', { turnId: turn.turnId, seq: 1, unasked: true })).toBeNull()
  expect(await harness.ask('turn.seen', { turnId: 'trn_00000000000000000000000000000000', seq: 1 })).toBeNull()
  expect(harness.events).toHaveLength(count)
})
