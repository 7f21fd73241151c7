import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { fixtureEvents } from '../support/fixtures'
import { eachWithProvider } from '../support/each-test'
import { connect, settled, startLatchkey, TEST_KEY, TEST_MODEL, type Harness } from '../support/latchkey'
import {
  anthropicErrors,
  errorInStream,
  fixture,
  gateAfter,
  httpError,
  missingTerminalEvent,
  redirect,
  resetAfter,
  resetBeforeHeaders,
  stallAfter,
  startProviderServer,
  stream,
  type ProviderServer,
} from '../support/provider-server'

let server: ProviderServer
let harness: Harness

eachWithProvider(
  (provider, app) => {
    server = provider
    harness = app
  },
  () => harness,
)

const text = (message: { readonly parts: readonly { readonly type: string; readonly text: string }[] }) =>
  message.parts
    .filter((part) => part.type === 'text')
    .map((part) => part.text)
    .join('')

async function ask(question = 'What is a latchkey?') {
  const connectionId = await connect(harness, server.origin)
  const turn = await harness.ask('turn.start', {
    conversationId: null,
    connectionId,
    model: TEST_MODEL,
    text: question,
  })
  return { ...turn, connectionId }
}

describe('an answer', () => {
  it('arrives through the real SDK, is priced exactly and is there again after a restart', async () => {
    server.enqueue(fixture('anthropic/text'))
    const turn = await ask()
    const end = await settled(harness, turn.turnId)
    expect(end.message.state).toBe('complete')
    expect(end.message.cost).toMatchObject({ costClass: 'computed', upper: null })

    const again = await harness.restart()
    const conversation = await again.ask('conversation.open', { conversationId: turn.conversationId })
    expect(conversation.messages.map((message) => message.role)).toEqual(['user', 'assistant'])
    expect(conversation.messages[1]).toEqual(end.message)
    expect(conversation.spend).toEqual(end.message.cost)
    const spend = await again.ask('spend.month', {})
    expect(spend.spend.pico).toBe(end.message.cost?.pico)
    expect(spend.calls).toHaveLength(1)
    harness = again
  })

  it('is sent as deltas that join to exactly the stored text, numbered without a gap', async () => {
    server.enqueue(fixture('anthropic/long-text', { chunk: 7 }))
    const turn = await ask()
    const end = await settled(harness, turn.turnId)
    const deltas = harness.events.filter((event) => event.name === 'turn.delta').map((event) => event.payload)
    expect(
      deltas
        .flatMap((delta) => delta.deltas)
        .map((delta) => delta.text)
        .join(''),
    ).toBe(text(end.message))
    expect([...deltas.map((delta) => delta.seq), end.seq]).toEqual([...deltas.keys(), deltas.length].map((n) => n + 1))
  })

  it('can be joined half way without losing or repeating a word', async () => {
    const gate = gateAfter(20)
    server.enqueue(fixture('anthropic/long-text', { gates: [gate] }))
    const turn = await ask()
    await gate.reached
    await harness.event((event): event is typeof event => event.name === 'turn.delta')
    const snapshot = await harness.ask('conversation.open', { conversationId: turn.conversationId })
    gate.release()
    const end = await settled(harness, turn.turnId)
    const seq = snapshot.runningTurn?.seq ?? Number.NaN
    const later = harness.events
      .flatMap((event) => (event.name === 'turn.delta' && event.payload.seq > seq ? event.payload.deltas : []))
      .map((delta) => delta.text)
    const shown = snapshot.messages[1]
    expect(shown?.state).toBe('streaming')
    expect(text(shown ?? { parts: [] }) + later.join('')).toBe(text(end.message))
  })

  it('keeps thinking apart from the answer, with its proof', async () => {
    server.enqueue(fixture('anthropic/thinking'))
    const end = await settled(harness, (await ask()).turnId)
    expect(end.message.parts.map((part) => part.type)).toEqual(['reasoning', 'text'])
    expect(end.message.parts[0]).toMatchObject({ proof: expect.stringMatching(/.{8,}/) })
  })

  it('is asked for with the whole conversation and without earlier thinking', async () => {
    server.enqueue(fixture('anthropic/thinking'))
    server.enqueue(fixture('anthropic/text'))
    const first = await ask('First?')
    const answer = await settled(harness, first.turnId)
    const { conversationId, connectionId } = first
    const second = await harness.ask('turn.start', { conversationId, connectionId, model: TEST_MODEL, text: 'Second?' })
    await settled(harness, second.turnId)
    expect(server.requests[1]?.json).toMatchObject({
      stream: true,
      max_tokens: 128_000,
      messages: [
        { role: 'user', content: [{ type: 'text', text: 'First?' }] },
        { role: 'assistant', content: [{ type: 'text', text: text(answer.message) }] },
        { role: 'user', content: [{ type: 'text', text: 'Second?' }] },
      ],
    })
  })
})

