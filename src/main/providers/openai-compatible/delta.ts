import type { StreamPart } from '../../../core/stream-part'
import { isJson, type Json } from '../reading'

type WordsPart = Extract<StreamPart, { type: 'text-delta' | 'reasoning-delta' }>

/** The choice a chunk carries: one answer was asked for, so there is at most one. */
export function choiceIn(chunk: Json): Json {
  const choices = chunk['choices']
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined
  return isJson(choice) ? choice : {}
}

/** The words in one `delta`, thinking first. */
export function* wordsIn(delta: Json): Generator<WordsPart> {
  // One name each by DeepSeek and by OpenRouter; some servers send the same under both.
  for (const text of new Set([delta['reasoning_content'], delta['reasoning']])) yield* part('reasoning-delta', text)
  const content = delta['content']
  if (Array.isArray(content)) for (const piece of content) yield* fromPiece(piece)
  else yield* part('text-delta', content)
  yield* part('text-delta', delta['refusal'])
}

/** Mistral's thinking models send content in pieces. */
function* fromPiece(piece: unknown): Generator<WordsPart> {
  if (!isJson(piece)) return
  if (piece['type'] === 'text') yield* part('text-delta', piece['text'])
  if (piece['type'] !== 'thinking') return
  const thinking = piece['thinking']
  if (!Array.isArray(thinking)) yield* part('reasoning-delta', thinking)
  else for (const thought of thinking) if (isJson(thought)) yield* part('reasoning-delta', thought['text'])
}

function* part(type: WordsPart['type'], text: unknown): Generator<WordsPart> {
  if (typeof text === 'string' && text !== '') yield { type, text }
}
