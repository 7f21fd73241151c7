import { endOf, isTerminal, NOTHING_RECEIVED, received, type Answer, type End } from '../../core/answer'
import type { Message } from '../../core/conversation'
import { failure } from '../../core/failure'
import type { StreamPart } from '../../core/stream-part'
import type { Log } from '../log'
import type { Clock } from '../ports'
import type { AnswerCall } from '../storage/calls'
import { isDiskTrouble } from '../storage/database'
import type { Storage } from '../storage/storage'
import { createDeltaJoiner } from './delta-joiner'
import type { EventHub } from './event-hub'
import type { RunningTurn } from './running-turns'
import { withoutReport } from './settlement'

/** Twice as often as the promised once a second, so that a slow disk still keeps the promise. */
const SAVE_EVERY_MS = 500
/** How long Stop waits for whoever is asked to stop, and how long an ended answer may keep its connection. */
const PATIENCE_MS = 2_000
/** A full or locked disk is tried again this often, about a minute in all; after that the next start settles. */
const SETTLE_TRIES = 30

interface Needs {
  readonly storage: Storage
  readonly clock: Clock
  readonly hub: EventHub
  readonly log: Log
  /** Makes the one request. `leaving` must be called right before it leaves. */
  readonly parts: (signal: AbortSignal, leaving: () => void) => AsyncIterable<StreamPart>
  /** Writes the end down and tells it; may throw, and is then called again. `left`: a request was made. */
  readonly settle: (answer: Answer, end: End, left: boolean, seq: number) => void
}

/** Runs one answer from its first part to its settlement. Never throws; every ending reaches `settle`. */
export function runTurn(call: AnswerCall, message: Message, needs: Needs): RunningTurn {
  const abort = new AbortController()
  let answer = NOTHING_RECEIVED
  let seq = 0
  let left = false
  let ended = false
  let doubted = false
  let saving: NodeJS.Timeout | undefined
  let patience: NodeJS.Timeout | undefined

  const joiner = createDeltaJoiner((deltas) => {
    seq += 1
    const { turnId, conversationId, messageId } = call
    needs.hub.emit('turn.delta', { turnId, conversationId, messageId, seq, deltas })
  })

  const save = (): void => {
    saving = undefined
    if (!needs.storage.isOpen()) return
    try {
      needs.storage.transaction(() => {
        needs.storage.messages.save({ ...message, parts: answer.parts })
        needs.storage.calls.saveProgress(call.id, answer)
      })
    } catch (error) {
      // A full disk must not end an answer that can still be read; settling will try again.
      needs.log.error('saving a running answer', error)
    }
  }

  const settle = (end: End, attempt: number): void => {
    if (!needs.storage.isOpen()) return
    try {
      needs.settle(doubted ? withoutReport(answer) : answer, end, left, seq)
    } catch (error) {
      // A full or busy disk says nothing against the report, and a report once dropped is an exact figure lost. Anything
      // else may lie in what the provider said of itself; the text is kept without it all the same.
      doubted ||= attempt > 0 && !isDiskTrouble(error)
      if (attempt === 0 || attempt === SETTLE_TRIES) needs.log.error('settling an answer', error)
      // What cannot be booked now may still be kept, for the next start to book.
      if (attempt === 0) save()
      if (attempt < SETTLE_TRIES) setTimeout(settle, PATIENCE_MS, end, attempt + 1).unref()
    }
  }

  const finish = (end: End): void => {
    if (ended) return
    ended = true
    clearTimeout(saving)
    clearTimeout(patience)
    // The connection may still have its own end to read, so that it can be used again; but not for ever.
    patience = setTimeout(() => abort.abort(), PATIENCE_MS)
    joiner.flush()
    seq += 1
    settle(end, 0)
  }

  const take = (part: StreamPart): void => {
    if (ended) return
    if (isTerminal(part)) return finish(endOf(part))
    answer = received(answer, part, needs.clock.now())
    saving ??= setTimeout(save, SAVE_EVERY_MS)
    if (part.type === 'text-delta') joiner.push({ type: 'text', text: part.text })
    else if (part.type === 'reasoning-delta') joiner.push({ type: 'reasoning', text: part.text })
  }

  const run = async (): Promise<void> => {
    try {
      for await (const part of needs.parts(abort.signal, () => void (left = true))) take(part)
      finish(endOf({ type: 'cut-off' }))
    } catch (error) {
      needs.log.error('running an answer', error)
      finish(endOf({ type: 'failure', failure: failure('internal', { maybeBilled: left }) }))
    }
    clearTimeout(patience)
  }
  void run()

  return {
    answer: (stored) => ({ ...stored, parts: answer.parts }),
    lastSeq: () => {
      // The caller is about to be told everything received, so what waits must not come again under a later number.
      joiner.flush()
      return seq
    },
    stop() {
      abort.abort()
      // The keychain may be asking its user, or a socket may not listen: Stop does not depend on their answer.
      patience ??= setTimeout(() => finish(endOf({ type: 'stopped' })), PATIENCE_MS)
    },
    interrupt() {
      finish({ ending: 'interrupted', failure: null, stopReason: null })
      abort.abort()
    },
  }
}
