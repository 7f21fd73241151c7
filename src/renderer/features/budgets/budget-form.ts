import { areSteps, type BudgetAction, type BudgetPeriod, type BudgetScope, type BudgetStep } from '../../../core/budget'
import { parseDecimal, scaleToInteger } from '../../../core/decimal'
import { formatExact, PICO_PLACES, picoFromString } from '../../../core/money'
import type { BudgetView, ConnectionView } from '../../../shared/ipc/views'

/** What the form for a new budget begins with. */
export interface BudgetStart {
  readonly scope: BudgetScope
  readonly period: BudgetPeriod
  /** In dollars, as it would be typed. */
  readonly limit: string
}

/** What happens at a step; `none` for nothing, so that a step can be left out. */
export type StepChoice = BudgetAction | 'none'

/** What is entered for one step. */
export interface StepFields {
  readonly percent: string
  readonly choice: StepChoice
}

export type StepsFields = readonly StepFields[]

export interface BudgetFields {
  readonly limit: string
  readonly steps: StepsFields
}

/** Why a part of the form was refused, in a sentence each. */
export interface BudgetErrors {
  readonly limit?: string
  readonly steps?: string
}

export type BudgetReading =
  | { readonly ok: true; readonly limit: string; readonly steps: readonly BudgetStep[] }
  | { readonly ok: false; readonly errors: BudgetErrors }

/** In dollars; the main process takes no more either. */
const MOST = 1_000_000n * 10n ** BigInt(PICO_PLACES)
/** Digits of an amount, as the contract has it. */
const LONGEST = 40

const NEW: StepsFields = [
  { percent: '50', choice: 'none' },
  { percent: '80', choice: 'warn' },
  { percent: '100', choice: 'ask' },
]

/**
 * What the form begins with: the budget as it is, or for a new one a warning and a question. There is always room for
 * three steps.
 */
export function fieldsOf(budget: Pick<BudgetView, 'limit' | 'steps'> | null, limit: string): BudgetFields {
  if (budget === null) return { limit, steps: NEW }
  const set = budget.steps.map(({ percent, action }) => ({ percent, choice: action }))
  const free = [50, 80, 100].filter((percent) => set.every((step) => step.percent !== percent))
  // What is left of the usual ones, the last of them first: a limit is met at its end.
  const room = free.slice(Math.max(0, free.length - Math.max(0, 3 - set.length)))
  const steps = [...set, ...room.map((percent) => ({ percent, choice: 'none' as const }))]
  return {
    limit: dollars(budget.limit),
    steps: steps
      .toSorted((a, b) => a.percent - b.percent)
      .map(({ percent, choice }) => ({ percent: String(percent), choice })),
  }
}

/** As it would be typed: `20.00`, `0.005`. */
function dollars(pico: string): string {
  return formatExact(picoFromString(pico)).replace(/[$,]/g, '')
}

/** Reads what was entered. */
export function readBudget({ limit, steps }: BudgetFields): BudgetReading {
  const amount = readLimit(limit)
  const chosen = readSteps(steps)
  if (amount.ok && chosen.ok) return { ok: true, limit: amount.value, steps: chosen.value }
  return {
    ok: false,
    errors: { ...(amount.ok ? {} : { limit: amount.error }), ...(chosen.ok ? {} : { steps: chosen.error }) },
  }
}

type Reading<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: string }

function readLimit(text: string): Reading<string> {
  const plain = text
    .trim()
    .replace(/^\$\s*/, '')
    .replace(/^\./, '0.')
  if (plain === '') return { ok: false, error: 'An amount is needed here.' }
  if (plain.length > LONGEST || !/^-?\d+(?:\.\d+)?$/.test(plain)) {
    return { ok: false, error: 'Write an amount in dollars, like 20 or 12.50.' }
  }
  const pico = scaleToInteger(parseDecimal(plain), PICO_PLACES)
  if (pico <= 0n) return { ok: false, error: 'A budget is more than $0.' }
  if (pico > MOST) return { ok: false, error: 'A budget is at most $1,000,000.' }
  return { ok: true, value: plain }
}

function readSteps(fields: StepsFields): Reading<readonly BudgetStep[]> {
  const steps = fields.flatMap(({ percent, choice }): BudgetStep[] =>
    choice === 'none' ? [] : [{ percent: readPercent(percent), action: choice }],
  )
  if (steps.length === 0) return { ok: false, error: 'Choose what happens at one of these at least.' }
  if (steps.some(({ percent }) => Number.isNaN(percent))) {
    return { ok: false, error: 'Write whole percents from 1 to 100.' }
  }
  return areSteps(steps)
    ? { ok: true, value: steps }
    : { ok: false, error: 'Each of these needs more percent than the one above it.' }
}

function readPercent(text: string): number {
  const plain = text.trim().replace(/\s*%$/, '')
  const percent = /^\d{1,3}$/.test(plain) ? Number(plain) : Number.NaN
  return percent >= 1 && percent <= 100 ? percent : Number.NaN
}

/** Whether two budgets limit the same. */
export function isSameScope(a: BudgetScope, b: BudgetScope): boolean {
  return scopeKey(a) === scopeKey(b)
}

/** A scope as text, to tell it from others. */
export function scopeKey(scope: BudgetScope): string {
  switch (scope.kind) {
    case 'all':
      return 'all'
    case 'provider':
      return `provider ${scope.provider}`
    case 'connection':
      return `connection ${scope.connectionId}`
    case 'conversation':
      return `conversation ${scope.conversationId ?? ''}`
  }
}

/** What can be limited: everything, each provider and key there is, each conversation, and one where it is asked for. */
export function scopesFor(
  connections: readonly Pick<ConnectionView, 'id' | 'provider'>[],
  asked: BudgetScope | null,
): readonly BudgetScope[] {
  const makers = [...new Set(connections.map(({ provider }) => provider))]
  const scopes: readonly BudgetScope[] = [
    { kind: 'all' },
    { kind: 'conversation', conversationId: null },
    ...makers.map((provider) => ({ kind: 'provider', provider }) as const),
    ...connections.map(({ id }) => ({ kind: 'connection', connectionId: id }) as const),
  ]
  return asked === null || scopes.some((scope) => isSameScope(scope, asked)) ? scopes : [asked, ...scopes]
}
