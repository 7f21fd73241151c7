import type { BudgetAction } from '../../core/budget'
import { formatAmount, formatSum, picoFromString } from '../../core/money'
import type { BudgetMetView, BudgetRefusalView, LoopRefusalView } from '../../shared/ipc/budget-views'
import type { BudgetView } from '../../shared/ipc/views'
import {
  budgetSubject,
  heldWords,
  isMeasured,
  limitWords,
  passedStep,
  pauseWords,
  usedWords,
  type BudgetNames,
} from '../features/budgets/budget-words'
import { leftAmount, mostAmount } from '../lib/estimate-words'
import { formatCounted } from '../lib/format'

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
export function budgetLine(budget: BudgetView, names: BudgetNames, nowMs: number): string {
  const held = heldWords(budget)
  // One for each conversation comes with the use of this one, and so adds up here.
  const amounts = isMeasured(budget)
    ? usedWords(budget)
    : `${formatAmount(picoFromString(budget.settled))} of ${limitWords(budget)}`
  const used = `${amounts} for ${budgetSubject(budget, names)} is used${held === '' ? '' : `, ${held}`}`
  if (budget.level === 'paused') return `${used}; paused ${pauseWords(budget, nowMs)}, so it stops nothing.`
  // `over` alone does not say whether anything follows from it.
  return `${used}${CONSEQUENCES[passedStep(budget)?.action ?? 'warn']}.`
}

const CONSEQUENCES: Readonly<Record<BudgetAction, string>> = {
  warn: '',
  ask: ': you are asked before more leaves',
  block: ': nothing more leaves',
}

/** What a message would run into, before it is sent: `This message may pass $16.00 of the $20.00 for November.` */
export function meetsLine(met: BudgetMetView, names: BudgetNames): string {
  const limit = `${limitWords(met)} for ${budgetSubject(met, names)}`
  if (met.most === null) return `This model has no price, so the ${limit} cannot hold it: you are asked first.`
  const from = formatAmount((picoFromString(met.limit) * BigInt(met.percent)) / 100n)
  const step = met.percent === 100 ? `the ${limit}` : `${from} of the ${limit}`
  const after = { warn: '', ask: ': you are asked first', block: ': it stays here' }[met.action]
  return met.period === 'request'
    ? `This message may cost more than ${step}${after}.`
    : `This message may pass ${step}${after}.`
}

/** The one line above a message: how far a budget is that stops it, else what would, else what it would only reach. */
export function composerLine(
  tightest: BudgetView | null,
  meets: BudgetMetView | null,
  names: BudgetNames,
  nowMs: number,
): string | null {
  const line = tightest === null ? null : budgetLine(tightest, names, nowMs)
  if (meets === null) return line
  // What is passed already says more than that it would be.
  const passed = tightest?.id === meets.budgetId && passedStep(tightest)?.action === meets.action
  return line !== null && (passed || meets.action === 'warn') ? line : meetsLine(meets, names)
}

/** The same in the row of a model, where room is short. */
export function meetsWords({ action }: Pick<BudgetMetView, 'action'>): string {
  return { warn: 'reaches a warning', ask: 'asks first', block: 'over budget' }[action]
}

/** Why a message waits after many: `30 requests have left within 5 minutes and cost $0.41.` */
export function loopWords({ left, spent, calls, limit, minutes, most }: LoopRefusalView): string {
  const pace = `${formatCounted(left, 'request has', 'requests have')} left within ${minutesWords(minutes)}`
  const cost = picoFromString(spent) === 0n ? '' : `, and cost about ${mostAmount(spent)}`
  const rule = `You set ${calls} or ${formatSum(picoFromString(limit))} as what leaves unasked`
  const next = most === null ? 'what this one costs is not known' : `this one may cost up to ${mostAmount(most)}`
  return `${pace}${cost}. ${rule}; ${next}.`
}

function minutesWords(minutes: number): string {
  if (minutes === 1) return 'a minute'
  return minutes === 60 ? 'an hour' : `${minutes} minutes`
}
