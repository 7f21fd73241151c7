import { isUnsettled, takeBack } from '../../core/corrections'
import { generationLines, type Generation } from '../../core/generation'
import type { CallId } from '../../core/ids'
import type { ProviderId } from '../../core/provider'
import type { Egress } from '../egress/egress'
import type { Log } from '../log'
import type { Clock } from '../ports'
import { askGeneration } from '../providers/openai-compatible/generation'
import type { CallRow } from '../storage/calls'
import type { Storage } from '../storage/storage'
import type { Vault } from '../vault/vault'
import { originOf } from './base-url'
import { keysInOrder } from './key-order'
import { lendKey } from './lend-key'

/** Runs `work`, which never rejects, after so many milliseconds, unless the returned function is called before. */
export type Schedule = (afterMs: number, work: () => Promise<void>) => () => void

/** On a timer that keeps no process alive. */
export const onTimer: Schedule = (afterMs, work) => {
  const timer = setTimeout(() => void work(), afterMs)
  timer.unref()
  return () => clearTimeout(timer)
}

/** The pauses before each request, in milliseconds: a call is accounted for some seconds after its end, or later. */
const PAUSES_MS = [3_000, 10_000, 30_000, 120_000]
/** What was not told within a day is not waited for. */
const DAY_MS = 86_400_000
/** A server that needs longer to find one row is not there. */
const PATIENCE_MS = 15_000
/** The only one that tells what a call has cost after it has ended. */
const TELLS_LATER: ProviderId = 'openrouter'

interface Needs {
  readonly storage: Storage
  readonly vault: Vault
  readonly egress: Egress
  readonly clock: Clock
  readonly log: Log
  readonly schedule: Schedule
  /** Whether the user lets these requests leave; asked before each. */
  readonly enabled: () => boolean
  /** Tells the window that the cost of a call, and with it every sum, is not what it was. */
  readonly settled: (callId: CallId) => void
}

/**
 * Settles calls whose cost was not certain when they ended, by asking OpenRouter for the charge: free requests, one at a
 * time, each with the key the call itself was made with. What was booked is taken back and the charge booked beside it,
 * once. Nothing here throws, and nothing keeps the app from closing.
 */
export function createLateSettlement(needs: Needs) {
  const { storage } = needs
  const closing = new AbortController()
  const waiting = new Map<CallId, () => void>()
  let queue: Promise<void> = Promise.resolve()

  const mayAsk = (): boolean => !closing.signal.aborted && storage.isOpen() && needs.enabled()

  const wait = (id: CallId, attempt: number): void => {
    const pause = PAUSES_MS[attempt]
    if (pause === undefined || closing.signal.aborted) return void waiting.delete(id)
    const cancel = needs.schedule(pause, () => {
      queue = queue.then(() => attend(id, attempt))
      return queue
    })
    waiting.set(id, cancel)
  }

  const attend = async (id: CallId, attempt: number): Promise<void> => {
    try {
      const answer = await ask(id)
      if (answer === 'not_yet') return wait(id, attempt + 1)
      if (answer !== 'no' && storage.isOpen() && book(id, answer)) needs.settled(id)
    } catch (error) {
      report(error)
    }
    waiting.delete(id)
  }

  /** One request. Only with the key of the call: another may be another account's, and its host another's host. */
  const ask = async (id: CallId) => {
    const open = mayAsk() ? openCall(id) : undefined
    const connection = open && storage.connections.get(open.call.connectionId)
    const keyId = open?.call.keyId ?? null
    if (open === undefined || connection === undefined) return 'no'
    if (keyId !== connection.keyId && (keyId === null || !keysInOrder(needs, connection).includes(keyId))) return 'no'
    const lent = await lendKey(needs.vault, { ...connection, keyId })
    if (!lent.ok || !mayAsk()) return 'no'
    const route = {
      origin: originOf(connection.baseUrl),
      connectionId: connection.id,
      purpose: 'generation',
      callId: id,
      secret: lent.key,
    } as const
    return askGeneration(open.responseId, {
      key: lent.key,
      baseUrl: connection.baseUrl,
      fetch: needs.egress.fetchFor(route),
      signal: AbortSignal.any([closing.signal, AbortSignal.timeout(PATIENCE_MS)]),
    })
  }

  /** A call whose cost can still be asked for. */
  const openCall = (id: CallId): { call: CallRow; responseId: string } | undefined => {
    const call = storage.calls.get(id)
    if (call === undefined || call.state === 'in_flight') return undefined
    const responseId = storage.calls.progressOf(id)?.responseId ?? null
    return responseId !== null && isUnsettled(storage.ledger.ofCall(id)) ? { call, responseId } : undefined
  }

  /** False when it was settled in the meantime. */
  const book = (id: CallId, generation: Generation): boolean =>
    storage.transaction(() => {
      const open = openCall(id)
      if (open === undefined) return false
      const { call } = open
      const bookedMs = needs.clock.now()
      const model = storage.calls.progressOf(id)?.modelAnswered ?? call.modelRequested
      const corrections = takeBack(storage.ledger.ofCall(id))
      storage.ledger.correct(
        call,
        corrections.map((part) => ({ ...part, reason: 'generation' })),
        bookedMs,
      )
      storage.ledger.append(call, generationLines(generation, model), bookedMs)
      return true
    })

  const report = (error: unknown): void => {
    if (!closing.signal.aborted) needs.log.error('settling a call late', error)
  }

  const begin = (id: CallId): void => {
    if (!waiting.has(id) && mayAsk() && openCall(id) !== undefined) wait(id, 0)
  }

  return {
    /** Call it once a call is settled. */
    callEnded({ id, provider }: Pick<CallRow, 'id' | 'provider'>): void {
      if (provider !== TELLS_LATER) return
      try {
        begin(id)
      } catch (error) {
        report(error)
      }
    },

    /** Goes on with what the last run left open. */
    resume(): void {
      if (!mayAsk()) return
      try {
        for (const id of storage.calls.answeredSince(TELLS_LATER, needs.clock.now() - DAY_MS)) begin(id)
      } catch (error) {
        report(error)
      }
    },

    /** Lets go of everything at once; the next start goes on. */
    close(): void {
      closing.abort()
      for (const cancel of waiting.values()) cancel()
      waiting.clear()
    },
  }
}

/** What can be asked of it. */
export type LateSettlement = ReturnType<typeof createLateSettlement>
