import { expect, it } from 'vitest'
import { allowancesFor, budgetsOf, tightestBudget } from '../../src/renderer/app/budget-choice'
import {
  budgetLine,
  composerLine,
  loopWords,
  meetsLine,
  meetsWords,
  refusalWords,
} from '../../src/renderer/app/limit-words'
import type { BudgetMetView, BudgetRefusalView } from '../../src/shared/ipc/budget-views'
import type { BudgetView } from '../../src/shared/ipc/views'
import { connection, idOf } from './views'

const NOW = Date.UTC(2026, 10, 23, 12)
const DOLLAR = 10n ** 12n
const cents = (amount: number): string => ((BigInt(amount) * DOLLAR) / 100n).toString()
const names = {
  month: '2026-11',
  connections: [connection(1, { label: 'Work' })],
  conversationTitle: () => 'Slow orders query',
}

function budget(over: Partial<BudgetView> = {}): BudgetView {
  return {
    id: idOf('budget', 1),
    scope: { kind: 'all' },
    period: 'month',
    limit: cents(2000),
    steps: [
      { percent: 80, action: 'warn' },
      { percent: 100, action: 'block' },
    ],
    settled: cents(1620),
    reserved: '0',
    level: 'warn',
    pause: null,
    ...over,
  }
}

function refusal(over: Partial<BudgetRefusalView> = {}): BudgetRefusalView {
  const { id: budgetId, scope, period, limit } = budget()
  return { budgetId, scope, period, limit, action: 'block', percent: 100, left: cents(35), most: cents(162), ...over }
}

it('a refusal names the limit, what is left of it and what the message may cost', () => {
  expect(refusalWords(refusal(), names)).toBe(
    'You set $20.00 for November; $0.35 is left, and even a short answer may cost $1.62.',
  )
  expect(refusalWords(refusal({ scope: { kind: 'provider', provider: 'anthropic' }, period: 'day' }), names)).toContain(
    'You set $20.00 for Anthropic today; ',
  )
})

it('what is passed already is told as nothing left, never as a debt', () => {
  for (const left of ['0', '-1', cents(-300)]) {
    expect(refusalWords(refusal({ left }), names)).toContain('; nothing is left, and')
  }
})

it('a limit of each request has nothing that could be left', () => {
  expect(refusalWords(refusal({ period: 'request', limit: cents(10), left: cents(10) }), names)).toBe(
    'You set $0.10 for each request, and even a short answer may cost $1.62.',
  )
})

it('a step before the limit is told as that step: what is left is left until it', () => {
  expect(refusalWords(refusal({ action: 'ask', percent: 80 }), names)).toBe(
    'You are asked from $16.00 of the $20.00 for November; $0.35 is left, and even a short answer may cost $1.62.',
  )
  expect(refusalWords(refusal({ percent: 90 }), names)).toContain(
    'You set a stop at $18.00 of the $20.00 for November;',
  )
})

it('without a price nothing is said of what it may cost', () => {
  expect(refusalWords(refusal({ most: null }), names)).toBe(
    'This model has no price, so the $20.00 for November cannot hold it.',
  )
})

it('the quiet line says how far a budget is used and what follows from it', () => {
  expect(budgetLine(budget(), names, NOW)).toBe('$16.20 of $20.00 for November is used.')
  expect(budgetLine(budget({ settled: cents(2000), level: 'block' }), names, NOW)).toBe(
    '$20.00 of $20.00 for November is used: nothing more leaves.',
  )
  const asks = [{ percent: 50, action: 'ask' } as const]
  expect(budgetLine(budget({ steps: asks, level: 'ask' }), names, NOW)).toMatch(
    /is used: you are asked before more leaves\.$/,
  )
})

it('a budget that only warns stops nothing, however far it is passed', () => {
  const warns = budget({ steps: [{ percent: 80, action: 'warn' }], settled: cents(2123), level: 'over' })
  expect(budgetLine(warns, names, NOW)).toBe('$21.23 of $20.00 for November is used.')
})

it('what is held for running answers is told apart from what is used, and counts for what follows', () => {
  const held = budget({ settled: cents(1900), reserved: cents(100), level: 'block' })
  expect(budgetLine(held, names, NOW)).toBe(
    '$19.00 of $20.00 for November is used, $1.00 held for running answers: nothing more leaves.',
  )
})

it('one for each conversation is told with the use of this one', () => {
  const each = budget({
    scope: { kind: 'conversation', conversationId: null },
    period: 'total',
    limit: cents(50),
    settled: cents(42),
  })
  expect(budgetLine(each, names, NOW)).toBe('$0.42 of $0.50 for each conversation is used.')
})

it('of several the severest is told, then the fullest; a fine one and one of each request never', () => {
  const fuller = budget({ id: idOf('budget', 2), limit: cents(100), settled: cents(95), level: 'warn' })
  const blocked = budget({ id: idOf('budget', 3), level: 'block' })
  const fine = budget({ id: idOf('budget', 4), level: 'fine' })
  const request = budget({ id: idOf('budget', 5), period: 'request', level: 'over' })
  expect(tightestBudget([budget(), fuller])?.id).toBe(fuller.id)
  expect(tightestBudget([fuller, budget()])?.id).toBe(fuller.id)
  expect(tightestBudget([budget(), fuller, blocked, fine])?.id).toBe(blocked.id)
  expect(tightestBudget([fine, request])).toBeNull()
})

