import { textOf, type Message } from './conversation'
import { estimateTokens, mostTokens } from './estimate'
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

/** How many tokens a prompt is: about, and at most. */
export interface PromptSize {
  readonly about: number
  readonly most: number
}

/** What a provider wraps around each message and the whole, generously. */
const TOKENS_AROUND_MESSAGE = 16
const TOKENS_AROUND_PROMPT = 64

/** Estimates a context; see `estimateTokens` for how far off the first figure may be. The second is a bound. */
export function promptSize(context: readonly ContextMessage[]): PromptSize {
  const around = TOKENS_AROUND_PROMPT + TOKENS_AROUND_MESSAGE * context.length
  return {
    about: Math.max(1, sum(context, estimateTokens)),
    most: sum(context, mostTokens) + around,
  }
}

function sum(context: readonly ContextMessage[], size: (text: string) => number): number {
  return context.reduce((total, message) => total + size(message.text), 0)
}

/** Fewer would not be an answer. */
const LEAST_OUTPUT = 1024

/**
 * How long an answer may be: the model's limit, or what its window leaves, because some models refuse a request whose
 * prompt and limit together do not fit.
 */
export function outputLimit(model: Pick<ModelInfo, 'contextTokens' | 'maxOutputTokens'>, prompt: PromptSize): number {
  const room = Math.max(LEAST_OUTPUT, model.contextTokens - prompt.most)
  return Math.min(model.maxOutputTokens, room)
}
