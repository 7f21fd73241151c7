import type { CallId, ConversationId } from '../../core/ids'
import { daysIn, stepFor, stepOf, type SpendQuery } from '../../core/spend-query'
import type { CostView } from '../../shared/ipc/views'
import type { SpendExportView, SpendPartView } from '../../shared/ipc/spend-views'
import type { Catalog } from '../catalog/catalog'
import type { CallRow } from '../storage/calls'
import type { BookedLine } from '../storage/ledger'
import { addUp } from '../storage/spend-calls'
import type { Storage } from '../storage/storage'
import { dollars, pieceOf, type FileFormat, type FilePiece, type FileRow } from './file-pieces'
import { COLUMNS, groupsOf, groupViewer } from './spend-groups'
import { costView } from './views'

interface Needs {
  readonly storage: Storage
  readonly catalog: Catalog
}

/** Calls of one piece: a tenth of a second's work. A file of any length is never one text, here or on its way. */
export const CALLS_AT_ONCE = 2_000

/** The groups of a report, all of them. */
export function exportGroups({ storage, catalog }: Needs, query: SpendQuery, format: FileFormat): SpendExportView {
  const { range, filter, by } = query
  const view = groupViewer({ storage, catalog }, by)
  const rows = groupsOf(by, storage.spendCalls.sums(range, filter, COLUMNS[by])).map((group) =>
    groupRow(by, view(group)),
  )
  return { text: pieceOf(format, groupColumns(by), rows, true, true), rowCount: rows.length, next: null }
}

/** The next calls of a range, newest first; null where there is no such call to go on after. */
export function exportCalls(
  needs: Needs,
  { range, filter }: SpendQuery,
  format: FileFormat,
  after: CallId | null,
): SpendExportView | null {
  const found = needs.storage.spendCalls.page(range, filter, after, CALLS_AT_ONCE + 1)
  if (found === null) return null
  const ids = found.slice(0, CALLS_AT_ONCE).map(({ id }) => id)
  const isLast = found.length <= CALLS_AT_ONCE
  const piece = callsPiece(needs, ids, format, { isFirst: after === null, isLast })
  return { ...piece, next: isLast ? null : (ids.at(-1) ?? null) }
}

/** These calls, as they are now, as a piece of a file. */
export function callsPiece(
  { storage }: Needs,
  ids: readonly CallId[],
  format: FileFormat,
  { isFirst, isLast }: { readonly isFirst: boolean; readonly isLast: boolean },
): FilePiece {
  const calls = ids.flatMap((id) => storage.calls.get(id) ?? [])
  const titles = new Map<ConversationId, string | null>()
  const titleOf = ({ conversationId, isPrivate }: CallRow): string | null => {
    if (conversationId === null || isPrivate) return null
    const known = titles.get(conversationId)
    if (known !== undefined) return known
    const title = storage.conversations.get(conversationId)?.title ?? null
    titles.set(conversationId, title)
    return title
  }
  const keys = new Map(
    calls.map(({ keyId }) => [keyId, keyId === null ? null : (storage.keys.get(keyId)?.label ?? null)]),
  )
  const rows = calls.map((call) => {
    const cost = costView(storage.spend.ofCall(call.id))
    const names = { conversation: titleOf(call), key: keys.get(call.keyId) ?? null }
    return callRow(call, cost, storage.ledger.ofCall(call.id), names)
  })
  return { text: pieceOf(format, CALL_COLUMNS, rows, isFirst, isLast), rowCount: rows.length }
}

/** What each provider has cost step by step, as the bars are drawn: days, or weeks or months of a long range. */
export function exportSteps({ storage }: Needs, { range, filter }: SpendQuery, format: FileFormat): SpendExportView {
  const step = stepFor(daysIn(range) ?? 0)
  const cells = Map.groupBy(
    storage.spendCalls.sums(range, filter, ['day', 'provider']),
    ({ day, provider }) => `${stepOf(step, day)} ${provider}`,
  )
  const rows = [...cells]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, sums]): FileRow => {
      const { calls, ...cost } = addUp(sums)
      const [day = '', provider = ''] = key.split(' ')
      return { [step]: day, provider, calls, ...costCells(costView(cost)) }
    })
  const columns = [step, 'provider', 'calls', ...COST_COLUMNS]
  return { text: pieceOf(format, columns, rows, true, true), rowCount: rows.length, next: null }
}

const COST_COLUMNS = ['input_tokens', 'output_tokens', 'cost', 'at_least', 'at_most', 'currency', 'class'] as const

/** Groups by provider have one column less. */
const groupColumns = (by: string) => [
  ...new Set([by, 'name', 'provider', 'calls', 'answers', 'last_call', ...COST_COLUMNS]),
]

const CALL_COLUMNS = [
  'time',
  'local_day',
  'provider',
  'model',
  'connection',
  'key',
  'purpose',
  'retry',
  'outcome',
  'private',
  'conversation',
  'cache_read_tokens',
  'cache_write_tokens',
  ...COST_COLUMNS,
  'cache_saved',
  'call',
] as const

function groupRow(by: string, part: SpendPartView): FileRow {
  return {
    [by]: part.key,
    name: part.name,
    provider: part.provider,
    calls: part.callCount,
    answers: part.messages,
    last_call: new Date(part.lastMs).toISOString(),
    ...costCells(part.spend),
  }
}

interface Names {
  readonly conversation: string | null
  readonly key: string | null
}

function callRow(call: CallRow, cost: CostView, lines: readonly BookedLine[], { conversation, key }: Names): FileRow {
  const tokens = (prefix: string): number | null => {
    const its = lines.filter(({ bucket, corrects }) => corrects === null && bucket.startsWith(prefix))
    return its.length === 0 ? null : its.reduce((sum, { units }) => sum + units, 0)
  }
  return {
    time: new Date(call.startedMs).toISOString(),
    local_day: call.localDay,
    provider: call.provider,
    model: call.modelRequested,
    connection: call.connectionLabel,
    key,
    purpose: call.purpose,
    retry: call.automatic ? 'yes' : 'no',
    outcome: call.state,
    private: call.isPrivate ? 'yes' : 'no',
    conversation,
    cache_read_tokens: tokens('in_cache_read'),
    cache_write_tokens: tokens('in_cache_write'),
    ...costCells(cost),
    cache_saved: call.cacheSaved === null ? null : dollars(call.cacheSaved),
    call: call.id,
  }
}

/** Unknown is empty, never nothing: `at_least` is what is known then. */
function costCells({ pico, atLeast, upper, costClass, inputTokens, outputTokens }: CostView): FileRow {
  return {
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    cost: pico === null ? null : dollars(BigInt(pico)),
    at_least: dollars(BigInt(atLeast)),
    at_most: upper === null ? null : dollars(BigInt(upper)),
    currency: 'USD',
    class: costClass,
  }
}
