import { describe, expect, it } from 'vitest'
import { cachingWords, noWayWords, togetherOf } from '../../src/renderer/features/spend/spend-words'
import type { CallDetailView } from '../../src/shared/ipc/spend-views'
import { cost, idOf } from './views'

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

describe('the way from a call to its message', () => {
  const conversationId = idOf('conversation', 1)
  const message = { conversationId, messageId: idOf('message', 1) }
  const call = (more: Partial<CallDetailView>) =>
    noWayWords({ purpose: 'answer', isPrivate: false, conversationId, message, ...more } as CallDetailView)

  it.each([
    ['', {}],
    ['', { purpose: 'title', message: null }],
    // Bug: a way into what is private, as long as it is in memory.
    ['Nothing leads to a private conversation.', { isPrivate: true }],
    ['Its message is no longer there.', { message: null }],
    ['Its conversation was deleted.', { message: null, conversationId: null }],
    ['Its conversation was deleted.', { purpose: 'summary', message: null, conversationId: null }],
    ['It was for no conversation.', { purpose: 'key_check', message: null, conversationId: null }],
  ] as const)('%s', (words, more) => expect(call(more)).toBe(words))
})

describe('what parts come to together', () => {
  const parts = (...costs: ReturnType<typeof cost>[]) => togetherOf(costs.map((spend) => ({ spend })))

  it('is their sum, with the bound of those that have one', () => {
    expect(parts(cost('3'), cost('4'))).toMatchObject({ pico: '7', atLeast: '7', upper: null, costClass: 'computed' })
    const ranged = parts(cost('3', { upper: '9', costClass: 'partial' }), cost('4'))
    expect(ranged).toMatchObject({ pico: '7', upper: '13', costClass: 'partial' })
  })

  // Bug: Other is said to have cost what of it is known.
  it('is unknown as soon as one of them is', () => {
    expect(parts(cost(null, { atLeast: '2' }), cost('4'))).toMatchObject({ pico: null, atLeast: '6', upper: null })
  })
})
