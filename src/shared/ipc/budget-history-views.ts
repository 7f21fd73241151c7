import type { BudgetPeriod, BudgetScope, BudgetStep } from '../../core/budget'
import type { BudgetId, CallId, ConversationId } from '../../core/ids'
import type { CostView } from './views'

// What the window is shown of what was decided about budgets, as in views.ts.

/** A budget as it was when something was decided about it. */
export interface PastBudgetView {
  readonly id: BudgetId
  readonly scope: BudgetScope
  readonly period: BudgetPeriod
  readonly limit: string
  readonly steps: readonly BudgetStep[]
}

/** A request that left because its user said so. */
export interface AllowedCallView {
  readonly id: CallId
  /** Null where it was for none; it may be gone. */
  readonly conversationId: ConversationId | null
  readonly modelName: string
  readonly running: boolean
  readonly cost: CostView
}

/** Something that was decided. Amounts are decimal strings of pico-dollars. */
export type BudgetEventView = {
  readonly seq: number
  readonly atMs: number
  /** `app`: nobody decided it; what the budget was about is gone. */
  readonly by: 'user' | 'app'
} & (
  | { readonly kind: 'set' | 'changed' | 'resumed' | 'removed'; readonly budget: PastBudgetView }
  | { readonly kind: 'paused'; readonly budget: PastBudgetView; readonly untilMs: number | null }
  | {
      readonly kind: 'allowed'
      readonly budget: PastBudgetView
      readonly percent: number
      /** Until that step, before the request; and what the request could cost at most, null without a price. */
      readonly left: string
      readonly most: string | null
      readonly call: AllowedCallView | null
    }
  | {
      readonly kind: 'continued'
      /** How many requests had left within how many minutes, and what they had cost. */
      readonly left: number
      readonly spent: string
      readonly minutes: number
      readonly most: string | null
      readonly call: AllowedCallView | null
    }
)

export interface BudgetHistoryView {
  /** Newest first. */
  readonly events: readonly BudgetEventView[]
  /** To be asked for with `before`; null at the end. */
  readonly next: number | null
}
