import { expect, it } from 'vitest'
import { cachedWords, estimateWords } from '../../src/renderer/features/models/model-words'
import { optionKey } from '../../src/renderer/features/models/options'
import { byOption } from '../../src/renderer/features/models/use-model-estimates'
import type { ModelEstimateView } from '../../src/shared/ipc/views'
import { idOf } from './views'

function estimate(over: Partial<ModelEstimateView> = {}): ModelEstimateView {
  return {
    connectionId: idOf('connection', 1),
    model: 'claude-haiku-5-5',
    low: '4000000000',
    high: '20000000000',
    rereadTokens: 48_000,
    reread: '240000000000',
    fits: true,
    meets: null,
    ...over,
  }
}

const cached = { option: optionKey(idOf('connection', 1), 'claude-sonnet-5-5'), name: 'Sonnet 5.5', tokens: 48_000 }
const other = optionKey(idOf('connection', 1), 'claude-haiku-5-5')

it('says about what a message costs on a model, or that it does not fit', () => {
  expect(estimateWords(estimate())).toBe('about $0.004–0.02')
  expect(estimateWords(estimate({ fits: false }))).toBe('does not fit')
})

it('an unknown price is no estimate at all', () => {
  expect(estimateWords(estimate({ low: null, high: null }))).toBe('')
})

it('says what switching reads anew, and what that costs of the estimate', () => {
  expect(cachedWords(other, estimate(), cached)).toBe(
    'Re-reads 48,000 tokens that are cached for Sonnet 5.5: about $0.24 of this.',
  )
  expect(cachedWords(other, estimate({ reread: null }), cached)).toBe(
    'Re-reads 48,000 tokens that are cached for Sonnet 5.5.',
  )
})

it('says nothing of a model that reads nothing anew, nor before it is known', () => {
  expect(cachedWords(other, estimate({ rereadTokens: 0, reread: null }), cached)).toBeNull()
  expect(cachedWords(other, undefined, cached)).toBeNull()
})

it('the model it is cached for has it in its cache, at the same connection alone', () => {
  expect(cachedWords(cached.option, undefined, cached)).toBe('48,000 tokens of this are in its cache.')
  const elsewhere = optionKey(idOf('connection', 2), 'claude-sonnet-5-5')
  expect(cachedWords(elsewhere, estimate({ connectionId: idOf('connection', 2) }), cached)).toContain('Re-reads')
})

it('two connections that offer the same model have an estimate each', () => {
  const found = byOption([estimate(), estimate({ connectionId: idOf('connection', 2), low: null })])
  expect(found.get(other)?.low).toBe('4000000000')
  expect(found.get(optionKey(idOf('connection', 2), 'claude-haiku-5-5'))?.low).toBeNull()
  expect(found.size).toBe(2)
})
