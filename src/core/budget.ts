import type { BudgetId, ConnectionId, ConversationId } from './ids'
import type { Pico } from './money'
import type { ProviderId } from './provider'

/** What happens when a step is met: it is said, it is asked about, or the message stays here. */
export const BUDGET_ACTIONS = ['warn', 'ask', 'block'] as const
export type BudgetAction = (typeof BUDGET_ACTIONS)[number]

/** `request`: each call by itself. `total`: for ever. */
export const BUDGET_PERIODS = ['request', 'day', 'month', 'total'] as const
export type BudgetPeriod = (typeof BUDGET_PERIODS)[number]

/** What a budget limits. A connection stands for its key: a replaced key goes on under the same limit. */
export type BudgetScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'provider'; readonly provider: ProviderId }
  | { readonly kind: 'connection'; readonly connectionId: ConnectionId }
  /** Null: each conversation by itself. */
  | { readonly kind: 'conversation'; readonly conversationId: ConversationId | null }

/** At how many percent of the limit what happens, 1 to 100. */
export interface BudgetStep {
  readonly percent: number
  readonly action: BudgetAction
}

/** From when to when a budget stops nothing, epoch milliseconds; `untilMs` null until it is resumed. */
export interface BudgetPause {
  readonly fromMs: number
  readonly untilMs: number | null
}

/** A limit the user has set. Steps ascend in percent; each does what was chosen for it. */
export interface Budget {
  readonly id: BudgetId
  readonly scope: BudgetScope
  readonly period: BudgetPeriod
  readonly limit: Pico
  readonly steps: readonly BudgetStep[]
  readonly pause: BudgetPause | null
}

/** How far a budget is used: what is booked in its period, and what is held for calls that run. */
export interface BudgetUse {
  readonly budget: Budget
  readonly settled: Pico
  readonly reserved: Pico
  /** It goes on counting, and neither asks nor stops. */
  readonly paused: boolean
}

/** A step, and what was left until it. */
export interface MetStep {
  readonly use: BudgetUse
  readonly step: BudgetStep
  /** Below zero where it was passed already. */
  readonly left: Pico
}

/** A step the user has said yes to for one message; those after it still count. */
export interface Allowance {
  readonly budgetId: BudgetId
  readonly percent: number
}

/** What a call may cost at most if its answer may have this many tokens; null when a price is missing. */
export type WorstCase = (outputTokens: number) => Pico | null

/** Whether a call may leave. */
export type Verdict =
  | {
      readonly go: true
      /** As asked for, or as many as every budget has room for. */
      readonly outputTokens: number
      /** To be held until the call has ended; null when its price is unknown. */
      readonly reserve: Pico | null
      /** The budget that shortened the answer. */
      readonly shortenedBy: BudgetId | null
      /** What would have kept it here or made its answer shorter, had the user not said yes: one of each budget. */
      readonly lifted: readonly MetStep[]
    }
  | (MetStep & {
      readonly go: false
      /** With the shortest answer the step lets through. */
      readonly most: Pico | null
    })

/** What sending would run into: a verdict against it, or a step that is only told. */
export type Foreseen = MetStep & { readonly most: Pico | null }

/** Fewer tokens would not be an answer; thinking is part of them. */
export const LEAST_OUTPUT = 1024
/** Rather than shorten an answer below this, a budget that may ask does ask. */
const ASK_OUTPUT = 4096

/**
 * Decides over all budgets a call counts towards. It may go when what is booked, what is held and what it may cost at
 * most stay within every step that asks or blocks; where only a long answer would not, the answer is shortened. So as
 * long as every call stays within what is held for it, no limit that blocks is passed. `wanted`: tokens of the longest
 * answer.
 */