describe('the request', () => {
  it('carries the key in exactly one header and in nothing else', async () => {
    server.enqueue(fixture('anthropic/text'))
    await settled(harness, (await ask()).turnId)
    const [request] = server.requests
    const holders = Object.entries(request?.headers ?? {}).filter(([, value]) => String(value).includes(TEST_KEY))
    expect(holders).toEqual([['x-api-key', TEST_KEY]])
    expect(request?.url).not.toContain(TEST_KEY)
    expect(request?.body).not.toContain(TEST_KEY)
  })

  it('leaves only after its call row is committed', async () => {
    let rows = -1
    server.enqueue(() => {
      rows = countCalls(harness.profile.file('latchkey.db'))
      return fixture('anthropic/text')
    })
    await settled(harness, (await ask()).turnId)
    expect(rows).toBe(1)
  })

  it('goes out once, whatever the provider answers, when nothing is to be repeated', async () => {
    await harness.ask('settings.setBackground', { purpose: 'retries', on: false })
    server.always(anthropicErrors.overloaded())
    const end = await settled(harness, (await ask()).turnId)
    expect(end.message.failure?.code).toBe('overloaded')
    expect(server.requests).toHaveLength(1)
  })

  it.each([301, 302, 303, 307, 308])('does not follow a %i to another origin', async (status) => {
    const other = await startProviderServer()
    server.enqueue(redirect(status, `${other.origin}/v1/messages`))
    const end = await settled(harness, (await ask()).turnId)
    expect(end.message.failure?.code).toBe('redirected')
    expect(other.connections).toBe(0)
    await other.close()
  })
})

