import { readFile } from 'node:fs/promises'
import type { SseEvent } from '../support/sse'

/** A file that cannot be replayed, and why, in words for its owner. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
}

/** What a provider sent: the events of a stream, or a body in one piece. */
export type Recording =
  | { readonly kind: 'stream'; readonly events: readonly RecordedEvent[] }
  | { readonly kind: 'body'; readonly body: unknown }

/** An event with its data as it was spelt, and read; undefined for `[DONE]`. */
export interface RecordedEvent extends SseEvent {
  readonly value: unknown
}

/** Reads a recording by the ending of its name: `.chunks.txt`, `.sse` or `.json`. Throws Unreadable. */
export async function readRecording(path: string): Promise<Recording> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Unreadable(
      error.code === 'ENOENT' ? 'there is no such file' : `cannot be read (${error.code ?? 'error'})`,
    )
  })
  if (text.trim() === '') throw new Unreadable('is empty')
  if (path.endsWith('.sse')) return { kind: 'stream', events: eventsOf(text) }
  if (path.endsWith('.json')) return bodyOf(text)
  if (path.endsWith('.chunks.txt')) return { kind: 'stream', events: chunksOf(text) }
  throw new Unreadable('must end in .chunks.txt, .sse or .json')
}

function bodyOf(text: string): Recording {
  const body = parsed(text, 'the body')
  // Without `alt=sse` Google streams one JSON list.
  if (!Array.isArray(body)) return { kind: 'body', body }
  return { kind: 'stream', events: body.map((value: unknown) => ({ data: JSON.stringify(value), value })) }
}

/** Split at line feeds alone: U+2028 and U+0085 are ordinary characters in JSON. */
function chunksOf(text: string): RecordedEvent[] {
  return withoutMark(text)
    .split('\n')
    .map((line) => line.trim())
    .flatMap((data, index) => (data === '' ? [] : [eventFrom(data, undefined, `line ${index + 1}`)]))
}

/** Server-sent events by the HTML standard: any line end, comments skipped, an event that the end cuts off dropped. */
function eventsOf(text: string): RecordedEvent[] {
  const blocks = withoutMark(text)
    .split(/\r\n|\n|\r/)
    .reduce<string[][]>(
      (all, line) => {
        if (line === '') return [...all, []]
        all.at(-1)?.push(line)
        return all
      },
      [[]],
    )
  // What follows the last empty line is an event that never ended.
  return blocks.slice(0, -1).flatMap((lines, index) => {
    const fields = (name: string) => lines.flatMap((line) => fieldOf(line, name))
    const data = fields('data')
    return data.length === 0 ? [] : [eventFrom(data.join('\n'), fields('event').at(-1), `event ${index + 1}`)]
  })
}

function fieldOf(line: string, name: string): string[] {
  if (line === name) return ['']
  return line.startsWith(`${name}:`) ? [line.slice(name.length + 1).replace(/^ /, '')] : []
}

function eventFrom(data: string, event: string | undefined, where: string): RecordedEvent {
  const value = data === '[DONE]' ? undefined : parsed(data, where)
  return event === undefined ? { data, value } : { event, data, value }
}

function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '')
}

function parsed(text: string, where: string): unknown {
  try {
    return JSON.parse(withoutMark(text))
  } catch {
    throw new Unreadable(`${where} is not JSON`)
  }
}
