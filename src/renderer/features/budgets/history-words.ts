import { formatAmount, formatSum, picoFromString } from '../../../core/money'
import type { AllowedCallView, BudgetEventView } from '../../../shared/ipc/budget-history-views'
import { mostAmount } from '../../lib/estimate-words'
import { formatCounted } from '../../lib/format'
import { limitWords, pauseWords, stepsWords } from './budget-words'

/** What was decided, in a sentence without its subject: `Set to $20.00: warns at 80%, asks at 100%`. */
export function eventWords(event: BudgetEventView, nowMs: number): string {
  switch (event.kind) {
    case 'set':
      return `Set to ${limitWords(event.budget)}: ${lower(stepsWords(event.budget))}`
    case 'changed':
      return `Changed to ${limitWords(event.budget)}: ${lower(stepsWords(event.budget))}`
    case 'paused':
      return `Paused ${pauseWords({ pause: { untilMs: event.untilMs } }, nowMs)}`
    case 'resumed':
      return 'Resumed'
    case 'removed':
      return event.by === 'app' ? 'Removed, as what it limited is gone' : 'Removed'
    case 'allowed':
      return allowedWords(event)
    case 'continued':
      return continuedWords(event)
  }
}

/** What the request was and what came of it: `Sonnet 5.5 · cost $0.0031`. */
export function callWords(call: AllowedCallView): string {
  const { running, cost, modelName } = call
  if (running) return `${modelName} · still running`
  return `${modelName} · ${cost.pico === null ? 'cost unknown' : `cost ${formatAmount(picoFromString(cost.pico))}`}`
}

function allowedWords({ left, most, percent, budget }: Extract<BudgetEventView, { kind: 'allowed' }>): string {
  const past = percent === 100 ? limitWords(budget) : `${percent}% of ${limitWords(budget)}`
  if (most === null) return `Sent once past ${past}: its model had no price`
  const room = picoFromString(left)
  const could = picoFromString(most)
  const over = could - (room > 0n ? room : 0n)
  const had = room > 0n ? `${formatAmount(room)} was left` : 'nothing was left'
  return `Sent once past ${past}: ${had}, it could cost ${mostAmount(most)}, ${mostAmount(over.toString())} over`
}

function continuedWords({ left, spent, minutes }: Extract<BudgetEventView, { kind: 'continued' }>): string {
  const within = minutes === 1 ? 'a minute' : formatCounted(minutes, 'minute', 'minutes')
  const cost = picoFromString(spent) === 0n ? '' : ` for ${formatSum(picoFromString(spent))}`
  return `Went on after ${formatCounted(left, 'request', 'requests')} within ${within}${cost}`
}

function lower(words: string): string {
  return `${words.slice(0, 1).toLowerCase()}${words.slice(1)}`
}
