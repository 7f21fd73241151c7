import { expect, it } from 'vitest'
import {
  cacheWords,
  costTitle,
  costWhy,
  estimateTitle,
  hintWords,
  nextCacheWordsMs,
  priceWords,
  promptWords,
} from '../../src/renderer/features/chat/composer-words'
import type { EstimateView } from '../../src/shared/ipc/views'

const estimate: EstimateView = {
  promptTokens: 1240,
  counted: true,
  low: '4000000000',
  high: '20000000000',
  most: '1620000000000',
  cachedTokens: 0,
  budgets: [],
  meets: null,
}

it('the line says about how long it is and about what it costs', () => {
  expect(promptWords(estimate)).toBe('about 1,240 tokens')
  expect(priceWords(estimate)).toBe('about $0.004 to $0.02')
})

it('no price is told as none, never as nothing', () => {
  const unpriced = { ...estimate, low: null, high: null, most: null }
  expect(priceWords(unpriced)).toBe('no price known')
  expect(estimateTitle(unpriced)).toBe('Sending this: about 1,240 tokens · no price known. Counted with a tokenizer.')
})

it('the tooltip has the worst case, how it was counted and what the cache is expected to give', () => {
  expect(estimateTitle({ ...estimate, cachedTokens: 1000 })).toBe(
    'Sending this: about 1,240 tokens, 1,000 of them expected from the cache · about $0.004 to $0.02, ' +
      'at most $1.62 with the longest answer. Counted with a tokenizer.',
  )
  expect(estimateTitle({ ...estimate, counted: false })).toMatch(/Reckoned from the length of the text\.$/)
})

it('what costs nothing is bounded by nothing', () => {
  expect(estimateTitle({ ...estimate, low: '0', high: '0', most: '0' })).toContain('· $0.00. ')
})

it('a cache counts minutes, then seconds, and is gone at its end', () => {
  const cache = { tokens: 48_000, untilMs: 3_600_000 }
  expect(cacheWords(cache, 0)).toBe('Cache: 48,000 tokens, 60 min left')
  expect(cacheWords(cache, 3_600_000 - 300_001)).toBe('Cache: 48,000 tokens, 5 min left')
  expect(cacheWords(cache, 3_600_000 - 300_000)).toBe('Cache: 48,000 tokens, 5:00 left')
  expect(cacheWords(cache, 3_600_000 - 251_400)).toBe('Cache: 48,000 tokens, 4:12 left')
  expect(cacheWords(cache, 3_600_000 - 1)).toBe('Cache: 48,000 tokens, 0:01 left')
  expect(cacheWords(cache, 3_600_000)).toBeNull()
  expect(cacheWords({ ...cache, tokens: 1 }, 0)).toContain('1 token,')
})

it('is looked at again exactly when its words change', () => {
  const untilMs = 3_600_000
  let nowMs = 0
  const seen: (string | null)[] = []
  for (;;) {
    seen.push(cacheWords({ tokens: 1, untilMs }, nowMs))
    const wait = nextCacheWordsMs(untilMs, nowMs)
    if (wait === null) break
    // A moment earlier nothing has changed.
    expect(cacheWords({ tokens: 1, untilMs }, nowMs + wait - 1)).toBe(seen.at(-1))
    nowMs += wait
  }
  // Every minute but the last five, every second of these, and the end.
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen.at(-1)).toBeNull()
  expect(nowMs).toBe(untilMs)
})

it('the words under the field say what the key does now', () => {
  expect(hintWords('Enter', false, false)).toBe('Enter to send')
  expect(hintWords('Ctrl+Enter', true, false)).toBe('Ctrl+Enter to send after this answer')
  expect(hintWords('Enter', true, true)).toBe('One message waits')
})

it('what a message may cost is said with the amount its user set', () => {
  expect(costTitle({ low: '1400000000000', high: '2100000000000' })).toBe('Sending this costs about $1.40 to $2.10.')
  expect(costWhy('usd0.10')).toBe('Nothing was sent. Above $0.10 you are asked once per conversation.')
})
