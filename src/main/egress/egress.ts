import { AsyncLocalStorage } from 'node:async_hooks'
import type { CallId, ConnectionId } from '../../core/ids'
import type { RequestPurpose } from '../../core/request-purpose'
import { TransportError, type Clock, type EgressLog, type Fetch, type NewId } from '../ports'
import { isLoopback } from './addresses'
import type { Dial, Dispatcher } from './dial'
import { watchBody } from './watch-body'

export { isLoopback }

/** Who a request is for and the only place it may go. */
export interface Route {
  /** Scheme, host and port the key was entered for. */
  readonly origin: string
  readonly connectionId: ConnectionId
  readonly purpose: RequestPurpose
  readonly callId: CallId | null
  /** Asserted to be in no URL. */
  readonly secret: string | null
  /** Whether the origin may be a server of the user's own in a private network; false unless said. */
  readonly privateNetwork?: boolean
}

/** The one way out. */
export interface Egress {
  /** A fetch that reaches one origin and no other. SDKs that take a fetch get this one. */
  fetchFor(route: Route): Fetch
  /** Runs `work` with the global fetch bound to the route, for the one SDK that takes no fetch of ours. */
  within<Value>(route: Route, work: () => Value): Value
  /** Replaces `globalThis.fetch` with a guard that throws outside `within`. Returns a function that puts it back. */
  guardGlobalFetch(): () => void
}

interface Needs {
  readonly fetch: Fetch
  readonly dial: Dial
  readonly clock: Clock
  readonly newId: NewId
  readonly log: EgressLog
  /** Longest silence before and within a response, in milliseconds. Providers ping while a model thinks. */
  readonly idleMs: number
}

/** The one way out of the process: allow-list by origin, no redirects, a log row before each request leaves. */
export function createEgress(needs: Needs): Egress {
  const routes = new AsyncLocalStorage<Route>()

  const fetchFor = (route: Route): Fetch => {
    return async (input, init) => {
      const request = new Request(input, { ...init, redirect: 'manual' })
      const url = new URL(request.url)
      if (!allowed(url, route)) throw new TransportError('refused', false)
      const dispatcher = needs.dial.to(url, route.privateNetwork === true)
      const body = typeof init?.body === 'string' ? Buffer.byteLength(init.body) : 0
      const id = needs.newId('request')
      // Before the request leaves: a row without a request is harmless, a request without a row is not.
      const row = {
        id,
        atMs: needs.clock.now(),
        origin: url.origin,
        method: request.method,
        path: url.pathname,
        purpose: route.purpose,
        connectionId: route.connectionId,
        callId: route.callId,
        bytesUp: body,
      }
      try {
        needs.log.opened(row)
      } catch {
        throw new TransportError('refused', false)
      }
      return send(request, dispatcher, needs, (end) => {
        try {
          needs.log.closed({ id, endedMs: needs.clock.now(), ...end })
        } catch {
          // A full disk leaves the row open; it must not leave the answer hanging.
        }
      })
    }
  }

  return {
    fetchFor,
    within: (route, work) => routes.run(route, work),
    guardGlobalFetch() {
      const original = globalThis.fetch
      globalThis.fetch = (input, init) => {
        const route = routes.getStore()
        return route === undefined ? Promise.reject(new TransportError('refused', false)) : fetchFor(route)(input, init)
      }
      return () => void (globalThis.fetch = original)
    },
  }
}

/** Bytes of a body: an answer is text, and a refusal a few lines of it. */
const MOST_ANSWER = 256 * 1024 * 1024
const MOST_REFUSAL = 1024 * 1024
/** Of one event; an answer's words come in far smaller ones. */
const MOST_LINE = 4 * 1024 * 1024

/** How a request ended, for its log row. */
type End = Omit<Parameters<EgressLog['closed']>[0], 'id' | 'endedMs'>

async function send(
  request: Request,
  dispatcher: Dispatcher,
  needs: Needs,
  ended: (end: End) => void,
): Promise<Response> {
  const idle = new AbortController()
  const timer = setTimeout(() => idle.abort(), needs.idleMs)
  let response: Response
  try {
    response = await needs.fetch(request, { signal: AbortSignal.any([request.signal, idle.signal]), dispatcher })
  } catch (error) {
    const reason = reasonOf(error, request.signal, idle.signal)
    ended({ status: null, bytesDown: 0, outcome: reason === null ? 'cancelled' : reason.code })
    throw reason ?? error
  } finally {
    clearTimeout(timer)
  }
  if (response.status === 0 || (response.status >= 300 && response.status < 400)) {
    await response.body?.cancel()
    ended({ status: response.status, bytesDown: 0, outcome: 'redirected' })
    throw new TransportError('redirected', true)
  }
  const { status, statusText, headers } = response
  if (status > 599) {
    // Not HTTP; a Response cannot even be built with it.
    await response.body?.cancel()
    ended({ status, bytesDown: 0, outcome: 'network' })
    throw new TransportError('network', true)
  }
  if (response.body === null) {
    ended({ status, bytesDown: 0, outcome: 'done' })
    return response
  }
  const mostBytes = response.ok ? MOST_ANSWER : MOST_REFUSAL
  const limits = { idleMs: needs.idleMs, mostBytes, mostLineBytes: MOST_LINE }
  const body = watchBody(response.body, limits, (bytesDown, outcome) => ended({ status, bytesDown, outcome }))
  return new Response(body, { status, statusText, headers })
}

function allowed(url: URL, route: Route): boolean {
  const secret = route.secret
  return (
    url.origin === route.origin &&
    (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))) &&
    url.username === '' &&
    url.password === '' &&
    (secret === null || !(url.href.includes(secret) || url.href.includes(encodeURIComponent(secret))))
  )
}

/** Errors of a connection that was never made; after them it is certain that nothing was sent. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])

/** Null when we ended it ourselves. */
function reasonOf(error: unknown, ours: AbortSignal, idle: AbortSignal): TransportError | null {
  if (idle.aborted && !ours.aborted) return new TransportError('timeout', true)
  if (ours.aborted) return null
  return refusalIn(error) ?? new TransportError('network', !neverSent(error))
}

/** Our own word on an address, which comes back wrapped by what was connecting. */
function refusalIn(error: unknown): TransportError | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof TransportError) return cause
  }
  return null
}

function neverSent(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') {
      // Unreachable can also befall a connection in use, when the network goes away under it.
      const connecting = 'syscall' in cause && cause.syscall === 'connect'
      return NEVER_SENT.has(cause.code) || (connecting && cause.code.endsWith('UNREACH'))
    }
    // A host with several addresses fails with all their errors at once.
    if (cause instanceof AggregateError) return neverSent(cause.errors[0])
  }
  return false
}
