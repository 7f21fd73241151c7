import { isJson, type Json } from '../reading'

/** What a body, or an error inside a stream, says of an error, whichever of the many shapes it has. */
export interface StatedError {
  readonly message: string | null
  readonly code: string | number | null
  readonly type: string | null
  /** OpenRouter's: where a limit comes from, why something was blocked, what the upstream provider said. */
  readonly metadata: Json
}

/**
 * Reads OpenAI's and OpenRouter's `{error:{…}}`, Mistral's flat body, the plain text of Ollama and xAI's
 * `{code, error: text}`, the `{detail}` of Python servers, and Google's list of one.
 */
export function statedIn(body: unknown): StatedError {
  if (Array.isArray(body)) return statedIn(body[0])
  if (typeof body === 'string') return { message: body, code: null, type: null, metadata: {} }
  if (!isJson(body)) return { message: null, code: null, type: null, metadata: {} }
  const inner = body['error']
  if (isJson(inner)) return statedIn(inner)
  const { code, type, metadata } = body
  return {
    message: wordsIn(inner) ?? wordsIn(body['message']) ?? wordsIn(body['detail']),
    code: typeof code === 'string' || typeof code === 'number' ? code : null,
    type: typeof type === 'string' ? type : null,
    metadata: isJson(metadata) ? metadata : {},
  }
}

/** Servers that check every field say what was wrong as a list of objects. */
function wordsIn(value: unknown): string | null {
  if (typeof value === 'string') return value === '' ? null : value
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : null
}
