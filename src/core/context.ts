import { textOf, type Message, type MessagePart } from './conversation'
import type { ConnectionId } from './ids'
import { estimateTokens, mostTokens } from './estimate'
import type { ModelInfo } from './model'

/** A message as a provider is asked to read it. */
export interface ContextMessage {
  readonly role: 'user' | 'assistant'
  readonly text: string
  /** Thinking with the proof its provider wants back with it; of the very connection and model that are asked now. */
  readonly reasoning: readonly { readonly text: string; readonly proof: string }[]
}

/** Who is asked. */
export interface Asked {
  readonly connectionId: ConnectionId
  readonly model: string
}

/**
 * What is sent of a conversation: every message that says something. Thinking goes only to the connection and model
 * that did it, and only with its proof: nobody else could read it, and some refuse what is not theirs (OpenAI binds it to
 * the organization of the key). Neighbours of the same
 * role are joined, because an answer that failed without a word leaves two questions in a row and some endpoints refuse
 * that.
 */
export function contextFor(
  path: readonly Pick<Message, 'role' | 'parts' | 'connectionId' | 'model'>[],
  asked: Asked,
): ContextMessage[] {
  const context: ContextMessage[] = []
  for (const { role, parts, connectionId, model } of path) {
    const text = textOf(parts)
    if (text.trim() === '') continue
    const own = connectionId === asked.connectionId && model === asked.model
    const reasoning = own ? provenReasoning(parts) : []
    const last = context.at(-1)
    if (last?.role !== role) context.push({ role, text, reasoning })
    else {
      const joined = { text: `${last.text}\n\n${text}`, reasoning: [...last.reasoning, ...reasoning] }
      context[context.length - 1] = { role, ...joined }
    }
  }
  return context
}

function provenReasoning(parts: readonly MessagePart[]): ContextMessage['reasoning'] {
  return parts.flatMap((part) =>
    part.type === 'reasoning' && part.proof !== null ? [{ text: part.text, proof: part.proof }] : [],
  )
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
  const proofs = context.flatMap(({ reasoning }) => reasoning).reduce((total, { proof }) => total + proof.length, 0)
  const around = TOKENS_AROUND_PROMPT + TOKENS_AROUND_MESSAGE * context.length
  return {
    about: Math.max(1, sum(context, estimateTokens)),
    // An encrypted proof stands for thinking that is billed as input again; it is longer than what it stands for.
    most: sum(context, mostTokens) + proofs + around,
  }
}

function sum(context: readonly ContextMessage[], size: (text: string) => number): number {
  return context.reduce((total, message) => total + size(message.text), 0)
}

/** For a model of which nobody says how much it may write. */
const UNKNOWN_OUTPUT = 8192
/** Fewer would not be an answer. */
const LEAST_OUTPUT = 1024

/** Even dense text, such as code or Chinese, has two bytes to a token; plain English has four. */
const LEAST_BYTES_PER_TOKEN = 2

/**
 * How long an answer may be: the model's limit, or what its window leaves, because some models refuse a request whose
 * prompt and limit together do not fit. The room is what a dense prompt would leave, not the bound money is reserved by:
 * that one would leave next to nothing in a conversation of a quarter of the window.
 */
export function outputLimit(model: Pick<ModelInfo, 'contextTokens' | 'maxOutputTokens'>, prompt: PromptSize): number {
  const room = Math.max(
    LEAST_OUTPUT,
    (model.contextTokens ?? Infinity) - Math.ceil(prompt.most / LEAST_BYTES_PER_TOKEN),
  )
  return Math.min(model.maxOutputTokens ?? UNKNOWN_OUTPUT, room)
}
