import type { CallView } from '../../../shared/ipc/spend-views'
import type { LedgerProofView } from '../../../shared/ipc/views'
import { formatCount, formatDate, formatWhen } from '../../lib/format'

/** The calls that can be named when an entry of one is not as it was booked. */
export type KnownCall = Pick<CallView, 'id' | 'model' | 'startedMs'>

/** What verifying the ledger has found: that all is as booked, or the first place that is not and what that means. */
export function proofWords(proof: LedgerProofView, calls: readonly KnownCall[], nowMs: number): string {
  if (proof.ok) return soundWords(proof.entries)
  switch (proof.kind) {
    case 'entry': {
      const call = calls.find(({ id }) => id === proof.callId)
      const whose = call === undefined ? '' : ` (${call.model}, ${formatWhen(call.startedMs, nowMs)})`
      return `Entry ${formatCount(proof.seq)}${whose} is not as it was booked. Something other than Latchkey has changed the ledger, or its file is damaged; sums that count this entry may be wrong.`
    }
    case 'end':
      return `From entry ${formatCount(proof.seq)} on, the ledger does not end as it was booked. Entries are missing, or something other than Latchkey has added some; the newest sums may be wrong.`
    case 'day':
      return `Every entry is as booked, but the sum kept for ${formatDate(proof.localDay)} is not the sum of its entries. What is shown for that day and its month may be wrong.`
  }
}

function soundWords(entries: number): string {
  if (entries === 0) return 'Nothing is booked yet.'
  return entries === 1 ? 'The one entry is as booked.' : `All ${formatCount(entries)} entries are as booked.`
}