describe('an answer that does not end well', () => {
  it('keeps and books what arrived when it is stopped', async () => {
    const gate = gateAfter(30)
    server.enqueue(fixture('anthropic/long-text', { gates: [gate] }))
    const turn = await ask()
    await gate.reached
    await harness.event((event): event is typeof event => event.name === 'turn.delta' && event.payload.seq > 1)
    await harness.ask('turn.stop', { turnId: turn.turnId })
    const end = await settled(harness, turn.turnId)
    expect(end.message.state).toBe('stopped')
    expect(text(end.message).length).toBeGreaterThan(20)
    expect(end.message.cost?.costClass).toBe('partial')
    expect(BigInt(end.message.cost?.pico ?? '0')).toBeGreaterThan(0n)
    // Sonnet 5.5 writes at most 128,000 tokens at $10 a million, and the input is known exactly.
    expect(BigInt(end.message.cost?.upper ?? '0')).toBeGreaterThan(1_280_000_000_000n)
    await expect(server.requests[0]?.closed).resolves.toBe('disconnected')
  })

  it('says so when the connection ends without the last event, and books a range', async () => {
    server.enqueue(missingTerminalEvent('anthropic/no-terminal'))
    const end = await settled(harness, (await ask()).turnId)
    expect(end.message.state).toBe('cut_off')
    expect(text(end.message)).toBe('This answer stops in the middle of a')
    expect(end.message.cost?.costClass).toBe('partial')
    expect(end.message.cost?.upper).not.toBeNull()
  })

  it('keeps the text before an error inside a 200 stream', async () => {
    server.enqueue(errorInStream('anthropic/text', 5))
    const end = await settled(harness, (await ask()).turnId)
    expect(end.message.failure).toMatchObject({ code: 'overloaded', status: null })
    expect(text(end.message)).not.toBe('')
    expect(end.message.cost?.costClass).toBe('partial')
  })

  it('costs nothing when the stream opens with an error', async () => {
    server.enqueue(errorInStream('anthropic/text', 0))
    const end = await settled(harness, (await ask()).turnId)
    expect(end.message.failure?.code).toBe('overloaded')
    expect(end.message.cost).toMatchObject({ pico: '0', costClass: 'computed' })
  })

  it('keeps the text before a connection is reset', async () => {
    server.enqueue(resetAfter('anthropic/long-text', 40))
    const end = await settled(harness, (await ask()).turnId)
    expect(end.message.failure?.code).toBe('network')
    expect(end.message.cost?.costClass).toBe('partial')
  })

  it('does not call a reset before any answer free: the provider may have worked', async () => {
    server.enqueue(resetBeforeHeaders())
    const end = await settled(harness, (await ask()).turnId)
    expect(end.message.failure).toMatchObject({ code: 'network', maybeBilled: true })
    expect(end.message.cost).toMatchObject({ pico: '0', costClass: 'uncertain' })
    expect(BigInt(end.message.cost?.upper ?? '0')).toBeGreaterThan(0n)
  })

  it('costs nothing when nobody listens at the other end', async () => {
    const closed = await startProviderServer()
    await closed.close()
    const connectionId = await connect(harness, closed.origin)
    const turn = await harness.ask('turn.start', { conversationId: null, connectionId, model: TEST_MODEL, text: 'Hi' })
    const end = await settled(harness, turn.turnId)
    expect(end.message.failure).toMatchObject({ code: 'network', maybeBilled: false })
    expect(end.message.cost).toMatchObject({ pico: '0', upper: null, costClass: 'computed' })
  })

  it('gives up on a provider that has fallen silent', async () => {
    const quick = await startLatchkey({ idleMs: 300 })
    server.enqueue(stallAfter('anthropic/text', 4))
    const connectionId = await connect(quick, server.origin)
    const turn = await quick.ask('turn.start', { conversationId: null, connectionId, model: TEST_MODEL, text: 'Hi' })
    const end = await settled(quick, turn.turnId)
    expect(end.message.failure?.code).toBe('timeout')
    expect(text(end.message)).not.toBe('')
    await quick.close()
  })

  it('asks for another key after a 401, then sends the same message with it', async () => {
    server.enqueue(anthropicErrors.invalidKey())
    server.enqueue(fixture('anthropic/text'))
    const turn = await ask('Keep this question.')
    const first = await settled(harness, turn.turnId)
    expect(first.message.failure).toMatchObject({ code: 'key_invalid', status: 401, maybeBilled: false })
    expect(first.message.cost).toMatchObject({ pico: '0' })

    const key = 'sk-ant-api03-another-key-also-long-enough-77b0'
    await harness.ask('key.replace', { connectionId: turn.connectionId, key })
    const retry = await harness.ask('turn.retry', { turnId: turn.turnId })
    const second = await settled(harness, retry.turnId)
    expect(second.message.state).toBe('complete')
    expect(server.requests.map((request) => request.headers['x-api-key'])).toEqual([TEST_KEY, key])
    expect(server.requests[1]?.body).toBe(server.requests[0]?.body)
    const { messages } = await harness.ask('conversation.open', { conversationId: turn.conversationId })
    expect(messages.map((message) => message.id)).toEqual([turn.userMessage.id, second.message.id])
  })

  it('never repeats a key the provider echoes', async () => {
    const message = `Incorrect key ${TEST_KEY}, that is sk-ant-api03****9aQe`
    server.enqueue(httpError(401, { type: 'error', error: { type: 'authentication_error', message } }))
    const end = await settled(harness, (await ask()).turnId)
    expect(end.message.failure?.detail).toBe('Incorrect key [redacted], that is [redacted]')
    expect(JSON.stringify(harness.events)).not.toContain(TEST_KEY)
    expect(harness.logged.join()).not.toContain(TEST_KEY)
  })
})

