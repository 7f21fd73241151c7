import { NOTHING_RECEIVED } from '../../core/answer'
import type { Catalog } from '../catalog/catalog'
import type { Clock } from '../ports'
import type { Storage } from '../storage/storage'
import { settleTurn } from './settlement'

/**
 * Settles what a killed process left running: the text saved last is kept, what the provider had reported by then is
 * booked, the rest is booked as a range. Runs before anything can start a new answer. Returns how many there were.
 */
export function recoverTurns(needs: { storage: Storage; catalog: Catalog; clock: Clock }): number {
  const { storage } = needs
  const left = storage.calls.inFlight()
  for (const call of left) {
    const message = storage.messages.get(call.messageId)
    // The call row and the message are written in one transaction, so a call without one is no crash but a defect.
    if (message === undefined) throw new Error('a running call has no answer to settle')
    const answer = { ...NOTHING_RECEIVED, ...storage.calls.progressOf(call.id), parts: message.parts }
    settleTurn(needs, call, message, answer, { ending: 'interrupted', failure: null, stopReason: null }, true)
  }
  return left.length
}
