import Anthropic from '@anthropic-ai/sdk'
import { get } from 'node:http'
import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  anthropicErrors,
  anthropicModels,
  cutAfter,
  duplicateEvents,
  errorInStream,
  eventsOf,
  fixture,
  gateAfter,
  heldBack,
  httpError,
  json,
  missingTerminalEvent,
  redirect,
  resetAfter,
  resetBeforeHeaders,
  stallAfter,
  stallBeforeHeaders,
  startProviderServer,
  stream,
  type ProviderServer,
  type Reply,
  type RecordedRequest,
} from './provider-server'
import { encodeSseEvent } from './sse'

let server: ProviderServer

beforeEach(async () => {
  server = await startProviderServer()
})

afterEach(async () => {
  await server.close()
})

const TEXT = 'anthropic/text'
const wireText = (events = eventsOf(TEXT)) => events.map((event) => encodeSseEvent(event)).join('')

/** The body as it came over the wire: one piece per HTTP chunk. fetch joins what waits in its buffer. */
async function pieces(reply: Reply): Promise<Buffer[]> {
  server.enqueue(reply)
  return new Promise((resolve, reject) => {
    const read: Buffer[] = []
    get(server.origin, (response) => {
      response.on('data', (piece: Buffer) => read.push(piece))
      response.on('end', () => {
        resolve(read)
      })
      response.on('error', reject)
    }).on('error', reject)
  })
}

const textOf = (read: readonly Buffer[]) => Buffer.concat(read).toString('utf8')

/** Speaks HTTP by hand, so that nothing between the test and the wire can tidy up. */
async function rawRequest(
  request: string,
): Promise<{ socket: Socket; received: () => string; ended: Promise<string> }> {
  const socket = connect(Number(new URL(server.origin).port), '127.0.0.1')
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  const ended = new Promise<string>((resolve) => {
    let ending = 'closed'
    socket.on('error', (error: NodeJS.ErrnoException) => (ending = error.code ?? 'error'))
    socket.on('close', () => {
      resolve(ending)
    })
  })
  await new Promise<void>((resolve) => socket.once('connect', resolve))
  socket.write(request)
  return { socket, received: () => Buffer.concat(chunks).toString('utf8'), ended }
}

const namesOf = (events: readonly { event?: string }[]) => events.map((event) => event.event)
const replyWith = (code: number) => httpError(code, {})
const statusOf = async (path: string) => (await fetch(server.origin + path)).status

const GET = 'GET /v1/messages HTTP/1.1\r\nHost: test\r\n\r\n'

/** Awaited by a test, so it always has requests. */
async function onlyRequest(): Promise<RecordedRequest> {
  const [request] = await server.waitForRequests(1)
  if (request === undefined) throw new Error('no request')
  return request
}

