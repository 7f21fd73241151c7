import { describe, expect, it } from 'vitest'
import type { BudgetScope } from '../../src/core/budget'
import {
  fieldsOf,
  isSameScope,
  readBudget,
  scopeKey,
  scopesFor,
  type StepsFields,
} from '../../src/renderer/features/budgets/budget-form'
import { budget, connection, idOf } from './views'

const { steps: NEW } = fieldsOf(null, '')

function limitOf(limit: string) {
  const reading = readBudget({ limit, steps: NEW })
  return reading.ok ? reading.limit : reading.errors.limit
}

function stepsOf(over: Partial<StepsFields>, actions?: Parameters<typeof readBudget>[1]) {
  const reading = readBudget({ limit: '20', steps: { ...NEW, ...over } }, actions)
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
  it('begin with a warning and a limit that holds', () => {
    expect(stepsOf({})).toEqual([
      { action: 'warn', percent: 80 },
      { action: 'block', percent: 100 },
    ])
  })

  it('leave out what is not chosen, whatever stands there', () => {
    expect(stepsOf({ warn: { on: false, percent: 'x' } })).toEqual([{ action: 'block', percent: 100 }])
  })

  it('leave out what is not offered: of one request there is nothing to warn of', () => {
    expect(stepsOf({ ask: { on: true, percent: '50' } }, ['ask', 'block'])).toEqual([
      { action: 'ask', percent: 50 },
      { action: 'block', percent: 100 },
    ])
    // What is not shown must not refuse what is.
    expect(stepsOf({ warn: { on: true, percent: 'x' } }, ['ask', 'block'])).toEqual([{ action: 'block', percent: 100 }])
  })

  it('ascend, a step above the other', () => {
    const said = 'Each of these needs more percent than the one above it.'
    expect(stepsOf({ ask: { on: true, percent: '80' } })).toBe(said)
    expect(stepsOf({ block: { on: true, percent: '79' } })).toBe(said)
    expect(stepsOf({ ask: { on: true, percent: '81 %' } })).toEqual([
      { action: 'warn', percent: 80 },
      { action: 'ask', percent: 81 },
      { action: 'block', percent: 100 },
    ])
  })

  it.each(['', '0', '101', '-1', '80.5', 'x', '999', '1e2'])('take no such percent as %s', (percent) => {
    expect(stepsOf({ warn: { on: true, percent } })).toBe('Write whole percents from 1 to 100.')
  })

  it('are at least one', () => {
    const off = { on: false, percent: '80' }
    expect(stepsOf({ warn: off, ask: off, block: off })).toBe('Choose at least one of these.')
  })

  it('are refused together with the amount, each in its place', () => {
    const off = { on: false, percent: '80' }
    const reading = readBudget({ limit: '', steps: { warn: off, ask: off, block: off } })
    expect(reading.ok ? [] : Object.keys(reading.errors)).toEqual(['limit', 'steps'])
  })
})

it('a budget that is changed begins as it is', () => {
  const known = budget({ limit: '1234500000000000', steps: [{ percent: 70, action: 'ask' }] })
  expect(fieldsOf(known, 'ignored')).toEqual({
    limit: '1234.50',
    steps: {
      warn: { on: false, percent: '80' },
      ask: { on: true, percent: '70' },
      block: { on: false, percent: '100' },
    },
  })
  expect(fieldsOf(budget({ limit: '5000000000' }), '').limit).toBe('0.005')
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
