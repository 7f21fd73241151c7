import { describe, expect, it } from 'vitest'
import type { BudgetPeriod, BudgetScope } from '../../src/core/budget'
import { meterOf } from '../../src/renderer/features/budgets/budget-meter'
import {
  budgetName,
  budgetSubject,
  heldWords,
  levelWords,
  limitWords,
  shortLevelWords,
  stepsWords,
  usedWords,
  type BudgetNames,
} from '../../src/renderer/features/budgets/budget-words'
import { budget, connection, idOf } from './views'

const names: BudgetNames = {
  month: '2026-11',
  connections: [connection(1, { label: 'Work' })],
  conversationTitle: (id) => (id === idOf('conversation', 1) ? 'Trip to Lisbon' : null),
}
const NOW = Date.UTC(2026, 10, 23, 12)
const ALL: BudgetScope = { kind: 'all' }
const ANTHROPIC: BudgetScope = { kind: 'provider', provider: 'anthropic' }
const KEY: BudgetScope = { kind: 'connection', connectionId: idOf('connection', 1) }
const EACH: BudgetScope = { kind: 'conversation', conversationId: null }
const ONE: BudgetScope = { kind: 'conversation', conversationId: idOf('conversation', 1) }
/** In dollars, whole ones. */
const dollars = (amount: number) => `${amount}000000000000`

describe('the name of a budget', () => {
  it.each<[BudgetScope, BudgetPeriod, string]>([
    [ALL, 'request', 'Each request'],
    [ALL, 'day', 'Today'],
    [ALL, 'month', 'November'],
    [ALL, 'total', 'Everything in total'],
    [ANTHROPIC, 'request', 'Each request to Anthropic'],
    [ANTHROPIC, 'month', 'Anthropic this month'],
    [KEY, 'day', 'Anthropic key “Work” today'],
    [KEY, 'total', 'Anthropic key “Work” in total'],
    [EACH, 'total', 'Each conversation'],
    [EACH, 'day', 'Each conversation per day'],
    [ONE, 'total', '“Trip to Lisbon” in total'],
    [ONE, 'request', 'Each request of “Trip to Lisbon”'],
  ])('says what %o limits per %s', (scope, period, name) => {
    expect(budgetName({ scope, period }, names)).toBe(name)
  })

  it('stands within a sentence without a capital, unless it is a name', () => {
    expect(budgetSubject({ scope: ALL, period: 'request' }, names)).toBe('each request')
    expect(budgetSubject({ scope: ALL, period: 'month' }, names)).toBe('November')
  })

  it('does without what is gone', () => {
    const gone: BudgetScope = { kind: 'connection', connectionId: idOf('connection', 9) }
    expect(budgetName({ scope: gone, period: 'day' }, names)).toBe('A key that is gone today')
    const lost: BudgetScope = { kind: 'conversation', conversationId: idOf('conversation', 9) }
    expect(budgetName({ scope: lost, period: 'total' }, names)).toBe('One conversation in total')
  })

  it('calls no key what has none', () => {
    const local = connection(1, { provider: 'ollama', label: 'Desk', key: { state: 'none' } })
    expect(budgetName({ scope: KEY, period: 'day' }, { ...names, connections: [local] })).toBe('Ollama “Desk” today')
  })
})

describe('how far a budget is used', () => {
  it('is what is booked, of the limit to its last digit', () => {
    expect(usedWords(budget({ settled: '12400000000000' }))).toBe('$12.40 of $20.00')
    // A limit rounded as sums are would read "<$0.01".
    expect(usedWords(budget({ limit: '5000000000', settled: '1' }))).toBe('$0.000000000001 of $0.005')
    expect(limitWords({ limit: '1000000000000000000' })).toBe('$1,000,000.00')
  })

  it('may be less than nothing, when what was booked is put right', () => {
    expect(usedWords(budget({ settled: '-1500000000000' }))).toBe('\u2212$1.50 of $20.00')
  })

  it('is no figure where every request or conversation starts anew', () => {
    const each = budget({ period: 'request', limit: '50000000000', settled: '0' })
    expect(usedWords(each)).toBe('at most $0.05')
    expect(usedWords(budget({ scope: EACH, period: 'total' }))).toBe('at most $20.00')
    expect([levelWords(each, NOW), levelWords(budget({ scope: EACH, period: 'total' }), NOW)]).toEqual(['', ''])
    // That of one conversation is one figure.
    expect(usedWords(budget({ scope: ONE, period: 'total' }))).toBe('$0.00 of $20.00')
  })

  it('tells what is held apart from what is booked', () => {
    expect(heldWords({ reserved: '0' })).toBe('')
    expect(heldWords({ reserved: '350000000000' })).toBe('$0.35 held for running answers')
    expect(heldWords({ reserved: '7' })).toBe('$0.000000000007 held for running answers')
  })
})

