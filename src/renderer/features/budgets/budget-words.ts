import type { BudgetAction, BudgetPeriod, BudgetScope } from '../../../core/budget'
import type { ConversationId } from '../../../core/ids'
import { formatAmount, formatExact, formatSum, picoFromString } from '../../../core/money'
import type { BudgetView, ConnectionView } from '../../../shared/ipc/views'
import { formatMonthName } from '../../lib/format'
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

/** Labels repeat from one provider to the next, so both are said. */
function keyName({ provider, label, key }: ConnectionView): string {
  const { name, key: needed } = providers[provider]
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
export function levelWords(budget: BudgetView): string {
  if (!isMeasured(budget)) return ''
  const left = picoFromString(budget.limit) - picoFromString(budget.settled) - picoFromString(budget.reserved)
  const rest = left > 0n ? `, ${sumWords(left)} left` : ''
  switch (budget.level) {
    case 'fine':
      return left > 0n ? `${sumWords(left)} left` : ''
    case 'warn':
      return `Warned at ${percentOf(budget, 'warn')}%${rest}`
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
  const left = picoFromString(budget.limit) - picoFromString(budget.settled) - picoFromString(budget.reserved)
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
  }
}

function afterwards(budget: BudgetView): string {
  if (hasStep(budget, 'block')) return ': nothing more leaves'
  return hasStep(budget, 'ask') ? ': asks before more leaves' : ''
}

const STEPS: Readonly<Record<BudgetAction, string>> = { warn: 'warns', ask: 'asks', block: 'blocks' }

/** What happens when: `Warns at 80%, blocks at 100%`. */
export function stepsWords({ steps }: Pick<BudgetView, 'steps'>): string {
  const words = steps.map(({ action, percent }) => `${STEPS[action]} at ${percent}%`).join(', ')
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`
}

function hasStep({ steps }: BudgetView, wanted: BudgetAction): boolean {
  return steps.some(({ action }) => action === wanted)
}

function percentOf({ steps }: BudgetView, wanted: BudgetAction): number {
  return steps.find(({ action }) => action === wanted)?.percent ?? 100
}

/** A sum; below a cent as exact as an answer, or a small budget would read `<$0.01 of $0.01`. */
function sumWords(pico: bigint): string {
  return pico > -CENT && pico < CENT ? formatAmount(pico) : formatSum(pico)
}
