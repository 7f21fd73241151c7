import { messageState, receivedText, type Answer, type End } from '../../core/answer'
import { flagsOf, linesOf, type EndedCall } from '../../core/booking'
import type { Message } from '../../core/conversation'
import type { ConnectionId } from '../../core/ids'
import type { PriceBook } from '../../core/price-book'
import type { Clock } from '../ports'
import type { AnswerCall, Call } from '../storage/calls'
import type { Storage } from '../storage/storage'

interface Needs {
  readonly storage: Pick<Storage, 'calls' | 'ledger' | 'messages' | 'transaction' | 'turns'>
  /** What counts for the calls of a connection. */
  readonly pricesOf: (id: ConnectionId) => PriceBook
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
  needs: Needs,
  call: Call & Pick<AnswerCall, 'turnId'>,
  message: Message,
  answer: Answer,
  end: End,
  left: boolean,
): Message {
  const settled: Message = {
    ...message,
    parts: answer.parts,
    state: messageState(end.ending),
    failure: end.failure,
    stopReason: end.stopReason,
  }
  const { storage } = needs
  storage.transaction(() => {
    storage.messages.save(settled)
    storage.turns.settle(call.turnId, end.ending, needs.clock.now())
    settleCall(needs, call, answer, end, left)
  })
  return settled
}

/** Ends a call and books it, in one transaction. */
export function settleCall(
  { storage, pricesOf, clock }: Needs,
  call: Call,
  answer: Answer,
  end: End,
  left: boolean,
): void {
  const endedMs = clock.now()
  const ended: EndedCall = {
    provider: call.provider,
    model: call.modelRequested,
    startedMs: call.startedMs,
    complete: end.ending === 'done',
    usage: answer.usage,
    modifiers: call.hostModifier === null ? [] : [call.hostModifier],
    received: receivedText(answer),
    prompt: { about: call.promptTokensAbout, most: call.promptTokensMost },
    maxOutputTokens: call.maxOutputTokens,
    maybeBilled: left && (end.failure?.maybeBilled ?? true),
  }
  const prices = pricesOf(call.connectionId)
  storage.transaction(() => {
    storage.calls.settle(call.id, end.ending, endedMs, answer, end.failure, flagsOf(ended, prices))
    storage.ledger.append(call, linesOf(ended, prices), endedMs)
  })
}
