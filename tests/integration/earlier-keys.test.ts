import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionId, ConversationId } from '../../src/core/ids'
import type { RequestInput } from '../../src/shared/ipc/transport'
import { connect, settled, startLatchkey, TEST_KEY, TEST_MODEL, type Harness } from '../support/latchkey'
import { fixture, httpError, startProviderServer, type ProviderServer } from '../support/provider-server'

// Bug: a key that was sent to one provider on purpose goes to the next one with the history, and nobody was asked.

const KEY = 'sk-proj-Zr8kQ2mN5vX1cB7wL4tY9pH3sD6fG0jA'
/** As Mistral's: nothing about it tells that it is a key. */
const SHAPELESS = 'Zr8kQ2mN5vX1cB7wL4tY9pH3sD6fG0jA'

let first: ProviderServer
let second: ProviderServer
let harness: Harness

beforeEach(async () => {
  ;[first, second] = await Promise.all([startProviderServer(), startProviderServer()])
  first.always(fixture('anthropic/text'))
  second.always(fixture('anthropic/text'))
  harness = await startLatchkey()
})
afterEach(async () => {
  await harness.close()
  await Promise.all([first.close(), second.close()])
})

type Extra = Omit<Partial<RequestInput<'turn.start'>>, 'connectionId' | 'conversationId' | 'text'>

const asking = (
  connectionId: ConnectionId,
  conversationId: ConversationId | null,
  text: string,
  extra: Extra = {},
): RequestInput<'turn.start'> => ({ conversationId, connectionId, model: TEST_MODEL, text, ...extra })

/** Sends a message and waits for its answer; the conversation it went to. */
async function say(...of: Parameters<typeof asking>): Promise<ConversationId> {
  const turn = await harness.ask('turn.start', asking(...of))
  await settled(harness, turn.turnId)
  return turn.conversationId
}

const refused = { ok: false, error: { code: 'key_in_history' } }
const lastBody = (server: ProviderServer) => server.requests.at(-1)?.body ?? ''
const shown = async (conversationId: ConversationId) =>
  JSON.stringify((await harness.ask('conversation.open', { conversationId })).messages)

/** A key that went to the first connection, and one more connection. */
async function sentToFirst(text = `It is ${KEY}`) {
  const from = await connect(harness, first.origin)
  const to = await connect(harness, second.origin, `${TEST_KEY}-2`)
  const conversationId = await say(from, null, text, { allowSecret: true })
  expect(first.requests).toHaveLength(1)
  return { from, to, conversationId }
}

