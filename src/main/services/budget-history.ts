import type { BudgetId, CallId } from '../../core/ids'
import type {
  AllowedCallView,
  BudgetEventView,
  BudgetHistoryView,
  PastBudgetView,
} from '../../shared/ipc/budget-history-views'
import type { Result } from '../../shared/ipc/transport'
import type { Catalog } from '../catalog/catalog'
import type { BudgetEvent } from '../storage/budget-events'
import type { Storage } from '../storage/storage'
import { done } from './result'
import { costView } from './views'

const PAGE = 50

interface Needs {
  readonly storage: Storage
  readonly catalog: Catalog
}

/** What was decided about budgets, for the window. */
export function createBudgetHistory({ storage, catalog }: Needs) {
  const callOf = (id: CallId): AllowedCallView | null => {
    const call = storage.calls.get(id)
    if (call === undefined) return null
    const { conversationId, modelRequested, provider, state } = call
    const modelName = catalog.findModel(provider, modelRequested)?.name ?? modelRequested
    return { id, conversationId, modelName, running: state === 'in_flight', cost: costView(storage.spend.ofCall(id)) }
  }

  const viewOf = (event: BudgetEvent): BudgetEventView => {
    const { seq, atMs, decidedBy: by } = event
    const base = { seq, atMs, by }
    if (event.kind === 'continued') {
      const { kind, pace, most, callId } = event
      const { calls: left, minutes } = pace
      return { ...base, kind, left, spent: pace.pico.toString(), minutes, most: text(most), call: callOf(callId) }
    }
    const budget: PastBudgetView = { ...event.budget, limit: event.budget.limit.toString() }
    if (event.kind === 'paused') return { ...base, kind: event.kind, budget, untilMs: event.untilMs }
    if (event.kind !== 'allowed') return { ...base, kind: event.kind, budget }
    const { kind, percent, left, most, callId } = event
    return { ...base, kind, budget, percent, left: left.toString(), most: text(most), call: callOf(callId) }
  }

  return {
    list({ budgetId, before }: { budgetId: BudgetId | null; before: number | null }): Result<BudgetHistoryView> {
      // One more than is shown tells whether there are more.
      const events = storage.budgetEvents.list(budgetId, before, PAGE + 1)
      const shown = events.slice(0, PAGE)
      const last = shown.at(-1)
      return done({ events: shown.map(viewOf), next: events.length > PAGE && last !== undefined ? last.seq : null })
    },
  }
}

export type BudgetHistory = ReturnType<typeof createBudgetHistory>

function text(pico: bigint | null): string | null {
  return pico === null ? null : pico.toString()
}
