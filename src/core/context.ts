import { textOf, type Message } from './conversation'
import { estimateTokens } from './estimate'
import type { ModelInfo } from './model'

/** A message as a provider is asked to read it. */
export interface ContextMessage {
  readonly role: 'user' | 'assistant'
  readonly text: string
}

/**
 * What is sent of a conversation: every message that says something, thinking left out (no provider needs the thinking
 * of earlier turns when no tool is used, and none may see another's). Neighbours of the same role are joined, because
 * an answer that failed without a word leaves two questions in a row and some endpoints refuse that.
 */
export function contextFor(path: readonly Pick<Message, 'role' | 'parts'>[]): ContextMessage[] {
  const context: ContextMessage[] = []
  for (const { role, parts } of path) {
    const text = textOf(parts)
    if (text.trim() === '') continue
    const last = context.at(-1)
    if (last?.role === role) context[context.length - 1] = { role, text: `${last.text}\n\n${text}` }
    else context.push({ role, text })
  }
  return context
}

/** About how many tokens a context is; see `estimateTokens` for how far off that may be. */
export function contextTokens(context: readonly ContextMessage[]): number {
  return context.reduce((total, message) => total + estimateTokens(message.text), 0)
}

/** Fewer would not be an answer. */
const LEAST_OUTPUT = 1024

/**
 * How long an answer may be: the model's limit, or what its window leaves, because some models refuse a request whose
 * prompt and limit together do not fit. The estimate is doubled, being a rough one.
 */
export function outputLimit(model: Pick<ModelInfo, 'contextTokens' | 'maxOutputTokens'>, promptAbout: number): number {
  const room = Math.max(LEAST_OUTPUT, model.contextTokens - 2 * promptAbout)
  return Math.min(model.maxOutputTokens, room)
}
