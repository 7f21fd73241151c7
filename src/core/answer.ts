import { appendDelta, sealReasoning, type MessagePart, type MessageState, type Thought } from './conversation'
import type { Failure } from './failure'
import type { StopReason, StreamPart, TerminalPart } from './stream-part'
import type { UsageReport } from './usage'

/** How an answer ends. `interrupted`: Latchkey itself was ended while it ran. */
export type Ending = 'done' | 'stopped' | 'failed' | 'cut_off' | 'interrupted'

/** Everything received of an answer so far. */
export interface Answer {
  readonly parts: readonly MessagePart[]
  readonly modelAnswered: string | null
  readonly responseId: string | null
  readonly firstByteMs: number | null
  readonly usage: UsageReport | null
  readonly thought: Thought | null
}

/** An answer before its first part. */
export const NOTHING_RECEIVED: Answer = {
  parts: [],
  modelAnswered: null,
  responseId: null,
  firstByteMs: null,
  usage: null,
  thought: null,
}

/** Adds a part to an answer. Terminal parts change nothing here; see `endOf`. */
export function received(answer: Answer, part: StreamPart, atMs: number): Answer {
  const known = { ...answer, firstByteMs: answer.firstByteMs ?? atMs }
  switch (part.type) {
    case 'response-start':
      return { ...known, modelAnswered: part.model, responseId: part.responseId }
    case 'text-delta':
      return {
        ...known,
        parts: appendDelta(answer.parts, { type: 'text', text: part.text }),
        thought: thoughtUntil(answer.thought, atMs),
      }
    case 'reasoning-delta':
      return {
        ...known,
        parts: appendDelta(answer.parts, { type: 'reasoning', text: part.text }),
        thought: answer.thought ?? { fromMs: atMs, toMs: null },
      }
    case 'reasoning-proof':
      return { ...known, parts: sealReasoning(answer.parts, part.proof) }
    case 'usage':
      return { ...known, usage: part.usage }
    case 'finish':
    case 'failure':
    case 'stopped':
    case 'cut-off':
      return answer
  }
}

/** The first words end it, or else the end of the answer. A clock that was set back meanwhile makes it no time at all. */
export function thoughtUntil(thought: Thought | null, atMs: number): Thought | null {
  if (thought === null || thought.toMs !== null) return thought
  return { ...thought, toMs: Math.max(thought.fromMs, atMs) }
}

/** The end of a turn as it is kept. */
export interface End {
  readonly ending: Ending
  readonly failure: Failure | null
  readonly stopReason: StopReason | null
  /** It did not end well, and the provider has told all that was used all the same. */
  readonly reportIsFinal?: true
}

/** How a terminal part ends a turn. */
export function endOf(part: TerminalPart): End {
  switch (part.type) {
    case 'finish':
      return { ending: 'done', failure: null, stopReason: part.reason }
    case 'failure':
      return {
        ending: 'failed',
        failure: part.failure,
        stopReason: null,
        ...(part.reportIsFinal === true ? { reportIsFinal: true } : {}),
      }
    case 'stopped':
      return { ending: 'stopped', failure: null, stopReason: null }
    case 'cut-off':
      return { ending: 'cut_off', failure: null, stopReason: null }
  }
}

/** Whether a part is the last of its stream. */
export function isTerminal(part: StreamPart): part is TerminalPart {
  return part.type === 'finish' || part.type === 'failure' || part.type === 'stopped' || part.type === 'cut-off'
}

/** The state a message is left in. */
export function messageState(ending: Ending): MessageState {
  return ending === 'done' ? 'complete' : ending
}

/** Everything received as one text, thinking included: what a missing output count is estimated from. */
export function receivedText(answer: Pick<Answer, 'parts'>): string {
  return answer.parts.map((part) => part.text).join('')
}
