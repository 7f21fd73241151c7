import {
  BUDGET_ACTIONS,
  type BudgetAction,
  type BudgetPeriod,
  type BudgetScope,
  type BudgetStep,
} from '../../../core/budget'
import type { ConversationId } from '../../../core/ids'
import { formatAmount, formatExact, formatSum, picoFromString } from '../../../core/money'
import type { BudgetView, ConnectionView } from '../../../shared/ipc/views'
import { formatDay, formatMonthName } from '../../lib/format'
import { providers } from '../../lib/providers'

const CENT = 10n ** 10n

/** What is named in the words of a budget. */
export interface BudgetNames {
  /** The month that counts now, `2026-11`. */
  readonly month: string
  readonly connections: readonly ConnectionView[]
  readonly conversationTitle: (id: ConversationId) => string | null
}

type Limited = Pick<BudgetView, 'scope' | 'period'>

/** A budget by what it limits: `November`, `Today`, `Anthropic this month`, `Each conversation`, `Each request`. */
export function budgetName(budget: Limited, names: BudgetNames): string {
  const words = budgetSubject(budget, names)
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`
}

/** The same within a sentence, after "for": `each request`, `today`, `November`. */
export function budgetSubject({ scope, period }: Limited, names: BudgetNames): string {
  switch (scope.kind) {
    case 'all':
      return {
        request: 'each request',
        day: 'today',
        month: formatMonthName(names.month),
        total: 'everything in total',
      }[period]
    case 'provider':
      return spanned(providers[scope.provider].name, `each request to ${providers[scope.provider].name}`, period)
    case 'connection': {
      const key = scopeWords(scope, names)
      return spanned(key, `each request with ${key}`, period)
    }
    case 'conversation': {
      if (scope.conversationId !== null) {
        const title = scopeWords(scope, names)
        return spanned(title, `each request of ${title}`, period)
      }
      return {
        request: 'each request of a conversation',
        day: 'each conversation per day',
        month: 'each conversation per month',
        total: 'each conversation',
      }[period]
    }
  }
}

function spanned(subject: string, request: string, period: BudgetPeriod): string {
  return { request, day: `${subject} today`, month: `${subject} this month`, total: `${subject} in total` }[period]
}

/** What is limited, whatever the period: `Everything`, `Anthropic`, `Anthropic key “Work”`, `Each conversation`. */
export function scopeWords(scope: BudgetScope, { connections, conversationTitle }: BudgetNames): string {
  switch (scope.kind) {
    case 'all':
      return 'Everything'
    case 'provider':
      return providers[scope.provider].name
    case 'connection': {
      const connection = connections.find(({ id }) => id === scope.connectionId)
      return connection === undefined ? 'a key that is gone' : keyName(connection)
    }
    case 'conversation': {
      if (scope.conversationId === null) return 'Each conversation'
      const title = conversationTitle(scope.conversationId)
      return title === null ? 'one conversation' : `“${title}”`
    }
  }
}

/** Labels repeat from one provider to the next, so both are said. Of several keys all count together. */
function keyName({ provider, label, key, spareKeys }: ConnectionView): string {
  const { name, key: needed } = providers[provider]
  if (spareKeys.length > 0) return `${name} “${label}” with all its keys`
  return needed === 'optional' && key.state === 'none' ? `${name} “${label}”` : `${name} key “${label}”`
}

/** Whether its use adds up to one figure; a limit of each request or each conversation starts anew every time. */
export function isMeasured({ scope, period }: Limited): boolean {
  return period !== 'request' && !(scope.kind === 'conversation' && scope.conversationId === null)
}

/** The limit, every digit of it: `$20.00`, `$0.005`. */
export function limitWords({ limit }: Pick<BudgetView, 'limit'>): string {
  return formatExact(picoFromString(limit))
}

/** `$12.40 of $20.00`; where nothing adds up `at most $0.50`. */
export function usedWords(budget: BudgetView): string {
  return isMeasured(budget)
    ? `${sumWords(picoFromString(budget.settled))} of ${limitWords(budget)}`
    : `at most ${limitWords(budget)}`
}

/** `$0.35 held for running answers`; empty when nothing is. */
export function heldWords({ reserved }: Pick<BudgetView, 'reserved'>): string {
  const held = picoFromString(reserved)
  return held > 0n ? `${sumWords(held)} held for running answers` : ''
}

/** How far it has got and what that means now: `$7.60 left`, `Warned at 80%, $2.10 left`, `$1.23 over`. */
export function levelWords(budget: BudgetView, nowMs: number): string {
  if (budget.level === 'paused') return `Paused ${pauseWords(budget, nowMs)}: stops nothing`
  if (!isMeasured(budget)) return ''
  const left = leftOf(budget)
  const rest = left > 0n ? `, ${sumWords(left)} left` : ''
  switch (budget.level) {
    case 'fine':
      return left > 0n ? `${sumWords(left)} left` : ''
    case 'warn':
      return `Warned at ${passedStep(budget)?.percent ?? 100}%${rest}`
    case 'ask':
      return `Asks before more leaves${rest}`
    case 'block':
      return 'Blocks: nothing more leaves'
    case 'over':
      return `${sumWords(-left)} over${afterwards(budget)}`
  }
}

/** The same where room is short; empty while nothing is to be said. */
export function shortLevelWords(budget: BudgetView): string {
  const left = leftOf(budget)
  switch (budget.level) {
    case 'fine':
      return ''
    case 'warn':
    case 'ask':
      return left > 0n ? `${sumWords(left)} left` : 'asks before more'
    case 'block':
      return 'nothing more leaves'
    case 'over':
      return `${sumWords(-left)} over`
    case 'paused':
      return 'paused'
  }
}

/** Until when it is paused: `for today`, `until the end of 26 Nov`, `until you resume it`. */
export function pauseWords({ pause }: Pick<BudgetView, 'pause'>, nowMs: number): string {
  const untilMs = pause?.untilMs ?? null
  if (untilMs === null) return 'until you resume it'
  // It ends with the first instant of the day after.
  const day = formatDay(untilMs - 1, nowMs)
  return day === 'today' ? 'for today' : `until the end of ${day}`
}

/** The severest step that is passed, and of several the last; undefined while none is. */
export function passedStep({ steps, limit, settled, reserved }: BudgetView): BudgetStep | undefined {
  const used = (picoFromString(settled) + picoFromString(reserved)) * 100n
  const passed = steps.filter(({ percent }) => used >= picoFromString(limit) * BigInt(percent))
  const severest = BUDGET_ACTIONS.findLast((action) => passed.some((step) => step.action === action))
  return passed.findLast(({ action }) => action === severest)
}

function afterwards({ steps }: BudgetView): string {
  if (steps.some(({ action }) => action === 'block')) return ': nothing more leaves'
  return steps.some(({ action }) => action === 'ask') ? ': asks before more leaves' : ''
}

function leftOf({ limit, settled, reserved }: BudgetView): bigint {
  return picoFromString(limit) - picoFromString(settled) - picoFromString(reserved)
}

const STEPS: Readonly<Record<BudgetAction, string>> = { warn: 'warns', ask: 'asks', block: 'blocks' }

/** What happens when: `Warns at 50% and 80%, blocks at 100%`. */
export function stepsWords({ steps }: Pick<BudgetView, 'steps'>): string {
  const runs: { readonly action: BudgetAction; readonly percents: number[] }[] = []
  for (const { action, percent } of steps) {
    const last = runs.at(-1)
    if (last?.action === action) last.percents.push(percent)
    else runs.push({ action, percents: [percent] })
  }
  const words = runs.map(({ action, percents }) => {
    const each = percents.map((percent) => `${percent}%`)
    const [last = ''] = each.slice(-1)
    return `${STEPS[action]} at ${each.length === 1 ? last : `${each.slice(0, -1).join(', ')} and ${last}`}`
  })
  const all = words.join(', ')
  return `${all.slice(0, 1).toUpperCase()}${all.slice(1)}`
}

/** A sum; below a cent as exact as an answer, or a small budget would read `<$0.01 of $0.01`. */
export function sumWords(pico: bigint): string {
  return pico > -CENT && pico < CENT ? formatAmount(pico) : formatSum(pico)
}
