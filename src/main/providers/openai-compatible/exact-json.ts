import { isJson, type Json } from '../reading'

// Bodies in which OpenRouter states amounts. As a JavaScript number an amount would lose digits.

/** A number of a JSON text as it is written there; no JSON has a field of this name. */
const WRITTEN = Symbol('written')

type Reviver = (this: unknown, name: string, value: unknown, context: { readonly source?: string }) => unknown

const exact: Reviver = (_name, value, { source }) => (typeof value === 'number' ? { [WRITTEN]: source } : value)

/** The object under `data` of a body, its numbers as they are written; null when there is none. */
export function exactDataIn(text: string): Json | null {
  try {
    const body: unknown = JSON.parse(text, exact as (name: string, value: unknown) => unknown)
    return isJson(body) && isJson(body['data']) ? body['data'] : null
  } catch {
    return null
  }
}

/** A number as it was written; null for anything else. */
export function writtenNumber(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !(WRITTEN in value)) return null
  return typeof value[WRITTEN] === 'string' ? value[WRITTEN] : null
}

/** The text of a body; null when it is longer than `mostBytes`. */
export async function textWithin(response: Response, mostBytes: number): Promise<string | null> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > mostBytes) return null
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