describe('replaying a stream', () => {
  it('sends the events of a fixture under the names its dialect gives them', async () => {
    const read = await pieces(fixture(TEXT))
    expect(textOf(read)).toBe(wireText())
    expect(textOf(read).startsWith('event: message_start\ndata: {"type":"message_start"')).toBe(true)
  })

  it('writes one event at a time by default', async () => {
    const read = await pieces(fixture(TEXT))
    expect(read.map((piece) => piece.toString('utf8'))).toEqual(eventsOf(TEXT).map((event) => encodeSseEvent(event)))
  })

  it('really sends single bytes, also inside a character of several', async () => {
    const read = await pieces(fixture(TEXT, { chunk: 'byte' }))
    expect(read.every((piece) => piece.length === 1)).toBe(true)
    expect(textOf(read)).toBe(wireText())
  })

  it('cycles through the chunk sizes it is given', async () => {
    const read = await pieces(fixture(TEXT, { chunk: [3, 50] }))
    expect(read.slice(0, 4).map((piece) => piece.length)).toEqual([3, 50, 3, 50])
    expect(textOf(read)).toBe(wireText())
  })

  it('can send everything in one write', async () => {
    const read = await pieces(fixture(TEXT, { chunk: 'all' }))
    expect(read).toHaveLength(1)
  })

  it('refuses a chunk size that would never get anywhere', () => {
    expect(() => fixture(TEXT, { chunk: 0 })).toThrow(RangeError)
    expect(() => fixture(TEXT, { chunk: [] })).toThrow(RangeError)
  })

  it('keeps the pace between events', async () => {
    const started = performance.now()
    const read = await pieces(stream(cutAfter(TEXT, 5), { paceMs: 20 }))
    expect(read).toHaveLength(5)
    // Timers may fire a millisecond early.
    expect(performance.now() - started).toBeGreaterThanOrEqual(4 * 19)
  })

  it('speaks every spelling of server-sent events that the standard allows', async () => {
    const one = cutAfter(TEXT, 2)
    const plain = wireText(one)
    expect(textOf(await pieces(stream(one, { lineEnd: 'crlf' })))).toBe(plain.replaceAll('\n', '\r\n'))
    expect(textOf(await pieces(stream(one, { lineEnd: 'cr' })))).toBe(plain.replaceAll('\n', '\r'))
    expect(Buffer.concat(await pieces(stream(one, { bom: true }))).subarray(0, 3)).toEqual(
      Buffer.from([0xef, 0xbb, 0xbf]),
    )
    expect(textOf(await pieces(stream(one, { comments: true })))).toMatch(/^: still here\n\nevent: message_start\n/)
  })

  it('repeats, shortens and beheads streams', () => {
    expect(namesOf(cutAfter('anthropic/max-tokens', 2))).toEqual(['message_start', 'content_block_start'])
    expect(namesOf(duplicateEvents('anthropic/refusal', 'message_start'))).toEqual([
      'message_start',
      'message_start',
      'ping',
      'message_delta',
      'message_stop',
    ])
    expect(duplicateEvents('anthropic/refusal')).toHaveLength(8)
  })

  it('ends cleanly without the terminal event when asked to', async () => {
    const text = textOf(await pieces(missingTerminalEvent(TEXT)))
    expect(text).toContain('event: message_delta')
    expect(text).not.toContain('message_stop')
  })

  it('puts an error event inside a 200 stream', async () => {
    server.enqueue(errorInStream(TEXT, 4, { type: 'api_error', message: 'Internal server error' }))
    const response = await fetch(server.origin)
    expect(response.status).toBe(200)
    const events = (await response.text()).split('\n\n').filter((event) => event !== '')
    expect(events).toHaveLength(5)
    expect(events[4]).toMatch(/^event: error\ndata: .*"type":"api_error"/)
  })
})

describe('gates', () => {
  it('hold a stream between two events until they are released', async () => {
    const gate = gateAfter(3)
    server.enqueue(fixture(TEXT, { gates: [gate] }))
    const { received, ended, socket } = await rawRequest(GET)
    await gate.reached
    const request = await onlyRequest()
    expect(request.eventsSent).toBe(3)
    // Nothing more may arrive by itself; a few turns of the loop would be enough for the whole stream.
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(received().match(/^event: /gm)).toHaveLength(3)
    gate.release()
    await expect(request.closed).resolves.toBe('answered')
    expect(received()).toContain('message_stop')
    socket.destroy()
    await ended
  })

  it('stop before the first event but after the headers when they stand at zero', async () => {
    const gate = gateAfter(0)
    server.enqueue(fixture(TEXT, { gates: [gate] }))
    const response = await fetch(server.origin)
    expect(response.status).toBe(200)
    expect((await onlyRequest()).eventsSent).toBe(0)
    gate.release()
    expect(await response.text()).toBe(wireText())
  })

  it('can hold back the status line as well', async () => {
    const gate = gateAfter(0)
    server.enqueue(heldBack(gate, json({ ok: true })))
    let answered = false
    const answer = fetch(server.origin).then((response) => {
      answered = true
      return response
    })
    await gate.reached
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(answered).toBe(false)
    gate.release()
    expect(await (await answer).json()).toEqual({ ok: true })
  })

  it('let go of a client that left', async () => {
    const gate = gateAfter(2)
    server.enqueue(fixture(TEXT, { gates: [gate] }))
    const controller = new AbortController()
    const response = await fetch(server.origin, { signal: controller.signal })
    await gate.reached
    controller.abort()
    await expect(response.text()).rejects.toThrow('aborted')
    const request = await onlyRequest()
    await expect(request.closed).resolves.toBe('disconnected')
    expect(request).toMatchObject({ disconnected: true, eventsSent: 2 })
  })
})

