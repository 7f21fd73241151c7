import { endOf, isTerminal, NOTHING_RECEIVED, received, thoughtUntil, type Answer, type End } from '../../core/answer'
import type { Message } from '../../core/conversation'
import { failure, type Failure } from '../../core/failure'
import type { KeyId } from '../../core/ids'
import { retryAt } from '../../core/retry'
import type { StreamPart } from '../../core/stream-part'
import type { WaitingView } from '../../shared/ipc/views'
import type { Log } from '../log'
import type { Clock } from '../ports'
import { isDiskTrouble } from '../storage/database'
import type { Storage } from '../storage/storage'
import type { Attempt } from './call-plan'
import { createDeltaJoiner } from './delta-joiner'
import type { EventHub } from './event-hub'
import { createPause } from './pause'
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
  /** Whether failed attempts are repeated without being asked. */
  readonly retries: () => boolean
  /** Whether a stopped answer runs on unseen, so that its cost is exact. */
  readonly counts: () => boolean
  /** Makes the one request of an attempt. `leaving` must be called right before it leaves. */
  readonly parts: (attempt: Attempt, signal: AbortSignal, leaving: () => void) => AsyncIterable<StreamPart>
  /** Books an attempt after which another one follows. */
  readonly bookAttempt: (attempt: Attempt, answer: Answer, end: End, left: boolean) => void
  /** Another key to ask with at once, where its user wants that; null for none. `begun`: something has arrived. */
  readonly nextKey: (tried: ReadonlySet<KeyId>, failed: Failure, begun: boolean) => KeyId | null
  /** Writes the next attempt down, with this key or the one before, or says why there is none. */
  readonly repeat: (attempt: Attempt, failed: Failure, keyId: KeyId | null) => Attempt | Failure
  /**
   * Writes the end down and tells it; may throw, and is then called again. `attempt` is null when every attempt is
   * booked already. `left`: a request was made.
   */
  readonly settle: (answer: Answer, end: End, attempt: Attempt | null, left: boolean, seq: number) => void
  /** Ends what is shown while the call runs on. */
  readonly settleShown: (answer: Answer, end: End, seq: number) => void
  /** Books a call that ran on unseen. */
  readonly settleHidden: (attempt: Attempt, answer: Answer, end: End, left: boolean) => void
}

/** The attempt that follows a failed one: with another key at once, or with the same one after a while. */
type Next = { readonly keyId: KeyId } | { readonly keyId: null; readonly untilMs: number }

