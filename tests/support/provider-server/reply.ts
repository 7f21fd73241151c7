import { fixtureBody, fixtureEvents, findFixture } from '../fixtures'
import { anthropicEvent, encodeSseComment, encodeSseEvent, eventType, type LineEnd, type SseEvent } from '../sse'
import type { Gate } from './gate'

/** What the server does with one request. Built by the functions below; played by `play.ts`. */
export type Reply =
  | { readonly kind: 'stream'; readonly head: Head; readonly parts: readonly StreamPart[]; readonly ending: Ending }
  | { readonly kind: 'body'; readonly head: Head; readonly body: string | ((requestId: string) => string) }
  /** Accepts the request and never says a word. */
  | { readonly kind: 'silence' }
  /** Resets the connection before any byte of an answer. */
  | { readonly kind: 'reset' }
  /** Stands at the gate before the first byte of the status line. */
  | { readonly kind: 'held'; readonly gate: Gate; readonly reply: Reply }

export interface Head {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
}

export type StreamPart =
  | { readonly type: 'write'; readonly bytes: Buffer; readonly events: number }
  | { readonly type: 'pause'; readonly ms: number }
  | { readonly type: 'gate'; readonly gate: Gate }

/**
 * How a stream stops. `end`: a complete response. `stall`: the socket stays open and silent. `reset`: RST.
 * `hang-up`: the socket is closed without the terminating chunk.
 */
export type Ending = 'end' | 'stall' | 'reset' | 'hang-up'

/** Events by hand, or the name of a stream fixture. */
export type EventSource = string | readonly SseEvent[]

export interface StreamOptions {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Milliseconds between two writes. */
  readonly paceMs?: number
  /** What one write carries: an event, a byte, so many bytes (a list is cycled through), or everything. */
  readonly chunk?: 'event' | 'byte' | 'all' | number | readonly number[]
  readonly lineEnd?: LineEnd
  /** Puts a comment line before every event. */
  readonly comments?: boolean
  /** Begins with a byte order mark, which the SSE standard says to skip. */
  readonly bom?: boolean
  /** Places to stop at until the test releases them. Writes never reach across a gate. */
  readonly gates?: readonly Gate[]
  readonly ending?: Ending
}

/** Streams these events as server-sent events. */
export function stream(source: EventSource, options: StreamOptions = {}): Reply {
  const events = eventsOf(source)
  return streamReply(segmentsOf(events, options), options)
}

/** Replays a fixture: a stream as a stream, a body as a body. */
export function fixture(name: string, options: StreamOptions = {}): Reply {
  const file = findFixture(name)
  if (file.kind === 'stream') return stream(fixtureEvents(file), options)
  return { kind: 'body', head: headOf(options, 'application/json'), body: fixtureBody(file) }
}

/** A JSON answer. */
export function json(value: unknown, options: { status?: number; headers?: Record<string, string> } = {}): Reply {
  return { kind: 'body', head: headOf(options, 'application/json'), body: JSON.stringify(value) }
}

/** An HTTP error. A string is sent as plain text; a function is given the `request-id` of the answer. */
export function httpError(
  status: number,
  body: string | object | ((requestId: string) => object),
  headers: Readonly<Record<string, string>> = {},
): Reply {
  if (typeof body === 'string') return { kind: 'body', head: headOf({ status, headers }, 'text/plain'), body }
  return {
    kind: 'body',
    head: headOf({ status, headers }, 'application/json'),
    body: (requestId) => JSON.stringify(typeof body === 'function' ? body(requestId) : body),
  }
}

/** A redirect: 301, 302, 303, 307 or 308. */
export function redirect(status: number, location: string): Reply {
  return { kind: 'body', head: { status, headers: { location } }, body: '' }
}

/** Accepts the request and stays silent until the client or the server goes. */
export function stallBeforeHeaders(): Reply {
  return { kind: 'silence' }
}

/** Resets the connection instead of answering. */
export function resetBeforeHeaders(): Reply {
  return { kind: 'reset' }
}

/** Sends so many events, then nothing more, with the socket left open. */
export function stallAfter(source: EventSource, events: number, options: StreamOptions = {}): Reply {
  return stream(cutAfter(source, events), { ...options, ending: 'stall' })
}

/** Sends so many events or bytes, then resets the connection in the middle of the body. */
export function resetAfter(
  source: EventSource,
  after: number | { readonly bytes: number },
  options: StreamOptions = {},
): Reply {
  if (typeof after === 'number') return stream(cutAfter(source, after), { ...options, ending: 'reset' })
  const whole = Buffer.concat(segmentsOf(eventsOf(source), options).flatMap((segment) => segment.events))
  const cut: Segment = { events: [whole.subarray(0, after.bytes)], gate: undefined }
  return streamReply([cut], { ...options, ending: 'reset' })
}

