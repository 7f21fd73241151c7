import { NOTHING_RECEIVED, type Answer, type End } from '../../core/answer'
import type { Message } from '../../core/conversation'
import type { ConnectionId } from '../../core/ids'
import type { PriceBook } from '../../core/price-book'
import type { Log } from '../log'
import type { Clock } from '../ports'
import type { CallRow } from '../storage/calls'
import { isDiskTrouble } from '../storage/database'
import type { Storage } from '../storage/storage'
import { settleCall, settleMessage, settleTurn, withoutReport } from './settlement'

interface Needs {
  readonly storage: Storage
  readonly pricesOf: (id: ConnectionId) => PriceBook
  readonly clock: Clock
  readonly log: Log
}

/**
 * Settles what a killed process left running: the text saved last is kept, what the provider had reported by then is
 * booked, the rest is booked as a range, and what budgets held is released. Runs before anything can start a new answer,
 * and never keeps the app from starting: a call that cannot be settled is logged and left for the next start.
 */
export function recoverTurns(needs: Needs): void {
  const { storage, log } = needs
  for (const call of storage.calls.inFlight()) {
    try {
      recoverCall(needs, call, true)
    } catch (error) {
      log.error('settling an interrupted answer', error)
      if (isDiskTrouble(error)) continue
      try {
        recoverCall(needs, call, false)
      } catch (again) {
        log.error('settling an interrupted answer without its report', again)
      }
    }
  }
  // Killed between two attempts: every call is booked, and the answer still waits.
  for (const turn of storage.turns.running()) {
    const message = storage.messages.answerOf(turn.id)
    const open = storage.calls.ofTurn(turn.id).some(({ state }) => state === 'in_flight')
    if (message === undefined || open) continue
    try {
      settleMessage(needs, message, { ...NOTHING_RECEIVED, ...keptOf(message) }, INTERRUPTED)
    } catch (error) {
      log.error('settling an interrupted answer', error)
    }
  }
}

const INTERRUPTED: End = { ending: 'interrupted', failure: null, stopReason: null }

/** What was saved of an answer; when it stopped thinking is not known if it had not. */
function keptOf(message: Message | undefined): Pick<Answer, 'parts' | 'thought'> {
  return { parts: message?.parts ?? [], thought: message?.thought ?? null }
}

function recoverCall(needs: Needs, call: CallRow, withReport: boolean): void {
  const message = call.messageId === null ? undefined : needs.storage.messages.get(call.messageId)
  const progress = withReport ? needs.storage.calls.progressOf(call.id) : undefined
  const answer = { ...NOTHING_RECEIVED, ...progress, ...keptOf(message) }
  const known = withReport ? answer : withoutReport(answer)
  // A hidden call has no answer, and one that was stopped has been settled without its cost.
  if (message === undefined || message.state !== 'streaming') settleCall(needs, call, known, INTERRUPTED, true)
  else settleTurn(needs, call, message, known, INTERRUPTED, true)
}
