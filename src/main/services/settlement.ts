import { messageState, receivedText, type Answer, type End } from '../../core/answer'
import { flagsOf, linesOf, type EndedCall } from '../../core/booking'
import { cacheSaved, ratesUsed } from '../../core/caching-saved'
import type { Message } from '../../core/conversation'
import type { ConnectionId } from '../../core/ids'
import type { PriceBook } from '../../core/price-book'
import { costOf } from '../../core/pricing'
import type { UsageFlag } from '../../core/usage'
import type { Clock } from '../ports'
import type { Call, CallRow } from '../storage/calls'
import type { Storage } from '../storage/storage'
import { bookOnce } from './duplicate-response'

interface Needs {
  readonly storage: Pick<Storage, 'calls' | 'connections' | 'ledger' | 'messages' | 'transaction' | 'turns'>
  /** What counts for the calls of a connection. */
  readonly pricesOf: (id: ConnectionId) => PriceBook
  readonly clock: Clock
  /** The money of an earlier call is another's now. */
  readonly takenBack?: (call: CallRow) => void
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
  call: Call,
  message: Message,
  answer: Answer,
  end: End,
  left: boolean,
): Message {
  return needs.storage.transaction(() => {
    const settled = settleMessage(needs, message, answer, end)
    settleCall(needs, call, answer, end, left)
    return settled
  })
}

/** Ends a turn whose calls are booked already, or are booked later. Returns the message as it now is. */
export function settleMessage(
  { storage, clock }: Pick<Needs, 'storage' | 'clock'>,
  message: Message,
  answer: Answer,
  end: End,
): Message {
  const settled: Message = {
    ...message,
    parts: answer.parts,
    state: messageState(end.ending),
    failure: end.failure,
    stopReason: end.stopReason,
    thought: answer.thought,
  }
  storage.transaction(() => {
    storage.messages.save(settled)
    storage.turns.settle(message.turnId, end.ending, clock.now())
  })
  return settled
}

/** Ends a call and books it, in one transaction; a response that an earlier call brought already is booked once. */
export function settleCall(
  { storage, pricesOf, clock, takenBack: tell }: Needs,
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
    complete: end.ending === 'done' || end.reportIsFinal === true,
    usage: answer.usage,
    modifiers: call.hostModifier === null ? [] : [call.hostModifier],
    received: receivedText(answer),
    prompt: { about: call.promptTokensAbout, most: call.promptTokensMost },
    maxOutputTokens: call.maxOutputTokens,
    maybeBilled: left && (end.failure?.maybeBilled ?? true),
  }
  const prices = pricesOf(call.connectionId)
  storage.transaction(() => {
    const { isDuplicate, lines, takenBack } = bookOnce(storage, call, answer, ended.complete, linesOf(ended, prices))
    const flags: UsageFlag[] = [
      ...flagsOf(ended, prices),
      ...(isDuplicate ? (['duplicate_response'] as const) : []),
      ...(call.reserved !== null && costOf(lines).atLeast > call.reserved ? (['over_reserved'] as const) : []),
    ]
    const cached = lines.some(({ bucket }) => bucket.startsWith('in_cache_'))
    const saved = cached ? cacheSaved(lines, ratesUsed(lines, prices, call.provider, call.startedMs)) : null
    storage.calls.settle(call.id, end.ending, endedMs, answer, end.failure, flags, saved)
    for (const earlier of takenBack) {
      storage.ledger.correct(earlier.call, earlier.corrections, endedMs)
      // Told once all of this is written down.
      queueMicrotask(() => tell?.(earlier.call))
    }
    storage.ledger.append(call, lines, endedMs)
  })
}
