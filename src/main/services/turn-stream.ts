import { endOf, isTerminal, NOTHING_RECEIVED, received, type Answer, type End } from '../../core/answer'
import type { Message } from '../../core/conversation'
import { failure } from '../../core/failure'
import type { StreamPart } from '../../core/stream-part'
import type { Log } from '../log'
import type { Clock } from '../ports'
import type { Call } from '../storage/calls'
import type { Storage } from '../storage/storage'
import { createDeltaJoiner } from './delta-joiner'
import type { EventHub } from './event-hub'
import type { RunningTurn } from './running-turns'

/** Twice as often as the promised once a second, so that a slow disk still keeps the promise. */
const SAVE_EVERY_MS = 500

interface Needs {
  readonly storage: Storage
  readonly clock: Clock
  readonly hub: EventHub
  readonly log: Log
  /** Makes the one request. `leaving` must be called right before it leaves. */
  readonly parts: (signal: AbortSignal, leaving: () => void) => AsyncIterable<StreamPart>
  /** Called exactly once, with how it ended. `left`: a request was made. */
  readonly settle: (answer: Answer, end: End, left: boolean, seq: number) => void
}

/** Runs one answer from its first part to its settlement. Never throws; every ending reaches `settle`. */
export function runTurn(call: Call, message: Message, needs: Needs): RunningTurn {
  const abort = new AbortController()
  let answer = NOTHING_RECEIVED
  let seq = 0
  let left = false
  let settled = false
  let saving: NodeJS.Timeout | undefined

  const joiner = createDeltaJoiner((deltas) => {
    seq += 1
    const { turnId, conversationId, messageId } = call
    needs.hub.emit('turn.delta', { turnId, conversationId, messageId, seq, deltas })
  })

  const save = (): void => {
    saving = undefined
    if (settled || !needs.storage.isOpen()) return
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

  const settle = (end: End): void => {
    if (settled) return
    settled = true
    clearTimeout(saving)
    joiner.flush()
    seq += 1
    try {
      needs.settle(answer, end, left, seq)
    } catch (error) {
      // The next start settles what could not be settled now.
      needs.log.error('settling an answer', error)
    }
  }

  const take = (part: StreamPart): void => {
    if (settled) return
    if (isTerminal(part)) return settle(endOf(part))
    answer = received(answer, part, needs.clock.now())
    saving ??= setTimeout(save, SAVE_EVERY_MS)
    if (part.type === 'text-delta') joiner.push({ type: 'text', text: part.text })
    else if (part.type === 'reasoning-delta') joiner.push({ type: 'reasoning', text: part.text })
  }

  const run = async (): Promise<void> => {
    try {
      // After the terminal part nothing is said, but the connection may still have its own end to read.
      for await (const part of needs.parts(abort.signal, () => void (left = true))) take(part)
      settle({ ending: 'cut_off', failure: null, stopReason: null })
    } catch (error) {
      needs.log.error('running an answer', error)
      settle({ ending: 'failed', failure: failure('internal', { maybeBilled: left }), stopReason: null })
    }
  }
  void run()

  return {
    answer: (stored) => ({ ...stored, parts: answer.parts }),
    lastSeq: () => {
      // The caller is about to be told everything received, so what waits must not come again under a later number.
      joiner.flush()
      return seq
    },
    stop: () => abort.abort(),
    interrupt() {
      settle({ ending: 'interrupted', failure: null, stopReason: null })
      abort.abort()
    },
  }
}
