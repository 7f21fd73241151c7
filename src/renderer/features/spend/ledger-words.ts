import type { CallView } from '../../../shared/ipc/spend-views'
import type { LedgerProgressView, LedgerProofView, RebuiltView } from '../../../shared/ipc/views'
import { formatCount, formatCounted, formatDate, formatMonth, formatWhen } from '../../lib/format'
import { requestWords } from '../../lib/request-words'
import type { Found } from './ledger-store'

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
    case 'month':
      return `Every entry is as booked, but the sum kept for ${formatMonth(proof.month)} is not the sum of its calls. What is shown for ranges with that month may be wrong.`
  }
}

function soundWords(entries: number): string {
  if (entries === 0) return 'Nothing is booked yet.'
  return entries === 1 ? 'The one entry is as booked.' : `All ${formatCount(entries)} entries are as booked.`
}

/** What was found, how it is to be taken, and whether sums can be put right. */
export interface FoundWords {
  readonly text: string
  readonly kind: 'sound' | 'fault' | 'quiet'
  readonly canRebuild: boolean
}

/** What verifying or rebuilding came to. */
export function foundWords({ work, result }: Found, calls: readonly KnownCall[], nowMs: number): FoundWords {
  if (!result.ok) {
    const kind = result.error.code === 'cancelled' ? 'quiet' : 'fault'
    return { text: requestWords(result.error), kind, canRebuild: false }
  }
  if (!result.value.ok) {
    const isOfSums = result.value.kind === 'day' || result.value.kind === 'month'
    const text = proofWords(result.value, calls, nowMs)
    // Sums of entries that are not as booked would be wrong as well.
    return { text: work === 'rebuild' ? `${text} Nothing was rebuilt.` : text, kind: 'fault', canRebuild: isOfSums }
  }
  const text = 'mended' in result.value ? rebuiltWords(result.value) : soundWords(result.value.entries)
  return { text, kind: 'sound', canRebuild: false }
}

/** As all words of the app are: in English. */
const LIST = new Intl.ListFormat('en-GB')

type Rebuilt = Extract<RebuiltView, { readonly ok: true }>

function rebuiltWords({ entries, mended: { calls, days, months } }: Rebuilt): string {
  const what = [
    ...(calls > 0 ? [formatCounted(calls, 'call', 'calls')] : []),
    ...(days > 0 ? [formatCounted(days, 'day', 'days')] : []),
    ...(months ? ['months'] : []),
  ]
  const sound = soundWords(entries)
  return what.length === 0 ? `Every sum was right. ${sound}` : `The sums of ${LIST.format(what)} were rebuilt. ${sound}`
}

/** What is done now. */
export function workWords(work: LedgerProgressView['work']): string {
  return work === 'verify' ? 'Verifying the ledger' : 'Rebuilding sums'
}

/** How far it has come. */
export function progressWords(progress: LedgerProgressView | null): string {
  if (progress === null) return ''
  const far = `${formatCount(progress.done)} of ${formatCount(progress.total)}`
  switch (progress.of) {
    case 'entries':
      return `Entries: ${far}`
    case 'calls':
      return `Sums of calls: ${far}`
    case 'days':
      return `Sums of days: ${far}`
    case 'months':
      return `Sums of months: ${far}`
  }
}
