import { textOf, type Thought } from '../../../core/conversation'
import type { MessageView } from '../../../shared/ipc/views'
import { formatCounted, formatDuration } from '../../lib/format'

/** How an answer ended, where that needs a word; null for one that is complete or still runs. */
export function endingWords(message: Pick<MessageView, 'state' | 'stopReason' | 'budgetTokens'>): string | null {
  if (isShortened(message))
    return `Shortened to ${formatCounted(message.budgetTokens ?? 0, 'token', 'tokens')} by your budget`
  switch (message.state) {
    case 'stopped':
      return 'Stopped'
    case 'cut_off':
      return 'Connection lost'
    case 'interrupted':
      return 'Interrupted: Latchkey was closed while this answer ran'
    case 'streaming':
    case 'failed':
      return null
    case 'complete':
      return reasonWords(message.stopReason)
  }
}

function reasonWords(reason: MessageView['stopReason']): string | null {
  switch (reason) {
    case 'max_tokens':
      return 'Ended at the longest answer this model gives'
    case 'refusal':
      return 'The model declined to go on'
    case 'context_full':
      return 'Ended: the conversation fills all this model can read'
    case 'end':
    case 'stop_sequence':
    case 'tool_call':
    case 'pause':
    case null:
      return null
  }
}

/** Whether an answer ended where a budget left no room for more. */
export function isShortened({
  state,
  stopReason,
  budgetTokens,
}: Pick<MessageView, 'state' | 'stopReason' | 'budgetTokens'>): boolean {
  return state === 'complete' && stopReason === 'max_tokens' && budgetTokens !== null
}

/** Which key an answer went with, where the one before it gave way to it; null otherwise. */
export function keyWords({ key }: Pick<MessageView, 'key'>): string | null {
  if (key === null || key.after === null) return null
  const name = key.label === null ? 'the next key' : `the key “${key.label}”`
  switch (key.after) {
    case 'key_invalid':
      return `With ${name}: the one before it was rejected`
    case 'no_credit':
      return `With ${name}: the one before it has no credit left`
    case 'rate_limited':
      return `With ${name}: the one before it was rate limited`
    default:
      return null
  }
}

/** The name of the model that answers, as good as it is known. */
export function modelOf({ modelName, model }: Pick<MessageView, 'modelName' | 'model'>): string {
  return modelName ?? model ?? 'Model'
}

/** What is sent to have an answer gone on with. */
export const GO_ON = 'Continue'

/** Whether the last answer of a conversation ended before its end, so that it can be gone on with. */
export function offersToGoOn({
  state,
  stopReason,
  parts,
}: Pick<MessageView, 'state' | 'stopReason' | 'parts'>): boolean {
  if (textOf(parts).trim() === '') return false
  return state === 'complete' ? stopReason === 'max_tokens' : state !== 'streaming'
}

/** Whether the last answer of a conversation offers to ask again. A failure has its own row of acts. */
export function offersRetry(message: Pick<MessageView, 'state'>): boolean {
  return message.state === 'stopped' || message.state === 'cut_off' || message.state === 'interrupted'
}

/** The line thinking is folded into: for how long by now, or for how long it was, where that is known. */
export function thinkingWords(active: boolean, thought: Thought | null, seconds: number): string {
  if (active) return thought?.toMs === null && seconds > 0 ? `Thinking ${formatDuration(seconds * 1000)}` : 'Thinking'
  if (thought === null || thought.toMs === null) return 'Thought'
  return `Thought for ${formatDuration(thought.toMs - thought.fromMs)}`
}
