import type { CallId } from '../../../core/ids'
import type { SpendQuery } from '../../../core/spend-query'
import type { RequestError, Result } from '../../../shared/ipc/transport'
import type { SpendExportView } from '../../../shared/ipc/spend-views'
import { request } from '../../bridge/client'

/** What is copied: the calls themselves, or the parts they are taken apart by. */
export type ExportWhat = 'groups' | 'calls'
export type ExportFormat = 'csv' | 'json'

/** A clipboard with more than this is of no use, and a text of it is held whole. */
const PIECES = 10

export type Exported =
  | { readonly kind: 'whole'; readonly text: string; readonly rowCount: number }
  | { readonly kind: 'too-long' }
  | { readonly kind: 'failed'; readonly error: RequestError }

/** A view as one text, fetched piece by piece; none of it where it would be too long. */
export async function exportView(query: SpendQuery, what: ExportWhat, format: ExportFormat): Promise<Exported> {
  let after: CallId | null = null
  let text = ''
  let rowCount = 0
  for (let piece = 0; piece < PIECES; piece += 1) {
    // oxlint-disable-next-line no-await-in-loop -- each piece says where the next begins.
    const result: Result<SpendExportView> = await request('spend.export', { query, what, format, after })
    if (!result.ok) return { kind: 'failed', error: result.error }
    text += result.value.text
    rowCount += result.value.rowCount
    after = result.value.next
    if (after === null) return { kind: 'whole', text, rowCount }
  }
  return { kind: 'too-long' }
}
