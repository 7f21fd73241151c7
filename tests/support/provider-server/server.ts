import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { httpError, type Reply } from './reply'
import { play } from './play'

/** A request as it arrived, and what became of the answer to it. */
export interface RecordedRequest {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** Names and values in turn, in order and spelling as sent. */
  readonly rawHeaders: readonly string[]
  readonly body: string
  /** The body parsed; undefined when it is not JSON. */
  readonly json: unknown
  /** Epoch milliseconds at which the request was complete. */
  readonly at: number
  /** The `request-id` header of the answer. */
  readonly requestId: string
  /** Events the client has been sent in full. */
  readonly eventsSent: number
  /** True once the client went away before the answer was over. */
  readonly disconnected: boolean
  /** Settles when nothing more will happen to this request. */
  readonly closed: Promise<Outcome>
}

/** `answered`: in full. `disconnected`: by the client. `broken`: by the server, on purpose. */
export type Outcome = 'answered' | 'disconnected' | 'broken'

export type ReplySource = Reply | ((request: RecordedRequest) => Reply)

export interface ProviderServer {
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly origin: string
  /** Everything that arrived, oldest first. */
  readonly requests: readonly RecordedRequest[]
  /** Requests nobody had prepared a reply for; they were answered with 400. */
  readonly unexpected: readonly RecordedRequest[]
  /** Connections accepted, whether or not a request came over them. */
  readonly connections: number
  /** Replies that are still waiting for a request. */
  readonly waiting: number
  /** Adds a reply that is used once, in order. A route (`GET /v1/models`) keeps it for that path alone. */
  enqueue(reply: ReplySource, route?: string): void
  /** The reply when none is enqueued, for every path or for one route. */
  always(reply: ReplySource, route?: string): void
  /** Settles when so many requests have arrived; with a route, counts those alone. */
  waitForRequests(count: number, options?: { route?: string; timeoutMs?: number }): Promise<readonly RecordedRequest[]>
  /** Ends every connection, also those that are held or silent. Throws what a reply function threw. */
  close(): Promise<void>
}

const ANY_ROUTE = '*'

/** Starts a provider on a free loopback port. It answers as told and records what it is sent. */
export async function startProviderServer(): Promise<ProviderServer> {
  const requests: RecordedRequest[] = []
  const unexpected: RecordedRequest[] = []
  const enqueued = new Map<string, ReplySource[]>()
  const standing = new Map<string, ReplySource>()
  const watchers = new Set<() => void>()
  // What a reply function threw; `close` throws it on, into the test.
  const failures: unknown[] = []
  let connections = 0
  let closing = false

  const nextReply = (request: RecordedRequest): Reply => {
    const route = routeOf(request)
    const source =
      enqueued.get(route)?.shift() ?? standing.get(route) ?? enqueued.get(ANY_ROUTE)?.shift() ?? standing.get(ANY_ROUTE)
    if (source !== undefined) return typeof source === 'function' ? source(request) : source
    unexpected.push(request)
    return httpError(400, {
      type: 'error',
      error: { type: 'invalid_request_error', message: `the provider server has no reply prepared for ${route}` },
    })
  }

  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(incoming)
    // The client may leave while it is still sending; there is no request to record then.
    if (body === undefined) return
    const record = recordOf(incoming, body, `req_latchkey_${String(requests.length + 1).padStart(4, '0')}`)
    const closed = Promise.withResolvers<Outcome>()
    record.closed = closed.promise
    let broken = false
    response.once('close', () => {
      broken ||= closing
      record.disconnected = !broken && !response.writableFinished
      closed.resolve(broken ? 'broken' : record.disconnected ? 'disconnected' : 'answered')
    })
    requests.push(record)
    for (const notify of watchers) notify()
    await play(nextReply(record), {
      response,
      requestId: record.requestId,
      sent: (events) => (record.eventsSent += events),
      breaking: () => (broken = true),
    })
  }

  const server = createServer((incoming, response) => {
    answer(incoming, response).catch((error: unknown) => {
      failures.push(error)
      response.destroy()
    })
  })
  server.on('connection', (socket) => {
    connections += 1
    socket.setNoDelay(true)
  })
  // Left at five seconds, it would close a connection just as a slow test uses it again.
  server.keepAliveTimeout = 0
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })

  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    unexpected,
    get connections() {
      return connections
    },
    get waiting() {
      return [...enqueued.values()].reduce((sum, replies) => sum + replies.length, 0)
    },
    enqueue: (reply, route = ANY_ROUTE) => {
      enqueued.set(route, [...(enqueued.get(route) ?? []), reply])
    },
    always: (reply, route = ANY_ROUTE) => {
      standing.set(route, reply)
    },
    waitForRequests: (count, { route, timeoutMs = 5_000 } = {}) => {
      const matching = () => requests.filter((request) => route === undefined || routeOf(request) === route)
      return waitUntil(
        watchers,
        timeoutMs,
        () => (matching().length >= count ? matching() : undefined),
        () => `${count} requests expected within ${timeoutMs} ms, ${matching().length} came`,
      )
    },
    close: async () => {
      if (closing) return
      closing = true
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
      if (failures.length > 0) throw failures[0]
    },
  }
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

function recordOf(incoming: IncomingMessage, body: string, requestId: string): Writable<RecordedRequest> {
  const url = incoming.url ?? ''
  return {
    method: incoming.method ?? '',
    url,
    path: url.split('?')[0] ?? '',
    headers: incoming.headers,
    rawHeaders: incoming.rawHeaders,
    body,
    json: parseJson(body),
    at: Date.now(),
    requestId,
    eventsSent: 0,
    disconnected: false,
    closed: Promise.resolve('answered'),
  }
}

function routeOf(request: Pick<RecordedRequest, 'method' | 'path'>): string {
  return `${request.method} ${request.path}`
}

async function readBody(incoming: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  try {
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
  } catch {
    return undefined
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function waitUntil<Value>(
  watchers: Set<() => void>,
  timeoutMs: number,
  look: () => Value | undefined,
  complaint: () => string,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const finish = () => {
      clearTimeout(timer)
      watchers.delete(check)
    }
    const check = () => {
      const value = look()
      if (value === undefined) return
      finish()
      resolve(value)
    }
    const timer = setTimeout(() => {
      finish()
      reject(new Error(complaint()))
    }, timeoutMs)
    watchers.add(check)
    check()
  })
}