export function decide(
  uses: readonly BudgetUse[],
  worstCase: WorstCase,
  wanted: number,
  allowed: readonly Allowance[],
): Verdict {
  const holding = uses.filter(({ paused }) => !paused)
  const pastOf = ({ budget }: BudgetUse) => allowed.find(({ budgetId }) => budgetId === budget.id)?.percent ?? 0
  const stepsOf = (use: BudgetUse, counts: (percent: number) => boolean): MetStep[] =>
    use.budget.steps
      .filter(({ action, percent }) => action !== 'warn' && counts(percent))
      .map((step) => ({ use, step, left: leftUntil(use, step) }))
  const bounds = holding.flatMap((use) => stepsOf(use, (percent) => percent > pastOf(use)))
  const withShortest = ({ action }: BudgetStep) =>
    worstCase(Math.min(wanted, action === 'ask' ? ASK_OUTPUT : LEAST_OUTPUT))
  const refusals = bounds.filter(({ step, left }) => {
    const least = withShortest(step)
    // What costs nothing takes nothing, even from a limit that is passed.
    return least === null || (least > 0n && least > left)
  })
  // A block outranks a question; of several the one with the least left says the most.
  const [worst] = refusals.toSorted(
    (a, b) => severity(b.step.action) - severity(a.step.action) || compare(a.left, b.left),
  )
  if (worst !== undefined) return { go: false, ...worst, most: withShortest(worst.step) }

  const [tightest] = bounds.toSorted((a, b) => compare(a.left, b.left))
  const outputTokens = tightest === undefined ? wanted : longestWithin(worstCase, wanted, tightest.left)
  const shortenedBy = outputTokens < wanted && tightest !== undefined ? tightest.use.budget.id : null
  const reserve = worstCase(outputTokens)
  const lifted = holding.flatMap((use) => {
    const met = stepsOf(use, (percent) => percent <= pastOf(use)).findLast(
      ({ left }) => reserve === null || (reserve > 0n && reserve > left),
    )
    return met === undefined ? [] : [met]
  })
  return { go: true, outputTokens, reserve, shortenedBy, lifted }
}

/**
 * What a message would run into if it were sent now; null for nothing. `likely`: what it will probably cost, by which
 * warnings go. One that is passed already is no news.
 */
export function foresee(
  uses: readonly BudgetUse[],
  worstCase: WorstCase,
  wanted: number,
  likely: Pico | null,
): Foreseen | null {
  const verdict = decide(uses, worstCase, wanted, [])
  if (!verdict.go) return { use: verdict.use, step: verdict.step, left: verdict.left, most: verdict.most }
  if (likely === null || likely === 0n) return null
  const warnings = uses
    .filter(({ paused }) => !paused)
    .flatMap((use) => use.budget.steps.map((step): MetStep => ({ use, step, left: leftUntil(use, step) })))
    .filter(({ step, left }) => step.action === 'warn' && left > 0n && likely >= left)
  const [first] = warnings.toSorted((a, b) => b.step.percent - a.step.percent || compare(a.left, b.left))
  return first === undefined ? null : { ...first, most: likely }
}

/** Whether a budget stops nothing now. A clock that is back before the pause began ends it: a limit rather holds. */
export function isPaused({ pause }: Budget, nowMs: number): boolean {
  if (pause === null) return false
  return pause.untilMs === null || (nowMs >= pause.fromMs && nowMs < pause.untilMs)
}

/** The severest step a budget has got to; `over` when it is past its limit, `paused` when nothing follows from either. */
export function levelOf({ budget, settled, reserved, paused }: BudgetUse): BudgetAction | 'fine' | 'over' | 'paused' {
  if (paused) return 'paused'
  const used = settled + reserved
  if (used > budget.limit) return 'over'
  if (budget.period === 'request') return 'fine'
  const passed = budget.steps.filter((step) => used >= boundaryOf(budget, step))
  return passed.map(({ action }) => action).toSorted((a, b) => severity(b) - severity(a))[0] ?? 'fine'
}

/** What is left until a step is met; below zero when it is passed. */
export function leftUntil({ budget, settled, reserved }: BudgetUse, step: BudgetStep): Pico {
  return boundaryOf(budget, step) - settled - reserved
}

/** Whether steps make sense together: whole percents of 1 to 100 that ascend. What happens at each is free to choose. */
export function areSteps(steps: readonly BudgetStep[]): boolean {
  return steps.every(({ percent }, index) => {
    const before = steps[index - 1]
    const whole = Number.isInteger(percent) && percent >= 1 && percent <= 100
    return whole && (before === undefined || before.percent < percent)
  })
}

function boundaryOf({ limit }: Budget, { percent }: BudgetStep): Pico {
  return (limit * BigInt(percent)) / 100n
}

/** The worst case grows with the answer, so the longest one that fits is found by halving. */
function longestWithin(worstCase: WorstCase, wanted: number, left: Pico): number {
  const fits = (tokens: number): boolean => (worstCase(tokens) ?? left + 1n) <= left
  if (worstCase(wanted) === 0n || fits(wanted)) return wanted
  let least = Math.min(wanted, LEAST_OUTPUT)
  let most = wanted
  while (most - least > 1) {
    const middle = Math.floor((least + most) / 2)
    if (fits(middle)) least = middle
    else most = middle
  }
  return least
}

function severity(action: BudgetAction): number {
  return BUDGET_ACTIONS.indexOf(action)
}

function compare(a: Pico, b: Pico): number {
  return a < b ? -1 : a > b ? 1 : 0
}
