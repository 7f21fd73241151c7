import { formatCount, formatCounted } from '../../lib/format'
import { requestWords } from '../../lib/request-words'
import type { Saving } from './saving-store'

/** What is said of a file; empty while there is nothing to say. */
export function savingWords(saving: Saving): string {
  switch (saving.kind) {
    case 'none':
    case 'asked':
      return ''
    case 'writing':
      return 'Saving the file …'
    case 'saved':
      return `Saved ${formatCounted(saving.rowCount, 'row', 'rows')}.`
    case 'stopped':
      return 'Stopped. No file was written.'
    case 'refused':
      return requestWords(saving.error)
  }
}

/** How far it is, `4,000 of 25,000 rows`; empty where that is soon over. */
export function progressWords(saving: Saving): string {
  if (saving.kind !== 'writing' || saving.rows === null) return ''
  return `${formatCount(saving.rowCount)} of ${formatCounted(saving.rows, 'row', 'rows')}`
}
