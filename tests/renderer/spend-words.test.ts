import { expect, it } from 'vitest'
import { cachingWords, certaintyWords } from '../../src/renderer/features/spend/spend-words'
import type { CallView } from '../../src/shared/ipc/spend-views'
import type { CostView } from '../../src/shared/ipc/views'
import { cost, idOf } from './views'

function call(number: number, over: Partial<CostView>, state: CallView['state'] = 'done'): CallView {
  return {
    id: idOf('call', number),
    conversationId: null,
    conversationTitle: null,
    provider: 'anthropic',
    connectionId: idOf('connection', 1),
    connectionLabel: 'Personal',
    purpose: 'answer',
    modelId: 'claude-sonnet-5-5',
    unpricedModel: null,
    model: 'claude-sonnet-5-5',
    startedMs: 0,
    state,
    cost: cost('1', over),
    usageFlags: [],
    automatic: false,
    isPrivate: false,
    cacheSaved: null,
  }
}

const month = (callCount: number) => ({ month: '2026-11', spend: cost('1'), callCount })

it('says nothing while every figure is exact', () => {
  expect(certaintyWords(month(2), [call(1, {}), call(2, { costClass: 'provider_reported' })])).toBe('')
})

it('says how many figures are not exact, and in which way', () => {
  const calls = [call(1, {}), call(2, { costClass: 'partial' }), call(3, { costClass: 'unpriced', pico: null })]
  expect(certaintyWords(month(3), calls)).toBe('1 exact, 1 estimated in part, 1 without a known price.')
})

it('says how much it is at most, where that is known', () => {
  const spend = cost('1', { costClass: 'partial', upper: '1280000000000' })
  const words = certaintyWords({ ...month(1), spend }, [call(1, { costClass: 'partial' })])
  expect(words).toBe('0 exact, 1 estimated in part. At most $1.28 in all.')
})

it('says so when it speaks only of the latest calls', () => {
  expect(certaintyWords(month(300), [call(1, { costClass: 'uncertain' })])).toMatch(/^Of the latest 1 call: /)
})

it('a call that still runs is in no class yet', () => {
  expect(certaintyWords(month(1), [call(1, { costClass: 'uncertain' }, 'in_flight')])).toBe('')
})

it('what was settled later is exact, and stays an estimate where it was one', () => {
  const settled = call(1, { costClass: 'adjustment' })
  expect(certaintyWords(month(1), [settled])).toBe('')
  const calls = [settled, call(2, { costClass: 'adjustment', upper: '5' })]
  expect(certaintyWords(month(2), calls)).toBe('1 exact, 1 estimated in part.')
})

it.each([
  [null, ''],
  ['0', 'Prompt caching has saved nothing so far.'],
  ['420000000000', 'Prompt caching saved $0.42.'],
  // As a sum it would be "<$0.01".
  ['1200000000', 'Prompt caching saved $0.0012.'],
  ['1234567890000000000', 'Prompt caching saved $1,234,567.89.'],
  ['-10000000000', 'Prompt caching cost $0.01 more than it saved.'],
  ['-1', 'Prompt caching cost $0.000000000001 more than it saved.'],
])('what caching came to is told either way: %s', (saved, words) => {
  expect(cachingWords(saved)).toBe(words)
})