describe('the level of a budget', () => {
  it('says in words what colour alone must not', () => {
    expect(levelWords(budget({ settled: dollars(12), reserved: dollars(1) }), NOW)).toBe('$7.00 left')
    expect(levelWords(budget({ settled: dollars(17), level: 'warn' }), NOW)).toBe('Warned at 80%, $3.00 left')
    const asks = budget({ settled: dollars(19), level: 'ask', steps: [{ percent: 95, action: 'ask' }] })
    expect(levelWords(asks, NOW)).toBe('Asks before more leaves, $1.00 left')
    expect(levelWords(budget({ settled: dollars(20), level: 'block' }), NOW)).toBe('Blocks: nothing more leaves')
  })

  it('tells of several warnings the last that was passed', () => {
    const steps = [50, 80].map((percent) => ({ percent, action: 'warn' as const }))
    expect(levelWords(budget({ steps, settled: dollars(11), level: 'warn' }), NOW)).toBe('Warned at 50%, $9.00 left')
    expect(levelWords(budget({ steps, settled: dollars(17), level: 'warn' }), NOW)).toBe('Warned at 80%, $3.00 left')
  })

  it('says that it is paused and until when, whatever it limits and however far it is', () => {
    // Bug: a limit that stops nothing shown as one that does.
    const paused = (untilMs: number | null) => budget({ settled: dollars(30), level: 'paused', pause: { untilMs } })
    const midnight = new Date(2026, 10, 24).getTime()
    expect(levelWords(paused(null), NOW)).toBe('Paused until you resume it: stops nothing')
    expect(levelWords(paused(midnight), NOW)).toBe('Paused for today: stops nothing')
    expect(levelWords(paused(midnight + 3 * 86_400_000), NOW)).toBe('Paused until the end of 26 Nov: stops nothing')
    expect(shortLevelWords(paused(null))).toBe('paused')
    const each = { scope: EACH, period: 'total', level: 'paused', pause: { untilMs: null } } as const
    expect(levelWords(budget(each), NOW)).toContain('Paused until you resume it')
  })

  it('says how much it is over, and what follows from it', () => {
    const over = { settled: '21230000000000', level: 'over' } as const
    expect(levelWords(budget(over), NOW)).toBe('$1.23 over: nothing more leaves')
    expect(levelWords(budget({ ...over, steps: [{ percent: 90, action: 'ask' }] }), NOW)).toBe(
      '$1.23 over: asks before more leaves',
    )
    expect(levelWords(budget({ ...over, steps: [{ percent: 80, action: 'warn' }] }), NOW)).toBe('$1.23 over')
    // By a hair is over too, and not by nothing.
    expect(levelWords(budget({ settled: '20000000000001', level: 'over' }), NOW)).toContain('$0.000000000001 over')
  })

  it('adds up with what is used: rounded down, $3.40 and $1.59 would make $5.00', () => {
    const some = budget({ limit: '5000000000000', settled: '3403400000000' })
    expect([usedWords(some), levelWords(some, NOW)]).toEqual(['$3.40 of $5.00', '$1.60 left'])
  })

  it('is exact where less than a cent is left, and silent where nothing is', () => {
    expect(levelWords(budget({ settled: '19999000000000', level: 'warn' }), NOW)).toBe('Warned at 80%, $0.001 left')
    expect(levelWords(budget({ settled: dollars(20) }), NOW)).toBe('')
  })

  it('is short in the sidebar, and silent while all is well', () => {
    expect(shortLevelWords(budget({ settled: dollars(12) }))).toBe('')
    expect(shortLevelWords(budget({ settled: dollars(17), level: 'warn' }))).toBe('$3.00 left')
    expect(shortLevelWords(budget({ settled: dollars(20), level: 'ask' }))).toBe('asks before more')
    expect(shortLevelWords(budget({ settled: dollars(20), level: 'block' }))).toBe('nothing more leaves')
    expect(shortLevelWords(budget({ settled: dollars(21), level: 'over' }))).toBe('$1.00 over')
  })
})

it('the steps of a budget are one line', () => {
  expect(stepsWords(budget({}))).toBe('Warns at 80%, blocks at 100%')
  expect(stepsWords({ steps: [{ percent: 50, action: 'ask' }] })).toBe('Asks at 50%')
})

describe('the picture of a budget', () => {
  it('draws what is held beside what is booked, and neither past the limit', () => {
    expect(meterOf(budget({ settled: dollars(10), reserved: dollars(5) }))).toEqual({
      used: 500,
      held: 250,
      tone: 'calm',
    })
    expect(meterOf(budget({ settled: dollars(19), reserved: dollars(9), level: 'over' }))).toEqual({
      used: 950,
      held: 50,
      tone: 'danger',
    })
    expect(meterOf(budget({ settled: dollars(99), reserved: dollars(9), level: 'over' }))).toMatchObject({
      used: 1000,
      held: 0,
    })
  })

  it('draws nothing of less than nothing', () => {
    expect(meterOf(budget({ settled: '-1', reserved: '0' }))).toMatchObject({ used: 0, held: 0 })
  })
})
