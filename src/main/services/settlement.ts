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
      promptTokensAbout: call.promptTokensAbout,
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
