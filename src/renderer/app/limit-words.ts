import type { BudgetAction } from '../../core/budget'
import { formatAmount, picoFromString, type Pico } from '../../core/money'
import type { BudgetRefusalView, BudgetView } from '../../shared/ipc/views'
import {
  budgetSubject,
  heldWords,
  isMeasured,
  limitWords,
  usedWords,
  type BudgetNames,
} from '../features/budgets/budget-words'
import { leftAmount, mostAmount } from '../lib/estimate-words'

/** Why a message stays here, in one sentence with the limit and what is left of it. */
export function refusalWords(refusal: BudgetRefusalView, names: BudgetNames): string {
  const limit = `${limitWords(refusal)} for ${budgetSubject(refusal, names)}`
  if (refusal.most === null) return `This model has no price, so the ${limit} cannot hold it.`
  const most = `even a short answer may cost ${mostAmount(refusal.most)}`
  // A step before the limit is told as what it is: what is left is left until that step.
  const set = refusal.percent === 100 ? `You set ${limit}` : stepWords(refusal, limit)
  if (refusal.period === 'request') return `${set}, and ${most}.`
  const left = picoFromString(refusal.left)
  return `${set}; ${left <= 0n ? 'nothing' : leftAmount(refusal.left)} is left, and ${most}.`
}

function stepWords({ action, percent, limit }: BudgetRefusalView, words: string): string {
  const from = formatAmount((picoFromString(limit) * BigInt(percent)) / 100n)
  return action === 'ask' ? `You are asked from ${from} of the ${words}` : `You set a stop at ${from} of the ${words}`
}

/** How far a budget is used, and what that means for the next message: `$16.20 of $20.00 for November is used.` */
export function budgetLine(budget: BudgetView, names: BudgetNames): string {
  const held = heldWords(budget)
  // One for each conversation comes with the use of this one, and so adds up here.
  const amounts = isMeasured(budget)
    ? usedWords(budget)
    : `${formatAmount(picoFromString(budget.settled))} of ${limitWords(budget)}`
  const used = `${amounts} for ${budgetSubject(budget, names)} is used${held === '' ? '' : `, ${held}`}`
  return `${used}${CONSEQUENCES[passedAction(budget) ?? 'warn']}.`
}

const CONSEQUENCES: Readonly<Record<BudgetAction, string>> = {
  warn: '',
  ask: ': you are asked before more leaves',
  block: ': nothing more leaves',
}

/** The severest step that is passed; `over` alone does not say whether anything follows from it. */
function passedAction(budget: BudgetView): BudgetAction | undefined {
  const limit = picoFromString(budget.limit)
  // Steps ascend in percent and in severity.
  return budget.steps.findLast(({ percent }) => usedOf(budget) * 100n >= limit * BigInt(percent))?.action
}

function usedOf({ settled, reserved }: BudgetView): Pico {
  return picoFromString(settled) + picoFromString(reserved)
}
