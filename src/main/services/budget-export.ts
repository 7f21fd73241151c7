import type { BudgetScope } from '../../core/budget'
import { PROVIDERS } from '../../core/provider'
import type { BudgetId } from '../../core/ids'
import type { BudgetEvent } from '../storage/budget-events'
import type { Storage } from '../storage/storage'
import { dollars, pieceOf, type FileFormat, type FilePiece, type FileRow } from './file-pieces'
import { costView } from './views'

/** Decisions of one piece. */
const AT_ONCE = 1_000

const COLUMNS = [
  'time',
  'decision',
  'by',
  'budget',
  'scope',
  'subject',
  'name',
  'period',
  'limit',
  'steps',
  'paused_until',
  'step_percent',
  'left',
  'could_cost',
  'requests_before',
  'minutes',
  'spent_before',
  'call',
  'model',
  'call_cost',
  'currency',
]

/** What was decided about a budget, or with null about all there ever were, newest first. */
export function* exportDecisions(
  storage: Storage,
  budgetId: BudgetId | null,
  format: FileFormat,
): Generator<FilePiece> {
  for (let before: number | null = null; ;) {
    const events = storage.budgetEvents.list(budgetId, before, AT_ONCE + 1)
    const shown = events.slice(0, AT_ONCE)
    const isLast = events.length <= AT_ONCE
    const rows = shown.map((event) => decisionRow(event, storage))
    yield { text: pieceOf(format, COLUMNS, rows, before === null, isLast), rowCount: rows.length }
    const next = shown.at(-1)
    if (isLast || next === undefined) return
    before = next.seq
  }
}

function decisionRow(event: BudgetEvent, storage: Storage): FileRow {
  const base = { time: new Date(event.atMs).toISOString(), decision: event.kind, by: event.decidedBy, currency: 'USD' }
  if (event.kind === 'continued') {
    const { calls, minutes, pico } = event.pace
    const before = { requests_before: calls, minutes, spent_before: dollars(pico) }
    return { ...base, ...before, ...requestCells(event, storage) }
  }
  const { id, scope, period, limit, steps } = event.budget
  const budget = {
    ...base,
    budget: id,
    scope: scope.kind,
    ...subjectCells(scope, storage),
    period,
    limit: dollars(limit),
    steps: steps.map(({ percent, action }) => `${percent}% ${action}`).join('; '),
  }
  if (event.kind === 'paused') {
    return { ...budget, paused_until: event.untilMs === null ? 'resumed' : new Date(event.untilMs).toISOString() }
  }
  if (event.kind !== 'allowed') return budget
  return { ...budget, step_percent: event.percent, left: dollars(event.left), ...requestCells(event, storage) }
}

function subjectCells(scope: BudgetScope, storage: Storage): FileRow {
  switch (scope.kind) {
    case 'all':
      return {}
    case 'provider':
      return { subject: scope.provider, name: PROVIDERS[scope.provider].name }
    case 'connection':
      return { subject: scope.connectionId, name: storage.connections.get(scope.connectionId)?.label ?? null }
    case 'conversation': {
      if (scope.conversationId === null) return {}
      const conversation = storage.conversations.get(scope.conversationId)
      // Nothing outside the app leads to a private one, and nothing to one that is gone.
      if (conversation === undefined) return {}
      if (conversation.isPrivate) return { subject: 'private' }
      return { subject: scope.conversationId, name: conversation.title }
    }
  }
}

/** The request that left, what it could cost and what it did; unknown is empty, and never nothing. */
function requestCells({ callId, most }: Extract<BudgetEvent, { most: unknown }>, storage: Storage): FileRow {
  const call = storage.calls.get(callId)
  const cost = call === undefined || call.state === 'in_flight' ? null : costView(storage.spend.ofCall(callId)).pico
  return {
    could_cost: most === null ? null : dollars(most),
    call: callId,
    model: call?.modelRequested ?? null,
    call_cost: cost === null ? null : dollars(BigInt(cost)),
  }
}
