import type { BudgetAction, BudgetPeriod, BudgetScope } from '../../core/budget'
import type { BudgetId } from '../../core/ids'

// What the window is shown of budgets beside their use, as in views.ts.

/** What a message runs into, or would. */
export interface BudgetMetView {
  readonly budgetId: BudgetId
  readonly scope: BudgetScope
  readonly period: BudgetPeriod
  /**
   * `ask`: it may leave when the user says so. `block`: the limit holds unless it is lifted for once. `warn`: it leaves,
   * and that it does is told.
   */
  readonly action: BudgetAction
  /** The step that is met, to be sent back with `allow`. */
  readonly percent: number
  readonly limit: string
  /** What is left up to that step; below zero where it is passed already. */
  readonly left: string
  /** What the message may cost at most even with a short answer; null while its model has no price. */
  readonly most: string | null
}

/** Why a message did not leave: nothing was sent, and nothing was spent. */
export interface BudgetRefusalView extends BudgetMetView {
  readonly action: 'ask' | 'block'
}

/** Why a message did not leave: as much as the user lets leave unasked has left within minutes. */
export interface LoopRefusalView {
  /** How many requests have left, and what they have cost; of those that run, what they usually would. */
  readonly left: number
  readonly spent: string
  /** The rule. */
  readonly calls: number
  readonly limit: string
  readonly minutes: number
  /** What the message may cost at most; null while its model has no price. */
  readonly most: string | null
}

/** After how much within how many minutes the next request is asked about. */
export interface LoopSettings {
  readonly on: boolean
  readonly calls: 10 | 30 | 100 | 300
  readonly spent: 'usd1' | 'usd5' | 'usd20' | 'usd100'
  readonly minutes: 1 | 5 | 15 | 60
}