describe('quitting while an answer runs', () => {
  it('keeps and books what arrived', async () => {
    const gate = gateAfter(30)
    server.enqueue(fixture('anthropic/long-text', { gates: [gate] }))
    const turn = await ask()
    await gate.reached
    await harness.event((event): event is typeof event => event.name === 'turn.delta' && event.payload.seq > 1)
    const again = await harness.restart()
    const { messages, runningTurn } = await again.ask('conversation.open', { conversationId: turn.conversationId })
    expect(runningTurn).toBeNull()
    expect(messages[1]).toMatchObject({ state: 'interrupted', cost: { costClass: 'partial' } })
    expect(text(messages[1] ?? { parts: [] })).not.toBe('')
    harness = again
  })
})

describe('refusals before anything is written', () => {
  it('refuses a second answer in a conversation that still has one running', async () => {
    const gate = gateAfter(10)
    server.enqueue(fixture('anthropic/long-text', { gates: [gate] }))
    const { conversationId, connectionId } = await ask()
    const input = { conversationId, connectionId, model: TEST_MODEL, text: 'And?' }
    expect(await harness.request('turn.start', input)).toEqual({ ok: false, error: { code: 'turn_running' } })
    await gate.reached
    gate.release()
  })

  it('asks for a key instead of borrowing one from another connection', async () => {
    await connect(harness, server.origin)
    const other = await harness.ask('connection.add', { provider: 'anthropic', label: 'Work', baseUrl: server.origin })
    const input = { conversationId: null, connectionId: other.id, model: TEST_MODEL, text: 'Hi' }
    expect(await harness.request('turn.start', input)).toMatchObject({ ok: false, error: { code: 'key_missing' } })
    expect(await harness.ask('conversation.list', {})).toEqual([])
    expect(server.connections).toBe(0)
  })

  it('knows no model that is only like one it knows', async () => {
    const connectionId = await connect(harness, server.origin)
    const input = { conversationId: null, connectionId, model: 'claude-sonnet-5-5-extra', text: 'Hi' }
    expect(await harness.request('turn.start', input)).toMatchObject({ ok: false, error: { code: 'model_unknown' } })
  })
})

describe('the network log', () => {
  it('has one row for each request the other side saw, with what became of it', async () => {
    await harness.ask('settings.setBackground', { purpose: 'retries', on: false })
    server.enqueue(fixture('anthropic/text'))
    server.enqueue(anthropicErrors.rateLimit())
    await settled(harness, (await ask()).turnId)
    await settled(harness, (await ask()).turnId)
    const rows = egressRows(harness.profile.file('latchkey.db'))
    expect(rows.map((row) => [row.origin, row.path, row.status, row.outcome])).toEqual([
      [server.origin, '/v1/messages', 200, 'done'],
      [server.origin, '/v1/messages', 429, 'done'],
    ])
    expect(rows[0]?.bytes_up).toBe(Buffer.byteLength(server.requests[0]?.body ?? ''))
    expect(rows[0]?.bytes_down).toBeGreaterThan(500)
  })
})

describe('any chunking of the same bytes', () => {
  it.each(['byte', 3, [1, 50, 7], 'all'] as const)('gives the same answer (%s)', async (chunk) => {
    const events = fixtureEvents('anthropic/odd-characters')
    server.enqueue(stream(events))
    const whole = await settled(harness, (await ask()).turnId)
    server.enqueue(stream(events, { chunk, lineEnd: 'crlf', comments: true, bom: true }))
    const split = await settled(harness, (await ask()).turnId)
    expect(split.message.parts).toEqual(whole.message.parts)
    expect(split.message.cost).toEqual(whole.message.cost)
  })
})

interface EgressRow {
  readonly origin: string
  readonly path: string
  readonly status: number
  readonly bytes_up: number
  readonly bytes_down: number
  readonly outcome: string
}

function egressRows(path: string): EgressRow[] {
  return query(path, 'SELECT * FROM egress_log ORDER BY rowid') as EgressRow[]
}

function countCalls(path: string): number {
  return query(path, "SELECT 1 FROM call WHERE state = 'in_flight'").length
}

function query(path: string, sql: string): unknown[] {
  const database = new Sqlite(path, { readonly: true })
  try {
    return database.prepare(sql).all()
  } finally {
    database.close()
  }
}
