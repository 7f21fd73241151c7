import type { Dialect } from '../../src/core/provider'
import { isJson, readName, type Json } from '../../src/main/providers/reading'
import type { Recording, RecordedEvent } from './recording'
import { Unreadable } from './recording'

/** The dialects by the names they are asked for with. */
export const DIALECTS: readonly Dialect[] = ['anthropic', 'openai-responses', 'openai-chat', 'google']

/** Which dialect a recording is in, by what stands in it. Throws Unreadable when it shows none. */
export function detectDialect(recording: Recording): Dialect {
  const values = recording.kind === 'body' ? [recording.body] : recording.events.map(({ value }) => value)
  for (const value of values) {
    const dialect = isJson(value) ? dialectOf(value) : undefined
    if (dialect !== undefined) return dialect
  }
  throw new Unreadable('is in no dialect known here; name one with --dialect')
}

function dialectOf(value: Json): Dialect | undefined {
  const { type, object } = value
  if (typeof type === 'string' && type.startsWith('response.')) return 'openai-responses'
  if (object === 'response') return 'openai-responses'
  if (type === 'message_start' || type === 'message' || (type === 'message_delta' && 'usage' in value))
    return 'anthropic'
  if (typeof object === 'string' && object.startsWith('chat.completion')) return 'openai-chat'
  if ('choices' in value) return 'openai-chat'
  if (['candidates', 'usageMetadata', 'promptFeedback', 'modelVersion'].some((name) => name in value)) return 'google'
  return isJson(value['error']) ? dialectOfError(value, value['error']) : undefined
}

function dialectOfError(value: Json, error: Json): Dialect {
  if (typeof error['code'] === 'number' && typeof error['status'] === 'string') return 'google'
  return value['type'] === 'error' && !('sequence_number' in value) ? 'anthropic' : 'openai-responses'
}

/** The model a recording names first; null when it names none. */
export function modelIn(recording: Recording): string | null {
  const values = recording.kind === 'body' ? [recording.body] : recording.events.map(({ value }) => value)
  const names = values.filter(isJson).map(modelOf)
  return names.find((name) => name !== null) ?? null
}

function modelOf(value: Json): string | null {
  const inner = [value['message'], value['response']].find(isJson)
  return readName(value['model']) ?? readName(value['modelVersion']) ?? readName(inner?.['model'])
}

/** The id of the response an event begins or belongs to; null when it says none. */
function responseOf(value: Json): string | null {
  const inner = [value['message'], value['response']].find(isJson)
  return readName(inner?.['id']) ?? (value['type'] === undefined ? readName(value['id'] ?? value['responseId']) : null)
}

/**
 * A file may hold several responses one after the other, as a conversation with tools leaves them; each was a call of its
 * own. One that is there twice is one call. What another response begins in the middle of is not taken apart.
 */
export function splitResponses(events: readonly RecordedEvent[], dialect: Dialect): RecordedEvent[][] {
  const responses: RecordedEvent[][] = [[]]
  const seen = new Set<string>()
  let id: string | null = null
  let over = false
  let again = false
  for (const event of events) {
    const value = isJson(event.value) ? event.value : {}
    const own = responseOf(value)
    if (over && begins(value, own, id, dialect)) {
      again = own !== null && seen.has(own)
      if (!again) responses.push([])
      over = false
    }
    id = own ?? id
    if (id !== null) seen.add(id)
    if (!again) responses.at(-1)?.push(event)
    over ||= ends(event, value, dialect)
  }
  return responses
}

/** Whether an event after the end of a response begins another one. */
function begins(value: Json, own: string | null, before: string | null, dialect: Dialect): boolean {
  if (dialect !== 'openai-chat') return own !== null && own !== before
  // Figures come after the end, and some servers give every chunk an id of its own or none at all.
  const [first] = Array.isArray(value['choices']) ? (value['choices'] as unknown[]) : []
  if (!isJson(first)) return false
  if (own !== null) return own !== before
  const delta = isJson(first['delta']) ? first['delta'] : {}
  return typeof first['finish_reason'] !== 'string' || typeof delta['content'] === 'string'
}

/** Whether a response has come to its provider's own end. */
export function isOver(events: readonly RecordedEvent[], dialect: Dialect): boolean {
  return events.some((event) => ends(event, isJson(event.value) ? event.value : {}, dialect))
}

function ends({ data }: RecordedEvent, value: Json, dialect: Dialect): boolean {
  switch (dialect) {
    case 'anthropic':
      return value['type'] === 'message_stop'
    case 'openai-responses':
      return ['response.completed', 'response.incomplete', 'response.failed'].includes(String(value['type']))
    case 'openai-chat':
      return data === '[DONE]' || firstOf(value['choices'], 'finish_reason')
    case 'google':
      return firstOf(value['candidates'], 'finishReason')
  }
}

function firstOf(list: unknown, field: string): boolean {
  const first: unknown = Array.isArray(list) ? list[0] : undefined
  return isJson(first) && typeof first[field] === 'string'
}
