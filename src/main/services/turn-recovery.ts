import { NOTHING_RECEIVED } from '../../core/answer'
import type { ConnectionId } from '../../core/ids'
import type { PriceBook } from '../../core/price-book'
import type { Log } from '../log'
import type { Clock } from '../ports'
import type { CallRow } from '../storage/calls'
import { isDiskTrouble } from '../storage/database'
import type { Storage } from '../storage/storage'
import { settleTurn, withoutReport } from './settlement'

interface Needs {
  readonly storage: Storage
  readonly pricesOf: (id: ConnectionId) => PriceBook
  readonly clock: Clock
  readonly log: Log
}

/**
 * Settles what a killed process left running: the text saved last is kept, what the provider had reported by then is
 * booked, the rest is booked as a range. Runs before anything can start a new answer, and never keeps the app from
 * starting: a call that cannot be settled is logged and left for the next start.
 */
export function recoverTurns(needs: Needs): void {
  for (const call of needs.storage.calls.inFlight()) {
    try {
      recover(needs, call, true)
    } catch (error) {
      needs.log.error('settling an interrupted answer', error)
      if (isDiskTrouble(error)) continue
      try {
        recover(needs, call, false)
      } catch (again) {
        needs.log.error('settling an interrupted answer without its report', again)
      }
    }
  }
}

function recover(needs: Needs, call: CallRow, withReport: boolean): void {
  const { turnId, messageId } = call
  const message = messageId === null ? undefined : needs.storage.messages.get(messageId)
  if (turnId === null || message === undefined) throw new Error('a running call has no answer to settle')
  const progress = withReport ? needs.storage.calls.progressOf(call.id) : undefined
  const answer = { ...NOTHING_RECEIVED, ...progress, parts: message.parts }
  const end = { ending: 'interrupted', failure: null, stopReason: null } as const
  settleTurn(needs, { ...call, turnId }, message, withReport ? answer : withoutReport(answer), end, true)
}
