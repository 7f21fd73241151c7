import { formatAmount, formatSum, picoFromString } from '../../../core/money'
import type { CallDetailView, CallView, SpendPartView } from '../../../shared/ipc/spend-views'
import type { CostView } from '../../../shared/ipc/views'
import { costFigure, sumFigure } from '../../lib/cost-words'

const CENT = 10n ** 10n

const OUTCOMES: Readonly<Record<CallView['state'], string>> = {
  in_flight: 'Running',
  done: 'Done',
  stopped: 'Stopped',
  failed: 'Failed',
  cut_off: 'Connection lost',
  interrupted: 'Interrupted',
}

/** How a call ended, in a word. */
export function outcomeWords(state: CallView['state']): string {
  return OUTCOMES[state]
}

const PURPOSES: Readonly<Record<CallView['purpose'], string>> = {
  // Every answer has a conversation, until it is deleted.
  answer: 'Deleted',
  title: 'Title',
  summary: 'Summary',
  key_check: 'Key check',
  estimate: 'Estimate',
}

/** What a call without a conversation was for. */
export function purposeWords(purpose: CallView['purpose']): string {
  return PURPOSES[purpose]
}

/** Why nothing leads from a call to what was said; empty where something does. */
export function noWayWords({ isPrivate, purpose, message, conversationId }: CallDetailView): string {
  if (isPrivate) return 'Nothing leads to a private conversation.'
  if (message !== null || (conversationId !== null && purpose !== 'answer')) return ''
  if (conversationId !== null) return 'Its message is no longer there.'
  return purpose === 'key_check' || purpose === 'estimate'
    ? 'It was for no conversation.'
    : 'Its conversation was deleted.'
}

/** In the place of the title of a private conversation, which is in memory alone. */
export const PRIVATE_CALL = 'Private'

/** A positive sum; below a cent as exact as an answer. */
function smallSum(pico: bigint): string {
  return pico < CENT ? formatAmount(pico) : formatSum(pico)
}

/** What a part of the month cost, as a sum; below a cent as exact as an answer, or every part would read `<$0.01`. */
export function partFigure(cost: CostView): string {
  const known = picoFromString(cost.atLeast)
  return known > 0n && known < CENT ? costFigure(cost) : sumFigure(cost)
}

/** What prompt caching came to; empty while no call says. */
export function cachingWords(saved: string | null): string {
  if (saved === null) return ''
  const pico = picoFromString(saved)
  if (pico === 0n) return 'Prompt caching has saved nothing so far.'
  if (pico > 0n) return `Prompt caching saved ${smallSum(pico)}.`
  return `Prompt caching cost ${smallSum(-pico)} more than it saved.`
}

/** A share of the month; nothing of something is `<1%`, and what cost nothing or has no price has none. */
export function shareWords(amount: bigint, percent: number): string {
  if (amount <= 0n) return ''
  return percent === 0 ? '<1%' : `${percent}%`
}

/** What some parts come to together: unknown as soon as one of them is, and then at least what is known. */
export function togetherOf(parts: readonly Pick<SpendPartView, 'spend'>[]): CostView {
  const costs = parts.map(({ spend }) => spend)
  const known = sumOf(costs.map(({ atLeast }) => atLeast)).toString()
  const most = sumOf(costs.map(({ upper, atLeast }) => upper ?? atLeast)).toString()
  const isWhole = costs.every(({ pico }) => pico !== null)
  return {
    pico: isWhole ? known : null,
    atLeast: known,
    upper: isWhole && most !== known ? most : null,
    costClass: !isWhole ? 'unpriced' : costs.some(isDoubtful) ? 'partial' : 'computed',
    inputTokens: null,
    outputTokens: null,
  }
}

function sumOf(amounts: readonly string[]): bigint {
  return amounts.reduce((sum, amount) => sum + picoFromString(amount), 0n)
}

function isDoubtful({ costClass }: CostView): boolean {
  return costClass === 'partial' || costClass === 'uncertain'
}
