import { LEAST_OUTPUT } from './budget'
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
  /** By the local tokenizer, in tokens of its own vocabulary; null when only the length was looked at. */
  readonly counted: number | null
}

/** What a provider wraps around each message and the whole, generously. */
const TOKENS_AROUND_MESSAGE = 16
const TOKENS_AROUND_PROMPT = 64

/** Estimates a context by its length; see `estimateTokens` for how far off the first figure may be. The second is a bound. */
export function promptSize(context: readonly ContextMessage[]): PromptSize {
  return {
    about: Math.max(1, sum(context, estimateTokens)),
    // An encrypted proof stands for thinking that is billed as input again; it is longer than what it stands for.
    most: sum(context, mostTokens) + proofLength(context) + around(context),
    counted: null,
  }
}

/** What is known of a context beside its texts. */
export interface CountedPrompt {
  /** All of its texts in tokens of the local tokenizer. */
  readonly counted: number
  /** What its model bills for each of these. */
  readonly factor: number
  /** The part an earlier call of this very model has reported, in its own tokens, and the rest by the local tokenizer. */
  readonly reported: { readonly tokens: number; readonly rest: number } | null
}

/** How far off the local tokenizer may be, and how far a prompt may have changed beside its texts since it was reported. */
const COUNTED_MARGIN = 1.25
const REPORTED_MARGIN = 1.1

/**
 * The size of a context whose texts were counted. Where an earlier call has reported its beginning, only what is new is
 * an estimate. The bound is one in practice, not in principle: a call that costs more than was held for it is told, and
 * stops the next.
 */
export function countedSize(context: readonly ContextMessage[], prompt: CountedPrompt): PromptSize {
  const { counted, factor, reported } = prompt
  if (reported === null) {
    const about = counted * factor
    return sizeOf(about, about * COUNTED_MARGIN + proofLength(context) + around(context), counted)
  }
  const fresh = reported.rest * factor
  const most = reported.tokens * REPORTED_MARGIN + fresh * COUNTED_MARGIN + around(context)
  return sizeOf(reported.tokens + fresh, most, counted)
}

function sizeOf(about: number, most: number, counted: number): PromptSize {
  return { about: Math.max(1, Math.round(about)), most: Math.ceil(most), counted }
}

function around(context: readonly ContextMessage[]): number {
  return TOKENS_AROUND_PROMPT + TOKENS_AROUND_MESSAGE * context.length
}

function proofLength(context: readonly ContextMessage[]): number {
  return context.flatMap(({ reasoning }) => reasoning).reduce((total, { proof }) => total + proof.length, 0)
}

function sum(context: readonly ContextMessage[], size: (text: string) => number): number {
  return context.reduce((total, message) => total + size(message.text), 0)
}

/** For a model of which nobody says how much it may write. */
const UNKNOWN_OUTPUT = 8192
/** Even dense text, such as code or Chinese, has two bytes to a token; plain English has four. */
const LEAST_BYTES_PER_TOKEN = 2

/**
 * How long an answer may be: the model's limit, or what its window leaves, because some models refuse a request whose
 * prompt and limit together do not fit. Of a prompt that was not counted the room is what a dense one would leave, not
 * its bound: that would leave next to nothing in a conversation of a quarter of the window.
 */
export function outputLimit(model: Pick<ModelInfo, 'contextTokens' | 'maxOutputTokens'>, prompt: PromptSize): number {
  const dense = prompt.counted === null ? Math.ceil(prompt.most / LEAST_BYTES_PER_TOKEN) : prompt.most
  const room = Math.max(LEAST_OUTPUT, (model.contextTokens ?? Infinity) - dense)
  return Math.min(model.maxOutputTokens ?? UNKNOWN_OUTPUT, room)
}
