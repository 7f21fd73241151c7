import { expect, it } from 'vitest'
import { cachingWords } from '../../src/renderer/features/spend/spend-words'

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
