import { describe, expect, it } from 'vitest'
import type { BudgetScope } from '../../src/core/budget'
import {
  fieldsOf,
  isSameScope,
  readBudget,
  scopeKey,
  scopesFor,
  type StepChoice,
} from '../../src/renderer/features/budgets/budget-form'
import type { BudgetView } from '../../src/shared/ipc/views'
import { budget, connection, idOf } from './views'

const { steps: NEW } = fieldsOf(null, '')

function limitOf(limit: string) {
  const reading = readBudget({ limit, steps: NEW })
  return reading.ok ? reading.limit : reading.errors.limit
}

/** What is read of these steps: percents and choices in pairs. */
function stepsOf(...rows: readonly (readonly [percent: string, choice: StepChoice])[]) {
  const reading = readBudget({ limit: '20', steps: rows.map(([percent, choice]) => ({ percent, choice })) })
  return reading.ok ? reading.steps : reading.errors.steps
}

describe('the amount of a budget', () => {
  it.each([
    ['20', '20'],
    [' $ 12.50 ', '12.50'],
    ['.05', '0.05'],
    ['1000000', '1000000'],
    ['0.000000000001', '0.000000000001'],
  ])('is sent as it was entered, never as a number: %s', (text, limit) => expect(limitOf(text)).toBe(limit))

  it.each(['abc', '1,000', '12,50', '1e3', '20 dollars', '1.', '٢٠', '--5', '9'.repeat(41), 'Infinity', '0x10'])(
    'is refused where it is none: %s',
    (text) => expect(limitOf(text)).toBe('Write an amount in dollars, like 20 or 12.50.'),
  )

  // The last is less than the smallest amount there is: it would be kept as nothing.
  it.each(['0', '0.00', '-5', '-0.5', '0.0000000000001'])('is more than nothing: %s', (text) =>
    expect(limitOf(text)).toBe('A budget is more than $0.'),
  )

  it.each(['1000000.01', '99999999999'])('is not a slip of the hand: %s', (text) =>
    expect(limitOf(text)).toBe('A budget is at most $1,000,000.'),
  )

  it('is needed', () => expect(limitOf('  ')).toBe('An amount is needed here.'))
})

describe('the steps of a budget', () => {
  it('begin with a warning and a question', () => {
    const reading = readBudget({ limit: '20', steps: NEW })
    expect(reading.ok && reading.steps).toEqual([
      { percent: 80, action: 'warn' },
      { percent: 100, action: 'ask' },
    ])
    expect(NEW.map(({ percent }) => percent)).toEqual(['50', '80', '100'])
  })

  it('do what is chosen at each, the same twice if need be', () => {
    // Bug: two warnings and a stop that cannot be said.
    expect(stepsOf(['50', 'warn'], ['80', 'warn'], ['100', 'block'])).toEqual([
      { percent: 50, action: 'warn' },
      { percent: 80, action: 'warn' },
      { percent: 100, action: 'block' },
    ])
    expect(stepsOf(['50', 'ask'], ['80', 'warn'])).toHaveLength(2)
  })

  it('leave out what is not chosen, whatever stands there', () => {
    expect(stepsOf(['x', 'none'], ['100', 'block'])).toEqual([{ percent: 100, action: 'block' }])
    expect(stepsOf(['90', 'none'], ['80 %', 'block'])).toEqual([{ percent: 80, action: 'block' }])
  })

  it('ascend, a step above the other', () => {
    const said = 'Each of these needs more percent than the one above it.'
    expect(stepsOf(['80', 'warn'], ['80', 'ask'])).toBe(said)
    expect(stepsOf(['80', 'warn'], ['90', 'none'], ['79', 'block'])).toBe(said)
  })

  it.each(['', '0', '101', '-1', '80.5', 'x', '999', '1e2'])('take no such percent as %s', (percent) => {
    expect(stepsOf([percent, 'warn'])).toBe('Write whole percents from 1 to 100.')
  })

  it('are at least one', () => {
    expect(stepsOf(['80', 'none'])).toBe('Choose what happens at one of these at least.')
  })

  it('are refused together with the amount, each in its place', () => {
    const reading = readBudget({ limit: '', steps: [{ percent: '80', choice: 'none' }] })
    expect(reading.ok ? [] : Object.keys(reading.errors)).toEqual(['limit', 'steps'])
  })
})

describe('a budget that is changed', () => {
  const rowsOf = (...steps: BudgetView['steps']) =>
    fieldsOf(budget({ steps }), '').steps.map(({ percent, choice }) => `${percent} ${choice}`)

  it('begins as it is', () => {
    const known = budget({ limit: '1234500000000000', steps: [{ percent: 70, action: 'ask' }] })
    expect(fieldsOf(known, 'ignored').limit).toBe('1234.50')
    expect(fieldsOf(budget({ limit: '5000000000' }), '').limit).toBe('0.005')
  })

  it('has room for three steps, and shows every one it has', () => {
    expect(rowsOf({ percent: 70, action: 'ask' })).toEqual(['70 ask', '80 none', '100 none'])
    expect(rowsOf({ percent: 80, action: 'warn' }, { percent: 100, action: 'block' })).toEqual([
      '50 none',
      '80 warn',
      '100 block',
    ])
    const many = [10, 20, 30, 40].map((percent) => ({ percent, action: 'warn' as const }))
    expect(rowsOf(...many)).toEqual(['10 warn', '20 warn', '30 warn', '40 warn'])
  })
})

describe('what can be limited', () => {
  const connections = [connection(1), connection(2), connection(3, { provider: 'openai' })]

  it('is everything, each conversation, each provider once, and each key', () => {
    expect(scopesFor(connections, null).map(scopeKey)).toEqual([
      'all',
      'conversation ',
      'provider anthropic',
      'provider openai',
      `connection ${idOf('connection', 1)}`,
      `connection ${idOf('connection', 2)}`,
      `connection ${idOf('connection', 3)}`,
    ])
  })

  it('is also what was asked for, once', () => {
    const one: BudgetScope = { kind: 'conversation', conversationId: idOf('conversation', 1) }
    expect(scopesFor(connections, one)[0]).toEqual(one)
    expect(scopesFor(connections, { kind: 'all' })).toHaveLength(7)
  })

  it('is told apart by whose it is', () => {
    expect(isSameScope({ kind: 'provider', provider: 'openai' }, { kind: 'provider', provider: 'anthropic' })).toBe(
      false,
    )
    const each: BudgetScope = { kind: 'conversation', conversationId: null }
    expect(isSameScope(each, { kind: 'conversation', conversationId: idOf('conversation', 1) })).toBe(false)
    expect(isSameScope(each, { kind: 'conversation', conversationId: null })).toBe(true)
  })
})