/** Runs one answer from its first attempt to its settlement. Never throws; every ending reaches a settlement. */
export function runTurn(first: Attempt, message: Message, needs: Needs): RunningTurn {
  const abort = new AbortController()
  let attempt: Attempt | null = first
  let attempts = 1
  const tried = new Set(first.call.keyId === null ? [] : [first.call.keyId])
  let answer = NOTHING_RECEIVED
  let seq = 0
  let left = false
  let ended = false
  let hidden = false
  let doubted = false
  let byHand = false
  let waiting: WaitingView | null = null
  const pause = createPause()
  let saving: NodeJS.Timeout | undefined
  let patience: NodeJS.Timeout | undefined

  const { turnId, conversationId, id: messageId } = message
  const joiner = createDeltaJoiner((deltas) => {
    seq += 1
    const { thought } = answer
    needs.hub.emit('turn.delta', { turnId, conversationId, messageId, seq, deltas, ...(thought && { thought }) })
    return seq
  })

  const save = (): void => {
    saving = undefined
    if (!needs.storage.isOpen()) return
    try {
      needs.storage.transaction(() => {
        if (!hidden) needs.storage.messages.save({ ...message, parts: answer.parts, thought: answer.thought })
        if (attempt !== null) needs.storage.calls.saveProgress(attempt.call.id, answer)
      })
    } catch (error) {
      // A full disk must not end an answer that can still be read; settling will try again.
      needs.log.error('saving a running answer', error)
    }
  }

  /** Writes something down that must not be lost, as often as it takes. `write` is given what may be believed by then. */
  const insist = (write: (answer: Answer) => void, tries: number): void => {
    if (!needs.storage.isOpen()) return
    try {
      write(doubted ? withoutReport(answer) : answer)
    } catch (error) {
      // A full or busy disk says nothing against the report, and a report once dropped is an exact figure lost. Anything
      // else may lie in what the provider said of itself; the text is kept without it all the same.
      doubted ||= tries > 0 && !isDiskTrouble(error)
      if (tries === 0 || tries === SETTLE_TRIES) needs.log.error('settling an answer', error)
      // What cannot be booked now may still be kept, for the next start to book.
      if (tries === 0) save()
      if (tries < SETTLE_TRIES) setTimeout(insist, PATIENCE_MS, write, tries + 1).unref()
    }
  }

  const finish = (end: End): void => {
    if (ended) return
    ended = true
    clearTimeout(saving)
    clearTimeout(patience)
    // The connection may still have its own end to read, so that it can be used again; but not for ever.
    patience = setTimeout(() => abort.abort(), PATIENCE_MS)
    const last = attempt
    if (hidden) {
      if (last !== null) insist((known) => needs.settleHidden(last, known, end, left), 0)
      return
    }
    joiner.flush()
    seq += 1
    const number = seq
    answer = hasThought(answer)
    insist((known) => needs.settle(known, end, last, left, number), 0)
  }

  /** Stopped in the middle of a thought, it has thought until now. */
  const hasThought = (now: Answer): Answer => ({ ...now, thought: thoughtUntil(now.thought, needs.clock.now()) })

  const take = (part: StreamPart): void => {
    answer = received(answer, part, needs.clock.now())
    saving ??= setTimeout(save, SAVE_EVERY_MS)
    if (hidden) return
    if (part.type === 'text-delta') joiner.push({ type: 'text', text: part.text })
    else if (part.type === 'reasoning-delta') joiner.push({ type: 'reasoning', text: part.text })
  }

  /** One request to its last part. */
  const ask = async (current: Attempt): Promise<End> => {
    try {
      let end: End | null = null
      // Read on after the end: a connection that was cut cannot be used again.
      for await (const part of needs.parts(current, abort.signal, () => void (left = true))) {
        if (ended || end !== null) continue
        if (!isTerminal(part)) take(part)
        else {
          end = endOf(part)
          if (nextAfter(end) === null) finish(end)
        }
      }
      return end ?? endOf({ type: 'cut-off' })
    } catch (error) {
      needs.log.error('running an answer', error)
      return endOf({ type: 'failure', failure: failure('internal', { maybeBilled: left }) })
    }
  }

  const nextAfter = ({ failure: failed }: End): Next | null => {
    if (failed === null || ended || hidden || abort.signal.aborted) return null
    const begun = answer.firstByteMs !== null
    const keyId = needs.nextKey(tried, failed, begun)
    if (keyId !== null) return { keyId }
    const untilMs = needs.retries() ? retryAt(failed, attempts, begun, needs.clock.now()) : null
    return untilMs === null ? null : { keyId: null, untilMs }
  }

  const tellWaiting = (now: WaitingView | null): void => {
    waiting = now
    seq += 1
    needs.hub.emit('turn.waiting', { turnId, conversationId, messageId, seq, waiting })
  }

  /** Waits for the next attempt with the same key; false when none is to be made. */
  const waitUntil = async (untilMs: number, end: End, why: Failure): Promise<boolean> => {
    tellWaiting({ untilMs, attempt: attempts + 1, failure: why })
    await pause.until(untilMs - needs.clock.now())
    if (ended) return false
    // The user may have stopped it, or switched repeating off, while it waited.
    if (abort.signal.aborted || !(byHand || needs.retries())) {
      finish(end)
      return false
    }
    byHand = false
    tellWaiting(null)
    attempts += 1
    return true
  }

  /** Books the failed attempt and begins the next; false when it ended meanwhile, or when there is to be none. */
  const prepareNext = async (failed: Attempt, end: End, then: Next): Promise<boolean> => {
    const why = end.failure
    if (why === null) return false
    try {
      needs.bookAttempt(failed, answer, end, left)
    } catch (error) {
      // Nothing is asked for again before what was asked for is written down.
      needs.log.error('booking a failed attempt', error)
      return false
    }
    attempt = null
    left = false
    answer = NOTHING_RECEIVED
    if (then.keyId === null && !(await waitUntil(then.untilMs, end, why))) return false
    const next = needs.repeat(failed, why, then.keyId)
    if (!('call' in next)) {
      finish({ ...end, failure: next })
      return false
    }
    attempt = next
    if (next.call.keyId !== null) tried.add(next.call.keyId)
    return true
  }

  const run = async (): Promise<void> => {
    for (let current: Attempt | null = first; current !== null; current = attempt) {
      const end = await ask(current)
      const then = nextAfter(end)
      if (then === null || !(await prepareNext(current, end, then))) {
        finish(end)
        break
      }
    }
    clearTimeout(patience)
  }
  void run().catch((error: unknown) => {
    needs.log.error('running an answer', error)
    finish(endOf({ type: 'failure', failure: failure('internal', { maybeBilled: left }) }))
  })

  const end = (): void => {
    if (ended) return
    abort.abort()
    pause.end()
    // The keychain may be asking its user, or a socket may not listen: Stop does not depend on their answer.
    patience ??= setTimeout(() => finish(endOf({ type: 'stopped' })), PATIENCE_MS)
  }

  const hide = (): void => {
    joiner.flush()
    seq += 1
    const number = seq
    const shown = hasThought(answer)
    hidden = true
    insist(() => needs.settleShown(shown, endOf({ type: 'stopped' }), number), 0)
  }

  return {
    answer: (stored) => ({ ...stored, parts: answer.parts, thought: answer.thought }),
    lastSeq: () => {
      // The caller is about to be told everything received, so what waits must not come again under a later number; and
      // it may be a page that knows nothing of what another one has left unanswered.
      joiner.restart()
      return seq
    },
    seen: joiner.seen,
    waiting: () => waiting,
    retryNow() {
      byHand = waiting !== null
      pause.end()
    },
    conversationId,
    stop() {
      if (ended || hidden) return
      if (left && waiting === null && needs.counts()) hide()
      else end()
    },
    end,
    interrupt() {
      finish({ ending: 'interrupted', failure: null, stopReason: null })
      abort.abort()
      pause.end()
    },
  }
}
