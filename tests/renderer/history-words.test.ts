import { describe, expect, it } from 'vitest'
import type { BudgetEventView } from '../../src/shared/ipc/budget-history-views'
import { callWords, eventWords } from '../../src/renderer/features/budgets/history-words'
import { cost, idOf } from './views'

const NOW = new Date(2026, 10, 23, 12).getTime()
const budget = {
  id: idOf('budget', 1),
  scope: { kind: 'all' },
  period: 'month',
  limit: '20000000000000',
  steps: [
    { percent: 80, action: 'warn' },
    { percent: 100, action: 'block' },
  ],
} as const
const call = {
  id: idOf('call', 1),
  conversationId: null,
  modelName: 'Sonnet 5.5',
  running: false,
  cost: cost('3100000000'),
} as const
const base = { seq: 1, atMs: NOW, by: 'user' } as const

function allowed(over: Partial<Extract<BudgetEventView, { kind: 'allowed' }>>): string {
  const left = '20000000000'
  return eventWords({ ...base, kind: 'allowed', budget, percent: 100, left, most: '140000000000', call, ...over }, NOW)
}

describe('what was decided', () => {
  it('is one sentence each', () => {
    expect(eventWords({ ...base, kind: 'set', budget }, NOW)).toBe('Set to $20.00: warns at 80%, blocks at 100%')
    expect(eventWords({ ...base, kind: 'changed', budget }, NOW)).toMatch(/^Changed to \$20\.00: warns/)
    expect(eventWords({ ...base, kind: 'paused', budget, untilMs: null }, NOW)).toBe('Paused until you resume it')
    const midnight = new Date(2026, 10, 24).getTime()
    expect(eventWords({ ...base, kind: 'paused', budget, untilMs: midnight }, NOW)).toBe('Paused for today')
    expect(eventWords({ ...base, kind: 'resumed', budget }, NOW)).toBe('Resumed')
    expect(eventWords({ ...base, kind: 'removed', budget }, NOW)).toBe('Removed')
    expect(eventWords({ ...base, by: 'app', kind: 'removed', budget }, NOW)).toBe('Removed, as what it limited is gone')
  })

  it('says how much a request could pass the limit by: no more than what was left is taken off', () => {
    // Bug: a debt counted twice, so that it reads as more than the request could cost.
    expect(allowed({})).toBe('Sent once past $20.00: $0.02 was left, it could cost $0.14, $0.12 over')
    expect(allowed({ left: '-5000000000000' })).toBe(
      'Sent once past $20.00: nothing was left, it could cost $0.14, $0.14 over',
    )
    expect(allowed({ percent: 80 })).toMatch(/^Sent once past 80% of \$20\.00: /)
    expect(allowed({ most: null })).toBe('Sent once past $20.00: its model had no price')
  })

  it('tells after how many requests somebody went on', () => {
    const went = { ...base, kind: 'continued', left: 30, spent: '410000000000', minutes: 5, most: '1', call } as const
    expect(eventWords(went, NOW)).toBe('Went on after 30 requests within 5 minutes for $0.41')
    expect(eventWords({ ...went, left: 1, spent: '0', minutes: 1 }, NOW)).toBe(
      'Went on after 1 request within a minute',
    )
  })

  it('names the request and what it has cost since, where that is known', () => {
    expect(callWords(call)).toBe('Sonnet 5.5 · cost $0.0031')
    expect(callWords({ ...call, running: true })).toBe('Sonnet 5.5 · still running')
    expect(callWords({ ...call, cost: { ...cost('1'), pico: null } })).toBe('Sonnet 5.5 · cost unknown')
  })
})