/** HTTP 200, so many events, then an `event: error` in place of the rest. */
export function errorInStream(
  source: EventSource,
  afterEvents: number,
  error: { readonly type: string; readonly message: string } = { type: 'overloaded_error', message: 'Overloaded' },
  options: StreamOptions = {},
): Reply {
  return stream([...cutAfter(source, afterEvents), anthropicEvent({ type: 'error', error })], options)
}

/** Ends cleanly, but without the event by which the provider says that the answer is complete. */
export function missingTerminalEvent(source: EventSource, options: StreamOptions = {}): Reply {
  return stream(withoutTerminalEvent(source), options)
}

/** Keeps the reply back, status line included, until the gate is released. */
export function heldBack(gate: Gate, reply: Reply): Reply {
  return { kind: 'held', gate, reply }
}

/** The first so many events. */
export function cutAfter(source: EventSource, events: number): SseEvent[] {
  return eventsOf(source).slice(0, events)
}

/** Every event of these types twice in a row; all events when no type is named. */
export function duplicateEvents(source: EventSource, ...types: string[]): SseEvent[] {
  return eventsOf(source).flatMap((event) =>
    types.length === 0 || types.includes(eventType(event) ?? '') ? [event, event] : [event],
  )
}

/** Everything but the provider's terminal event. */
export function withoutTerminalEvent(source: EventSource): SseEvent[] {
  const terminal = new Set(['message_stop', 'response.completed', 'response.incomplete', 'response.failed'])
  return eventsOf(source).filter((event) => event.data !== '[DONE]' && !terminal.has(eventType(event) ?? ''))
}

/** The events of a source, whichever way it is given. */
export function eventsOf(source: EventSource): readonly SseEvent[] {
  return typeof source === 'string' ? fixtureEvents(source) : source
}

/** A run of events up to the next gate. */
interface Segment {
  readonly events: readonly Buffer[]
  readonly gate: Gate | undefined
}

function segmentsOf(events: readonly SseEvent[], options: StreamOptions): Segment[] {
  const encoded = events.map((event, index) => {
    const bom = options.bom === true && index === 0 ? '\uFEFF' : ''
    const comment = options.comments === true ? encodeSseComment('still here', options.lineEnd) : ''
    return Buffer.from(bom + comment + encodeSseEvent(event, options.lineEnd))
  })
  const gates = (options.gates ?? []).toSorted((a, b) => a.afterEvents - b.afterEvents)
  let from = 0
  const held = gates.map((gate): Segment => {
    const segment = { events: encoded.slice(from, gate.afterEvents), gate }
    from = Math.min(gate.afterEvents, encoded.length)
    return segment
  })
  return [...held, { events: encoded.slice(from), gate: undefined }]
}

function streamReply(segments: readonly Segment[], options: StreamOptions): Reply {
  const { chunk = 'event', paceMs = 0, ending = 'end' } = options
  const parts = segments.flatMap((segment): StreamPart[] => {
    const writes = writesOf(segment.events, chunk).flatMap((write): StreamPart[] =>
      paceMs > 0 ? [write, { type: 'pause', ms: paceMs }] : [write],
    )
    return segment.gate === undefined ? writes : [...writes, { type: 'gate', gate: segment.gate }]
  })
  return { kind: 'stream', head: headOf(options, 'text/event-stream; charset=utf-8'), parts, ending }
}

/** Cuts events into writes; each write knows how many events are complete once it is out. */
function writesOf(events: readonly Buffer[], chunk: NonNullable<StreamOptions['chunk']>): StreamPart[] {
  if (chunk === 'event') return events.map((bytes) => ({ type: 'write', bytes, events: 1 }))
  const whole = Buffer.concat(events)
  const sizes = chunk === 'byte' ? [1] : chunk === 'all' ? [whole.length] : typeof chunk === 'number' ? [chunk] : chunk
  if (sizes.length === 0 || sizes.some((size) => size < 1 && whole.length > 0)) {
    throw new RangeError('a chunk has at least one byte')
  }
  const ends = endsOf(events)
  const writes: StreamPart[] = []
  let position = 0
  let complete = 0
  for (let index = 0; position < whole.length; index += 1) {
    const bytes = whole.subarray(position, position + (sizes[index % sizes.length] ?? 1))
    position += bytes.length
    const before = complete
    while ((ends[complete] ?? Infinity) <= position) complete += 1
    writes.push({ type: 'write', bytes, events: complete - before })
  }
  return writes
}

function endsOf(events: readonly Buffer[]): number[] {
  let end = 0
  return events.map((bytes) => (end += bytes.length))
}

function headOf(
  { status = 200, headers = {} }: { status?: number; headers?: Readonly<Record<string, string>> },
  contentType: string,
): Head {
  return { status, headers: { 'content-type': contentType, ...headers } }
}
