import { create } from 'zustand'
import type { BudgetId } from '../../../core/ids'
import type { Calendar } from '../../../core/period'
import type { RequestError, RequestInput, Result } from '../../../shared/ipc/transport'
import type { BudgetView } from '../../../shared/ipc/views'
import { request } from '../../bridge/client'

interface BudgetsState {
  /** Oldest first. */
  readonly budgets: readonly BudgetView[]
  /** Which days and months they go by. */
  readonly calendar: Calendar
  receive(budgets: readonly BudgetView[]): void
  countBy(calendar: Calendar): void
  /** Asked for when they are looked at and, unasked, when a day ends: a day, a month and a pause end without a word. */
  load(unasked?: true): Promise<void>
  /** Sets a limit; another one of the same scope and period gives way to it. */
  keep(budget: RequestInput<'budget.set'>): Promise<Result<BudgetView>>
  /** It stops nothing until then, a local day, `today` or `resumed`: null once that is so. */
  pause(budgetId: BudgetId, until: RequestInput<'budget.pause'>['until']): Promise<RequestError | null>
  resume(budgetId: BudgetId): Promise<RequestError | null>
  /** Null once it is gone. */
  remove(budgetId: BudgetId): Promise<RequestError | null>
}

/** The limits the user has set, and how far each is used. */
export const useBudgets = create<BudgetsState>()((set) => ({
  budgets: [],
  calendar: 'local',
  receive: (budgets) => set({ budgets }),
  countBy: (calendar) => set({ calendar }),
  async load(unasked) {
    const result = await request('budget.list', unasked === undefined ? {} : { unasked })
    if (result.ok) set({ budgets: result.value })
  },
  async keep(budget) {
    const result = await request('budget.set', budget)
    if (result.ok) set(({ budgets }) => ({ budgets: merged(budgets, result.value) }))
    return result
  },
  async pause(budgetId, until) {
    const result = await request('budget.pause', { budgetId, until })
    if (!result.ok) return result.error
    set(({ budgets }) => ({ budgets: merged(budgets, result.value) }))
    return null
  },
  async resume(budgetId) {
    const result = await request('budget.resume', { budgetId })
    if (!result.ok) return result.error
    set(({ budgets }) => ({ budgets: merged(budgets, result.value) }))
    return null
  },
  async remove(budgetId) {
    const result = await request('budget.remove', { budgetId })
    // Gone already is gone too.
    if (!result.ok && result.error.code !== 'not_found') return result.error
    set(({ budgets }) => ({ budgets: budgets.filter(({ id }) => id !== budgetId) }))
    return null
  },
}))

function merged(budgets: readonly BudgetView[], kept: BudgetView): readonly BudgetView[] {
  const known = budgets.some(({ id }) => id === kept.id)
  return known ? budgets.map((budget) => (budget.id === kept.id ? kept : budget)) : [...budgets, kept]
}