it('a message counts towards what it is sent over and belongs to, and towards nothing else', () => {
  const here = { provider: 'anthropic', connectionId: idOf('connection', 1), conversationId: null } as const
  const scopes: readonly (readonly [BudgetView['scope'], boolean])[] = [
    [{ kind: 'all' }, true],
    [{ kind: 'provider', provider: 'anthropic' }, true],
    [{ kind: 'provider', provider: 'openai' }, false],
    [{ kind: 'connection', connectionId: idOf('connection', 1) }, true],
    [{ kind: 'connection', connectionId: idOf('connection', 2) }, false],
    // Before its first message a conversation is none: a limit for each must not be taken for its own.
    [{ kind: 'conversation', conversationId: null }, false],
    [{ kind: 'conversation', conversationId: idOf('conversation', 1) }, false],
  ]
  for (const [scope, counts] of scopes) {
    expect({ scope, counts: budgetsOf([budget({ scope, period: 'total' })], here).length === 1 }).toEqual({
      scope,
      counts,
    })
  }
})

it('a yes to a further step of the same budget takes the place of the earlier one', () => {
  const attempt = {
    kind: 'retry',
    draft: '',
    turnId: idOf('turn', 1),
    allow: [
      { budgetId: idOf('budget', 1), percent: 80 },
      { budgetId: idOf('budget', 2), percent: 50 },
    ],
  } as const
  const error = { code: 'budget_limit', budget: refusal() } as const
  expect(allowancesFor({ key: 'new', error, attempt })).toEqual([
    { budgetId: idOf('budget', 2), percent: 50 },
    { budgetId: idOf('budget', 1), percent: 100 },
  ])
})

const met = (over: Partial<BudgetMetView> = {}): BudgetMetView => ({ ...refusal(), ...over })

it('what a message would run into is said before it is sent', () => {
  expect(meetsLine(met(), names)).toBe('This message may pass the $20.00 for November: it stays here.')
  expect(meetsLine(met({ action: 'ask', percent: 80 }), names)).toBe(
    'This message may pass $16.00 of the $20.00 for November: you are asked first.',
  )
  expect(meetsLine(met({ action: 'warn', percent: 80 }), names)).toBe(
    'This message may pass $16.00 of the $20.00 for November.',
  )
  expect(meetsLine(met({ period: 'request', limit: cents(5), action: 'ask' }), names)).toBe(
    'This message may cost more than the $0.05 for each request: you are asked first.',
  )
  expect(meetsLine(met({ most: null, action: 'ask' }), names)).toBe(
    'This model has no price, so the $20.00 for November cannot hold it: you are asked first.',
  )
  expect((['warn', 'ask', 'block'] as const).map((action) => meetsWords({ action }))).toEqual([
    'reaches a warning',
    'asks first',
    'over budget',
  ])
})

it('one line above a message: what would stop it, else how far a budget is, else what it would reach', () => {
  const line = (tightest: BudgetView | null, meets: BudgetMetView | null) => composerLine(tightest, meets, names, NOW)
  expect(line(null, null)).toBeNull()
  expect(line(budget(), met())).toContain('it stays here')
  expect(line(budget(), met({ action: 'warn' }))).toContain('is used')
  const passed = budget({ settled: cents(2000), level: 'block' })
  expect(line(passed, met())).toContain('is used: nothing more leaves')
  expect(line(passed, met({ budgetId: idOf('budget', 9) }))).toContain('it stays here')
  expect(line(null, met({ action: 'warn' }))).toContain('This message may pass')
})

it('a paused budget is told where it would have something to say, after every one that holds', () => {
  // Bug: a line that says a message is stopped, by a budget that stops nothing.
  const paused = budget({ level: 'paused', pause: { untilMs: null }, settled: cents(2500) })
  expect(budgetLine(paused, names, NOW)).toBe(
    '$25.00 of $20.00 for November is used; paused until you resume it, so it stops nothing.',
  )
  expect(tightestBudget([paused])).toBe(paused)
  expect(tightestBudget([paused, budget({ id: idOf('budget', 2) })])?.level).toBe('warn')
  expect(tightestBudget([{ ...paused, settled: '0' }])).toBeNull()
})

it('many requests are told with the rule, what they cost and what the next one may', () => {
  const loop = { left: 30, spent: cents(41), calls: 30, limit: cents(500), minutes: 5, most: cents(128) }
  expect(loopWords(loop)).toBe(
    '30 requests have left within 5 minutes, and cost about $0.41. You set 30 or $5.00 as what leaves unasked; this one may cost up to $1.28.',
  )
  expect(loopWords({ ...loop, left: 1, spent: '0', minutes: 60, most: null })).toBe(
    '1 request has left within an hour. You set 30 or $5.00 as what leaves unasked; what this one costs is not known.',
  )
})