describe('misbehaving', () => {
  it('resets the connection after so many events', async () => {
    server.enqueue(resetAfter(TEXT, 2))
    const { received, ended } = await rawRequest(GET)
    await expect(ended).resolves.toBe('ECONNRESET')
    expect(received().match(/^event: /gm)).toHaveLength(2)
    expect(await (await onlyRequest()).closed).toBe('broken')
  })

  it('resets the connection in the middle of an event', async () => {
    server.enqueue(resetAfter(TEXT, { bytes: 30 }))
    const { received, ended } = await rawRequest(GET)
    await expect(ended).resolves.toBe('ECONNRESET')
    expect(received()).toContain(wireText().slice(0, 30))
    expect(received()).not.toContain(wireText().slice(0, 31))
  })

  it('hangs up without the terminating chunk', async () => {
    server.enqueue(stream(cutAfter(TEXT, 2), { ending: 'hang-up' }))
    const { received, ended } = await rawRequest(GET)
    await expect(ended).resolves.toBe('closed')
    expect(received().endsWith('0\r\n\r\n')).toBe(false)
  })

  it('resets the connection before any answer', async () => {
    server.enqueue(resetBeforeHeaders())
    const { received, ended } = await rawRequest(GET)
    await expect(ended).resolves.toBe('ECONNRESET')
    expect(received()).toBe('')
  })

  it('stays silent in the middle of a stream until the client leaves', async () => {
    server.enqueue(stallAfter(TEXT, 4))
    const { socket, received } = await rawRequest(GET)
    const request = await onlyRequest()
    await expect.poll(() => received().match(/^event: /gm)?.length).toBe(4)
    await expect(Promise.race([request.closed, later(50)])).resolves.toBe('later')
    socket.destroy()
    await expect(request.closed).resolves.toBe('disconnected')
  })

  it('stays silent before the headers, until it is closed itself', async () => {
    server.enqueue(stallBeforeHeaders())
    const { received, ended } = await rawRequest(GET)
    const request = await onlyRequest()
    await expect(Promise.race([ended, later(50)])).resolves.toBe('later')
    await server.close()
    await ended
    expect(received()).toBe('')
    expect(request.disconnected).toBe(false)
    await expect(request.closed).resolves.toBe('broken')
  })

  it('redirects', async () => {
    server.enqueue(redirect(307, 'https://elsewhere.example/v1/messages'))
    const response = await fetch(server.origin, { redirect: 'manual' })
    expect(response.status).toBe(307)
    expect(response.headers.get('location')).toBe('https://elsewhere.example/v1/messages')
  })

  it('answers with plain text where a proxy would', async () => {
    server.enqueue(httpError(502, '<html>Bad Gateway</html>'))
    const response = await fetch(server.origin)
    expect(response.status).toBe(502)
    expect(response.headers.get('content-type')).toBe('text/plain')
    expect(await response.text()).toBe('<html>Bad Gateway</html>')
  })
})

describe("Anthropic's errors", () => {
  it.each([
    ['invalidKey', 401, 'authentication_error'],
    ['permission', 403, 'permission_error'],
    ['notFound', 404, 'not_found_error'],
    ['badRequest', 400, 'invalid_request_error'],
    ['rateLimit', 429, 'rate_limit_error'],
    ['spendLimit', 429, 'rate_limit_error'],
    ['creditTooLow', 400, 'invalid_request_error'],
    ['billing', 402, 'billing_error'],
    ['promptTooLong', 400, 'invalid_request_error'],
    ['overloaded', 529, 'overloaded_error'],
    ['server', 500, 'api_error'],
  ] as const)(
    '%s is read by the real SDK as %i %s, with the same request id in header and body',
    async (name, status, type) => {
      server.enqueue(anthropicErrors[name]())
      const client = new Anthropic({ apiKey: 'sk-ant-test', baseURL: server.origin, maxRetries: 0 })
      const error = await client.messages
        .create({ model: 'claude-sonnet-5-5', max_tokens: 1, messages: [{ role: 'user', content: 'hi' }] })
        .catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ status, type, requestID: 'req_latchkey_0001' })
      expect(error).toHaveProperty('error.request_id', 'req_latchkey_0001')
    },
  )

  it('name a time to come back for a rate limit, and none for a spend limit', async () => {
    server.enqueue(anthropicErrors.rateLimit(7))
    server.enqueue(anthropicErrors.spendLimit())
    const limited = await fetch(server.origin)
    expect(limited.headers.get('retry-after')).toBe('7')
    expect(limited.headers.get('anthropic-ratelimit-requests-remaining')).toBe('0')
    const spent = await fetch(server.origin)
    expect(spent.headers.has('retry-after')).toBe(false)
    expect(await spent.json()).toHaveProperty('error.details.error_code', 'enforced_spend_limit_reached')
  })

  it('lists models as the real SDK reads them', async () => {
    server.enqueue(anthropicModels('claude-sonnet-5-5', 'claude-haiku-5-5'), 'GET /v1/models')
    const client = new Anthropic({ apiKey: 'sk-ant-test', baseURL: server.origin, maxRetries: 0 })
    const page = await client.models.list()
    expect(page.data.map((model) => model.id)).toEqual(['claude-sonnet-5-5', 'claude-haiku-5-5'])
    expect(page.hasNextPage()).toBe(false)
  })
})