describe('a key in earlier messages', () => {
  it('that is kept from a connection stays kept there when it is said once more elsewhere', async () => {
    const { from, to, conversationId } = await sentToFirst()
    await say(to, conversationId, 'One', { earlierKeys: 'redact' })
    await say(from, conversationId, `Once more: ${KEY}`, { allowSecret: true })
    // Bug: left out of one request, and counted as sent by the next.
    for (const text of ['Two', 'Three', 'Four']) {
      await say(to, conversationId, text)
      expect(lastBody(second)).toContain(text)
      expect(lastBody(second)).not.toContain(KEY)
    }
  })

  it('is asked about before it goes to another connection, and leaves no trace until then', async () => {
    const { to, conversationId } = await sentToFirst()
    const before = await shown(conversationId)
    expect(await harness.request('turn.start', asking(to, conversationId, 'And you?'))).toEqual(refused)
    expect(second.requests).toEqual([])
    expect(await shown(conversationId)).toBe(before)
  })

  it('goes there once its user says so, and is not asked about again', async () => {
    const { from, to, conversationId } = await sentToFirst()
    await say(to, conversationId, 'And you?', { earlierKeys: 'send' })
    expect(lastBody(second)).toContain(KEY)
    await say(to, conversationId, 'More.')
    expect(lastBody(second)).toContain(KEY)
    harness = await harness.restart()
    await say(to, conversationId, 'Still?')
    await say(from, conversationId, 'And back.')
    expect(lastBody(first)).toContain(KEY)
  })

  it('is asked about again for a third connection', async () => {
    const { to, conversationId } = await sentToFirst()
    await say(to, conversationId, 'And you?', { earlierKeys: 'send' })
    const third = await connect(harness, second.origin)
    expect(await harness.request('turn.start', asking(third, conversationId, 'You?'))).toEqual(refused)
  })

  it('stays here when it is kept back: what leaves is without it, what is stored is as it was', async () => {
    const { from, to, conversationId } = await sentToFirst()
    await say(to, conversationId, 'And you?', { earlierKeys: 'redact' })
    expect(lastBody(second)).toContain('It is [key removed]')
    expect(lastBody(second)).not.toContain(KEY)
    expect(await shown(conversationId)).toContain(KEY)
    // Nobody asks again, and what was sent before is sent the same.
    harness = await harness.restart()
    await say(to, conversationId, 'More.')
    expect(lastBody(second)).toContain('It is [key removed]')
    expect(lastBody(second)).not.toContain(KEY)
    await say(from, conversationId, 'And back.')
    expect(lastBody(first)).toContain(KEY)
  })

  it('that was kept back and then sent by hand is known there', async () => {
    const { to, conversationId } = await sentToFirst()
    await say(to, conversationId, 'And you?', { earlierKeys: 'redact' })
    await say(to, conversationId, `Well, ${KEY}`, { allowSecret: true })
    await say(to, conversationId, 'Now?')
    expect(lastBody(second).split(KEY)).toHaveLength(3)
  })

  it('is asked about again once the connection leads to another host', async () => {
    const { from, conversationId } = await sentToFirst()
    const moved = { connectionId: from, label: 'Personal', baseUrl: second.origin }
    await harness.ask('connection.update', moved)
    await harness.ask('key.set', { connectionId: from, key: TEST_KEY })
    expect(await harness.request('turn.start', asking(from, conversationId, 'And you?'))).toEqual(refused)
    await say(from, conversationId, 'And you?', { earlierKeys: 'redact' })
    expect(lastBody(second)).not.toContain(KEY)
  })

  it('is asked about when the same question is asked of another connection', async () => {
    const from = await connect(harness, first.origin)
    const to = await connect(harness, second.origin, `${TEST_KEY}-2`)
    first.always(httpError(400, { type: 'error', error: { type: 'invalid_request_error', message: 'no' } }))
    const turn = await harness.ask('turn.start', asking(from, null, `It is ${KEY}`, { allowSecret: true }))
    await settled(harness, turn.turnId)
    const { conversationId, turnId } = turn
    // To the same one it is not: it has it.
    const again = await harness.ask('turn.retry', { turnId })
    await settled(harness, again.turnId)
    await harness.ask('conversation.setModel', { conversationId, connectionId: to, model: TEST_MODEL })
    expect(await harness.request('turn.retry', { turnId: again.turnId })).toEqual(refused)
    const redacted = await harness.ask('turn.retry', { turnId: again.turnId, earlierKeys: 'redact' })
    await settled(harness, redacted.turnId)
    expect(lastBody(second)).toContain('It is [key removed]')
    expect(lastBody(second)).not.toContain(KEY)
  })

  it('of another connection is recognised by the vault, right after a start', async () => {
    await connect(harness, first.origin, SHAPELESS)
    const { to, conversationId } = await sentToFirst(`It is ${SHAPELESS}`)
    harness = await harness.restart()
    expect(await harness.request('turn.start', asking(to, conversationId, 'And you?'))).toEqual(refused)
  })

  it('stays kept back although the vault no longer knows it', async () => {
    const stored = await connect(harness, first.origin, SHAPELESS)
    const { to, conversationId } = await sentToFirst(`It is ${SHAPELESS}`)
    await say(to, conversationId, 'And you?', { earlierKeys: 'redact' })
    await harness.ask('connection.remove', { connectionId: stored })
    harness = await harness.restart()
    await say(to, conversationId, 'More.')
    expect(lastBody(second)).toContain('It is [key removed]')
    expect(lastBody(second)).not.toContain(SHAPELESS)
  })

  it('is in no title, whatever its shape and whoever was asked first', async () => {
    await connect(harness, first.origin, SHAPELESS)
    const from = await connect(harness, second.origin)
    harness = await harness.restart()
    await harness.ask('settings.setBackground', { purpose: 'titles', on: true })
    await say(from, null, `It is ${SHAPELESS}`, { allowSecret: true })
    await second.waitForRequests(2)
    expect(second.requests[0]?.body).toContain(SHAPELESS)
    expect(second.requests[1]?.body).toContain('It is [key removed]')
    expect(second.requests[1]?.body).not.toContain(SHAPELESS)
  })

  it('leaves messages without one alone', async () => {
    const from = await connect(harness, first.origin)
    const to = await connect(harness, second.origin, `${TEST_KEY}-2`)
    const conversationId = await say(from, null, 'It is a secret.')
    await say(to, conversationId, 'And you?')
    expect(second.requests).toHaveLength(1)
  })
})
