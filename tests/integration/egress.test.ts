import Anthropic from '@anthropic-ai/sdk'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeId } from '../../src/core/ids'
import { createDial } from '../../src/main/egress/dial'
import { createEgress, type Egress, type Route } from '../../src/main/egress/egress'
import { TransportError, type EgressLog } from '../../src/main/ports'
import { countingIds, testClock } from '../support/latchkey'
import {
  fixture,
  json,
  redirect,
  resetAfter,
  stallAfter,
  stallBeforeHeaders,
  startProviderServer,
  type ProviderServer,
} from '../support/provider-server'

const SECRET = 'sk-ant-api03-egress-secret-0001'
const systemFetch = globalThis.fetch

let server: ProviderServer
let egress: Egress
let rows: { opened: Parameters<EgressLog['opened']>[0][]; closed: Parameters<EgressLog['closed']>[0][] }

beforeEach(async () => {
  server = await startProviderServer()
  rows = { opened: [], closed: [] }
  egress = createEgress({
    dial: createDial(),
    fetch: systemFetch,
    clock: testClock(),
    newId: countingIds(),
    idleMs: 400,
    log: { opened: (row) => void rows.opened.push(row), closed: (row) => void rows.closed.push(row) },
  })
})
afterEach(() => server.close())

const route = (more: Partial<Route> = {}): Route => ({
  origin: server.origin,
  connectionId: makeId('connection', '0'.repeat(32)),
  purpose: 'answer',
  callId: null,
  secret: SECRET,
  ...more,
})

const code = (work: Promise<unknown>) =>
  work.then(
    () => 'nothing thrown',
    (error: unknown) => (error instanceof TransportError ? `${error.code}, maybe sent: ${error.maybeSent}` : error),
  )

describe('a request', () => {
  it('reaches its own origin and is written down with its size, path and outcome', async () => {
    server.enqueue(json({ fine: true }))
    const response = await egress.fetchFor(route())(`${server.origin}/v1/x?q=1`, { method: 'POST', body: 'héllo' })
    expect(await response.json()).toEqual({ fine: true })
    expect(rows.opened).toMatchObject([{ origin: server.origin, method: 'POST', path: '/v1/x', bytesUp: 6 }])
    expect(rows.closed).toMatchObject([{ status: 200, outcome: 'done', bytesDown: 13 }])
    expect(JSON.stringify(rows)).not.toContain('q=1')
  })

  it.each<[string, (origin: string) => string]>([
    ['another port', () => 'http://127.0.0.1:1/'],
    ['another host', () => 'https://example.org/'],
    ['another scheme', (origin) => origin.replace('http:', 'https:')],
    ['credentials in the URL', (origin) => origin.replace('//', '//user:pass@')],
    ['the secret in the query', (origin) => `${origin}/?key=${SECRET}`],
    ['the secret in the path', (origin) => `${origin}/${SECRET}/x`],
  ])('is refused and not written down as sent: %s', async (_, url) => {
    const refusal = await code(egress.fetchFor(route())(url(server.origin)))
    expect(String(refusal)).toMatch(/^refused|credentials/)
    expect(server.connections).toBe(0)
    expect(rows.opened).toEqual([])
  })

  it('may leave for plain http on this machine only', async () => {
    const outside = route({ origin: 'http://192.0.2.1' })
    expect(await code(egress.fetchFor(outside)('http://192.0.2.1/'))).toBe('refused, maybe sent: false')
  })
})

describe('an ending that is not an answer', () => {
  it('is a redirect, which is not followed', async () => {
    server.enqueue(redirect(307, `${server.origin}/elsewhere`))
    expect(await code(egress.fetchFor(route())(server.origin))).toBe('redirected, maybe sent: true')
    expect(server.requests).toHaveLength(1)
    expect(rows.closed).toMatchObject([{ outcome: 'redirected' }])
  })

  it('is silence before the headers', async () => {
    server.enqueue(stallBeforeHeaders())
    expect(await code(egress.fetchFor(route())(server.origin))).toBe('timeout, maybe sent: true')
    expect(rows.closed).toMatchObject([{ status: null, outcome: 'timeout' }])
  })

  it('is silence in the middle of the body', async () => {
    server.enqueue(stallAfter('anthropic/text', 3))
    const response = await egress.fetchFor(route())(server.origin)
    expect(await code(response.text())).toBe('timeout, maybe sent: true')
    expect(rows.closed).toMatchObject([{ status: 200, outcome: 'timeout' }])
  })

  it('is a reset in the middle of the body', async () => {
    server.enqueue(resetAfter('anthropic/text', { bytes: 300 }))
    const response = await egress.fetchFor(route())(server.origin)
    expect(await code(response.text())).toBe('network, maybe sent: true')
    expect(rows.closed).toMatchObject([{ outcome: 'network' }])
  })

  it('is nobody at the other end', async () => {
    const gone = await startProviderServer()
    await gone.close()
    expect(await code(egress.fetchFor(route({ origin: gone.origin }))(gone.origin))).toBe('network, maybe sent: false')
  })

  it('is an abort of ours, which stays an abort', async () => {
    server.enqueue(stallAfter('anthropic/text', 3))
    const abort = new AbortController()
    const response = await egress.fetchFor(route())(server.origin, { signal: abort.signal })
    const text = response.text()
    abort.abort()
    await expect(text).rejects.toMatchObject({ name: 'AbortError' })
    expect(rows.closed).toMatchObject([{ outcome: 'cancelled' }])
  })

  it('is never slowness: a body longer than the limit is fine while it keeps coming', async () => {
    server.enqueue(fixture('anthropic/text', { paceMs: 120 }))
    const response = await egress.fetchFor(route())(server.origin)
    expect(await response.text()).toContain('message_stop')
    expect(rows.closed).toMatchObject([{ outcome: 'done' }])
  })
})

describe('the global fetch', () => {
  it('throws outside a route, reaches the route inside one, and can be put back', async () => {
    server.always(json({}))
    const restore = egress.guardGlobalFetch()
    try {
      expect(await code(fetch(server.origin))).toBe('refused, maybe sent: false')
      expect(server.connections).toBe(0)
      await egress.within(route(), async () => {
        await Promise.resolve()
        expect((await fetch(server.origin)).status).toBe(200)
        expect(await code(fetch('http://127.0.0.1:1/'))).toBe('refused, maybe sent: false')
      })
      expect(await code(fetch(server.origin))).toBe('refused, maybe sent: false')
      expect(rows.opened).toHaveLength(1)
    } finally {
      restore()
    }
    expect(globalThis.fetch).toBe(systemFetch)
  })
})

describe('an SDK in a hostile environment', () => {
  it('goes where its route says, even when a variable says otherwise', async () => {
    const other = await startProviderServer()
    process.env['ANTHROPIC_BASE_URL'] = other.origin
    try {
      // A client built carelessly, without a base URL: the route is what holds.
      const client = new Anthropic({ apiKey: SECRET, maxRetries: 0, fetch: egress.fetchFor(route()), logLevel: 'off' })
      await expect(client.models.list()).rejects.toThrow('Connection error')
      expect(other.connections).toBe(0)
    } finally {
      delete process.env['ANTHROPIC_BASE_URL']
      await other.close()
    }
  })
})