describe('recording requests', () => {
  it('keeps method, path, query, body and headers as they were sent', async () => {
    server.always(json({}))
    const body = '{"model":"claude-sonnet-5-5", "ünï":"✓"}'
    await rawRequest(
      `POST /v1/messages?beta=true HTTP/1.1\r\nHost: test\r\nX-Api-KEY: sk-1\r\nx-api-key: sk-2\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    )
    const request = await onlyRequest()
    expect(request).toMatchObject({ method: 'POST', url: '/v1/messages?beta=true', path: '/v1/messages', body })
    expect(request.json).toEqual({ model: 'claude-sonnet-5-5', ünï: '✓' })
    expect(request.rawHeaders.slice(2, 6)).toEqual(['X-Api-KEY', 'sk-1', 'x-api-key', 'sk-2'])
    expect(Math.abs(Date.now() - request.at)).toBeLessThan(5_000)
  })

  it('has no JSON for a body that is none', async () => {
    server.always(json({}))
    await fetch(server.origin, { method: 'POST', body: 'not json' })
    expect((await onlyRequest()).json).toBeUndefined()
  })

  it('tells an answered request from one the client left', async () => {
    server.always(json({}))
    await (await fetch(server.origin)).text()
    const request = await onlyRequest()
    await expect(request.closed).resolves.toBe('answered')
    expect(request.disconnected).toBe(false)
  })

  it('notices a client that leaves although it never read what was written', async () => {
    const megabyte = { data: 'x'.repeat(1_000_000) }
    server.enqueue(stream(Array.from({ length: 100 }, () => megabyte)))
    const { socket } = await rawRequest(GET)
    socket.pause()
    const request = await onlyRequest()
    socket.destroy()
    await expect(request.closed).resolves.toBe('disconnected')
    expect(request.eventsSent).toBeLessThan(100)
  })

  it('counts connections that never said anything', async () => {
    const socket = connect(Number(new URL(server.origin).port), '127.0.0.1')
    await expect.poll(() => server.connections).toBe(1)
    expect(server.requests).toHaveLength(0)
    socket.destroy()
  })

  it('says how many requests came when too few did', async () => {
    server.always(json({}))
    await fetch(server.origin)
    await expect(server.waitForRequests(2, { timeoutMs: 30 })).rejects.toThrow(
      '2 requests expected within 30 ms, 1 came',
    )
  })

  it('waits for requests that are still to come, of one route if need be', async () => {
    server.always(json({}))
    const awaited = server.waitForRequests(1, { route: 'GET /b' })
    await fetch(`${server.origin}/a`)
    await fetch(`${server.origin}/b?x=1`)
    await expect(awaited).resolves.toMatchObject([{ path: '/b' }])
  })
})

describe('choosing the reply', () => {
  it('uses enqueued replies in order and then the standing one', async () => {
    server.always(replyWith(418))
    server.enqueue(replyWith(201))
    server.enqueue(replyWith(202))
    expect(server.waiting).toBe(2)
    expect([await statusOf('/'), await statusOf('/'), await statusOf('/'), await statusOf('/')]).toEqual([
      201, 202, 418, 418,
    ])
    expect(server.waiting).toBe(0)
  })

  it('keeps the replies of a route for that route', async () => {
    server.enqueue(replyWith(201))
    server.enqueue(replyWith(202), 'GET /v1/models')
    server.always(replyWith(203), 'GET /v1/models')
    expect(await statusOf('/v1/models?limit=1')).toBe(202)
    expect(await statusOf('/v1/models')).toBe(203)
    expect(await statusOf('/v1/messages')).toBe(201)
  })

  it('can decide by the request', async () => {
    server.always((request) => replyWith(request.path === '/yes' ? 200 : 404))
    expect([await statusOf('/yes'), await statusOf('/no')]).toEqual([200, 404])
  })

  it('refuses and remembers a request nobody prepared for', async () => {
    const response = await fetch(`${server.origin}/v1/surprise`)
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('no reply prepared for GET /v1/surprise')
    expect(server.unexpected.map((request) => request.path)).toEqual(['/v1/surprise'])
  })

  it('throws into the test what a reply function threw', async () => {
    const other = await startProviderServer()
    other.always(() => {
      throw new Error('a mistake in the test')
    })
    await expect(fetch(other.origin)).rejects.toThrow('fetch failed')
    await expect(other.close()).rejects.toThrow('a mistake in the test')
  })
})

function later(ms: number): Promise<'later'> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms, 'later')
  })
}
