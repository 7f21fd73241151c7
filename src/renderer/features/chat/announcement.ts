import { textOf } from '../../../core/conversation'
import type { ConversationView, WaitingView } from '../../../shared/ipc/views'
import { costWords } from '../../lib/cost-words'
import { countWords, formatCounted } from '../../lib/format'
import { providerName } from '../../lib/providers'
import { modelOf } from './message-words'
import { spokenWaitingWords } from './waiting-words'

/**
 * What a screen reader is told when a conversation goes from `before` to `now`: that an answer began, that it waits, and
 * how it ended. Null when there is nothing new to say. Failures speak for themselves, in a row that is an alert.
 */
export function announcement(
  before: ConversationView | undefined,
  now: ConversationView | undefined,
  nowMs: number,
): string | null {
  if (now === undefined || before?.id !== now.id) return now?.runningTurn ? answering(now) : null
  const turnBefore = before.runningTurn?.turnId
  const turnNow = now.runningTurn?.turnId
  if (turnNow !== undefined && turnNow !== turnBefore) return answering(now)
  const waiting = now.runningTurn?.waiting ?? null
  if (waiting !== null && waiting.attempt !== before.runningTurn?.waiting?.attempt) return pausing(now, waiting, nowMs)
  if (turnBefore === undefined || turnNow !== undefined) return null
  const answer = now.messages.findLast((message) => message.turnId === turnBefore && message.role === 'assistant')
  switch (answer?.state) {
    case 'complete': {
      const words = formatCounted(countWords(textOf(answer.parts)), 'word', 'words')
      return `Answer complete, ${words}${answer.cost === null ? '' : `, ${costWords(answer.cost)}`}`
    }
    case 'stopped':
      return 'Stopped'
    case 'cut_off':
      return 'Connection lost'
    case 'interrupted':
    case 'failed':
    case 'streaming':
    case undefined:
      return null
  }
}

/** Once a pause: the seconds that count down are for the eye. */
function pausing(conversation: ConversationView, waiting: WaitingView, nowMs: number): string | null {
  const id = conversation.runningTurn?.messageId
  const message = conversation.messages.find((other) => other.id === id)
  if (message === undefined) return null
  const names = { provider: providerName(message.provider), model: modelOf(message) }
  return spokenWaitingWords(waiting, names, nowMs)
}

function answering(conversation: ConversationView): string {
  const id = conversation.runningTurn?.messageId
  const name = conversation.messages.find((message) => message.id === id)?.modelName
  return `${name ?? 'The model'} is answering`
}
