import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { providerRetention, type ProviderRetention } from '../../src/core/provider-retention'
import { PROVIDERS, type ProviderId } from '../../src/core/provider'
import { settled, startLatchkey, type Harness } from '../support/latchkey'
import { fixture, httpError, json, startProviderServer, type ProviderServer } from '../support/provider-server'

// Bug: an answer that stays with its provider for a month because one request of many did not ask it not to.

let server: ProviderServer
let harness: Harness

beforeEach(async () => {
  server = await startProviderServer()
  harness = await startLatchkey()
})
afterEach(async () => {
  await harness.close()
  await server.close()
})

const ROUTES = [
  ['anthropic', '', 'claude-sonnet-5-5', 'anthropic/text'],
  ['openai', '/v1', 'gpt-6-sol', 'openai-responses/reasoning'],
  ['google', '', 'gemini-3.8-flash', 'google/thinking'],
  ['openrouter', '/v1', 'lock/pin', 'openai-compatible/openrouter-text'],
  ['mistral', '/v1', 'mistral-large-latest', 'openai-compatible/mistral-pieces'],
  ['compatible', '/v1', 'lock/pin', 'openai-compatible/openrouter-text'],
] as const satisfies readonly (readonly [ProviderId, string, string, string])[]

/** What must be in each body. */
const FIELDS: Readonly<Record<NonNullable<ProviderRetention['sent']>, object>> = {
  'store: false': { store: false },
  'provider.data_collection: deny': { provider: { data_collection: 'deny' } },
}

async function connected(provider: ProviderId, path: string) {
  const baseUrl = `${server.origin}${path}`
  const { id, host } = await harness.ask('connection.add', { provider, label: provider, baseUrl })
  await harness.ask('key.set', { connectionId: id, key: `key-of-${provider}-0123456789` })
  return { connectionId: id, host }
}

describe('every request asks to keep least, and does what is shown', () => {
  it.each(ROUTES)('%s', async (provider, path, model, stream) => {
    const { connectionId, host } = await connected(provider, path)
    if (model === 'lock/pin') {
      server.enqueue(json({ data: [{ id: model }] }), 'GET /v1/models')
      await harness.ask('connection.check', { connectionId })
    }
    server.always(fixture(stream))
    for (const isPrivate of [false, true]) {
      const asked = { conversationId: null, connectionId, model, text: 'Hi' }
      const { turnId } = await harness.ask('turn.start', isPrivate ? { ...asked, private: true } : asked)
      await settled(harness, turnId)
    }
    const bodies = server.requests.filter(({ method }) => method === 'POST').map((request) => request.json as object)
    expect(bodies).toHaveLength(2)
    const sent = providerRetention(provider, host)?.sent ?? null
    const others = Object.values(FIELDS).flatMap((fields) => Object.keys(fields))
    const wanted = sent === null ? {} : FIELDS[sent]
    for (const body of bodies) {
      expect(body).toMatchObject(wanted)
      expect(Object.keys(body).filter((name) => others.includes(name))).toEqual(Object.keys(wanted))
    }
  })

  it('a repetition and a title too, which nobody asks for by hand', async () => {
    const { connectionId } = await connected('openai', '/v1')
    await harness.ask('settings.setBackground', { purpose: 'titles', on: true })
    // A title is written at a known price alone.
    const model = 'gpt-6-sol'
    await harness.ask('price.set', { connectionId, price: { model, rates: { in_uncached: '1', out: '1' } } })
    server.enqueue(httpError(500, { error: { message: 'once' } }, { 'retry-after': '60' }), 'POST /v1/responses')
    server.always(fixture('openai-responses/reasoning'), 'POST /v1/responses')
    const { turnId } = await harness.ask('turn.start', { conversationId: null, connectionId, model, text: 'Hi' })
    await harness.event((event): event is typeof event => event.name === 'turn.waiting')
    await harness.ask('turn.retryNow', { turnId })
    await settled(harness, turnId)
    const calls = async () => (await harness.ask('spend.month', {})).calls
    const kinds = async () => (await calls()).map(({ purpose, automatic }) => [purpose, automatic])
    await expect.poll(kinds).toEqual([
      ['title', false],
      ['answer', true],
      ['answer', false],
    ])
    await expect.poll(() => server.requests.length).toBe(3)
    for (const { json: body } of server.requests) expect(body).toMatchObject({ store: false })
  })
})

describe('what is said of a provider', () => {
  const away = Object.values(PROVIDERS).filter(({ local }) => !local)
  const ids = (Object.keys(PROVIDERS) as ProviderId[]).filter((id) => away.includes(PROVIDERS[id]))

  it.each(ids)('has its page and its day: %s', (id) => {
    const { baseUrl, retentionPage } = PROVIDERS[id]
    const host = baseUrl === null ? 'example.org' : new URL(baseUrl).host
    const known = providerRetention(id, host)
    expect(known).toMatchObject({ page: baseUrl === null ? null : retentionPage, asOf: '2026-11-23' })
    // What is said can be read there.
    expect(known?.days === null || known?.page !== null).toBe(true)
  })

  it.each(['ollama', 'lmstudio', 'llamacpp'] as const)('is nothing of a server of one’s own: %s', (id) =>
    expect(providerRetention(id, '127.0.0.1:9')).toBeNull(),
  )

  it('holds at its own host and below it, and is nobody else’s promise', () => {
    expect(providerRetention('openai', 'eu.api.openai.com')).toMatchObject({ days: 30, sent: 'store: false' })
    for (const host of ['api.openai.com.example', 'example.org', 'notapi.openai.com', '127.0.0.1:9']) {
      expect(providerRetention('openai', host)).toMatchObject({ days: null, trains: null, page: null })
      // Sent all the same.
      expect(providerRetention('openai', host)?.sent).toBe('store: false')
    }
  })
})
