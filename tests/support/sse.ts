/** Builds server-sent events as bytes; the counterpart of the readers under test. */

/** One event. Without a name no `event:` line is written, as in OpenAI's chat and Google's streams. */
export interface SseEvent {
  readonly event?: string
  readonly data: string
}

export type LineEnd = 'lf' | 'crlf' | 'cr'

const LINE_ENDS = { lf: '\n', crlf: '\r\n', cr: '\r' } as const

/** An event whose data is this value as JSON. */
export function jsonEvent(value: unknown, event?: string): SseEvent {
  const data = JSON.stringify(value)
  return event === undefined ? { data } : { event, data }
}

/** An event as Anthropic sends it: named after its own `type`. */
export function anthropicEvent(value: { readonly type: string } & Record<string, unknown>): SseEvent {
  return jsonEvent(value, value.type)
}

/** The text of one event, its closing empty line included. Data with line feeds becomes several `data:` lines. */
export function encodeSseEvent({ event, data }: SseEvent, lineEnd: LineEnd = 'lf'): string {
  const lines = data.split('\n').map((line) => `data: ${line}`)
  if (event !== undefined) lines.unshift(`event: ${event}`)
  return [...lines, '', ''].join(LINE_ENDS[lineEnd])
}

/** The text of a comment, which readers must skip. */
export function encodeSseComment(comment: string, lineEnd: LineEnd = 'lf'): string {
  return `: ${comment}${LINE_ENDS[lineEnd].repeat(2)}`
}

/** The JSON data of an event, or undefined where it is not JSON (`[DONE]`). */
export function eventData(event: SseEvent): unknown {
  try {
    return JSON.parse(event.data)
  } catch {
    return undefined
  }
}

/** The `type` inside an event's data, where there is one. */
export function eventType(event: SseEvent): string | undefined {
  const data = eventData(event)
  if (typeof data !== 'object' || data === null || !('type' in data)) return undefined
  return typeof data.type === 'string' ? data.type : undefined
}
