import type { Failure } from './failure'
import type { ConnectionId, ConversationId, MessageId, TurnId } from './ids'
import type { ProviderId } from './provider'
import type { StopReason } from './stream-part'

/** A piece of a message, in order of arrival. */
export type MessagePart =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'reasoning'
      readonly text: string
      /** Only ever sent back to the provider and model that made it. */
      readonly proof: string | null
    }

/** `cut_off`: the connection ended early. `interrupted`: Latchkey itself was ended while the answer ran. */
export type MessageState = 'complete' | 'streaming' | 'stopped' | 'failed' | 'cut_off' | 'interrupted'

/** When an answer began to think, and when its first words came after that; epoch milliseconds. */
export interface Thought {
  readonly fromMs: number
  /** Null while it thinks, and where that was never known. */
  readonly toMs: number | null
}

/** A message in the tree of a conversation; answers to the same question are siblings. */
export interface Message {
  readonly id: MessageId
  readonly conversationId: ConversationId
  readonly parentId: MessageId | null
  readonly turnId: TurnId
  readonly role: 'user' | 'assistant'
  readonly parts: readonly MessagePart[]
  readonly state: MessageState
  readonly createdMs: number
  readonly provider: ProviderId | null
  readonly connectionId: ConnectionId | null
  /** The model asked for; null for the user's own messages. */
  readonly model: string | null
  readonly failure: Failure | null
  readonly stopReason: StopReason | null
  /** Null for an answer without thinking, and for those written before this was kept. */
  readonly thought: Thought | null
}

const TITLE_LENGTH = 60

/** A free, local title: the first sentence of the first message, cut at a word. */
export function titleFrom(text: string): string {
  // Only the beginning is looked at: a message may be megabytes long.
  const line =
    text
      .trimStart()
      .slice(0, 10 * TITLE_LENGTH)
      .trimEnd()
      .split(/\n/, 1)[0]
      ?.replace(/\s+/g, ' ') ?? ''
  const sentence = /^.*?[.!?。！？](?=\s|$)/u.exec(line)?.[0] ?? line
  if (sentence.length <= TITLE_LENGTH) return sentence === '' ? 'New conversation' : sentence
  const cut = sentence.slice(0, TITLE_LENGTH)
  const space = cut.lastIndexOf(' ')
  // A cut through a surrogate pair would leave half a character.
  return `${(space > TITLE_LENGTH / 2 ? cut.slice(0, space) : cut).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** The messages from the root to `head`, in order. A broken link ends the walk rather than looping. */
export function pathTo<M extends { readonly id: MessageId; readonly parentId: MessageId | null }>(
  head: MessageId | null,
  messages: readonly M[],
): M[] {
  const byId = new Map(messages.map((message) => [message.id, message]))
  const path: M[] = []
  for (let id = head; id !== null;) {
    const message = byId.get(id)
    if (message === undefined) break
    byId.delete(id)
    path.unshift(message)
    id = message.parentId
  }
  return path
}

/** The text of a message without its thinking. */
export function textOf(parts: readonly MessagePart[]): string {
  return parts.reduce((text, part) => (part.type === 'text' ? text + part.text : text), '')
}

/** Adds a delta to the parts of an answer: same kind joins the last part, another kind begins a new one. */
export function appendDelta(
  parts: readonly MessagePart[],
  delta: { readonly type: 'text' | 'reasoning'; readonly text: string },
): MessagePart[] {
  const last = parts.at(-1)
  // Thinking that already carries its proof is finished; more thinking is a new block.
  if (last?.type === delta.type && !(last.type === 'reasoning' && last.proof !== null)) {
    return [...parts.slice(0, -1), { ...last, text: last.text + delta.text }]
  }
  return [
    ...parts,
    delta.type === 'text' ? { type: 'text', text: delta.text } : { type: 'reasoning', text: delta.text, proof: null },
  ]
}

/** Attaches a proof to the thinking it closes; without thinking before it there is nothing to prove. */
export function sealReasoning(parts: readonly MessagePart[], proof: string): MessagePart[] {
  const last = parts.at(-1)
  return last?.type === 'reasoning' ? [...parts.slice(0, -1), { ...last, proof }] : [...parts]
}
