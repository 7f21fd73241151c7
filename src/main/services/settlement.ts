import { messageState, receivedText, type Answer, type End } from '../../core/answer'
import { linesOf } from '../../core/booking'
import type { Message } from '../../core/conversation'
import type { Catalog } from '../catalog/catalog'
import type { Clock } from '../ports'
import type { Call } from '../storage/calls'
import type { Storage } from '../storage/storage'

interface Needs {
  readonly storage: Storage
  readonly catalog: Catalog
  readonly clock: Clock
}

/**
 * An answer without what its provider said about itself, for the case that just this cannot be kept. It is then booked as
 * a range, which is honest, and the text is not lost.
 */
export function withoutReport(answer: Answer): Answer {
  return { ...answer, usage: null, modelAnswered: null, responseId: null }
}

/**
 * Ends a turn: message, turn, call and ledger in one transaction, so that no crash leaves an answer without its cost
 * or a cost without its answer. `left` is false when no request left at all. Returns the message as it now is.
 */
export function settleTurn(
  { storage, catalog, clock }: Needs,
  call: Call,
  message: Message,
  answer: Answer,
  end: End,
  left: boolean,
): Message {
  const endedMs = clock.now()
  const settled: Message = {
    ...message,
    parts: answer.parts,
    state: messageState(end.ending),
    failure: end.failure,
    stopReason: end.stopReason,
  }
  const lines = linesOf(
    {
      provider: call.provider,
      model: call.modelRequested,
      startedMs: call.startedMs,
      complete: end.ending === 'done',
      usage: answer.usage,
      received: receivedText(answer),
      prompt: { about: call.promptTokensAbout, most: call.promptTokensMost },
      maxOutputTokens: call.maxOutputTokens,
      maybeBilled: left && (end.failure?.maybeBilled ?? true),
    },
    catalog.prices,
  )
  storage.transaction(() => {
    storage.messages.save(settled)
    storage.turns.settle(call.turnId, end.ending, endedMs)
    storage.calls.settle(call.id, end.ending, endedMs, answer, end.failure)
    storage.ledger.append(call, lines, endedMs)
  })
  return settled
}
