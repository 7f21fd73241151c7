import { isUsable } from '../../src/renderer/lib/connections'
import { expect, it } from 'vitest'
import { chooseDestination, offeredModels } from '../../src/renderer/features/models/model-choice'
import { contextWords, shortName } from '../../src/renderer/features/models/model-words'
import { optionsOf } from '../../src/renderer/features/models/options'
import { isDoubtful, priceWords } from '../../src/renderer/features/models/prices'
import { connection, idOf, model, storedKey } from './views'

const work = connection(1)
const home = connection(2)
const claude = [model('claude-opus-5-5'), model('claude-sonnet-5-5')]
const options = optionsOf(
  [work, home],
  [
    { connectionId: work.id, checkedMs: null, models: claude },
    { connectionId: home.id, checkedMs: null, models: [...claude, model('claude-haiku-5-5')] },
  ],
)
const fresh = { own: null, lastUsed: null, recents: [], options }

it('a retired model is not offered; on its last day it still is', () => {
  const models = [...claude, model('claude-old', { retires: '2026-11-22' })]
  expect(offeredModels(models, '2026-11-23').map(({ id }) => id)).toEqual(['claude-opus-5-5', 'claude-sonnet-5-5'])
  expect(offeredModels(models, '2026-11-22')).toHaveLength(3)
})

it('a conversation keeps its connection and model, even when both are gone: nothing switches by itself', () => {
  const own = { connectionId: idOf('connection', 9), model: 'claude-old' }
  expect(chooseDestination({ ...fresh, own, lastUsed: { connectionId: work.id, model: 'claude-opus-5-5' } })).toBe(own)
  const removed = { connectionId: null, model: 'claude-opus-5-5' }
  expect(chooseDestination({ ...fresh, own: removed })).toBe(removed)
})

it('a new conversation begins with the choice made last, on the same connection', () => {
  const lastUsed = { connectionId: home.id, model: 'claude-opus-5-5' }
  expect(chooseDestination({ ...fresh, lastUsed, recents: ['anthropic/claude-haiku-5-5'] })).toEqual(lastUsed)
})

it('without one, or when it is no longer offered, with the newest that was asked and still is', () => {
  const lastUsed = { connectionId: work.id, model: 'claude-haiku-5-5' }
  const recents = ['openai/gpt-gone', 'anthropic/claude-haiku-5-5', 'anthropic/claude-opus-5-5']
  expect(chooseDestination({ ...fresh, lastUsed, recents })).toEqual({
    connectionId: home.id,
    model: 'claude-haiku-5-5',
  })
})

it('without any, with Sonnet; without Sonnet with the first; with none there is none', () => {
  expect(chooseDestination(fresh)).toEqual({ connectionId: work.id, model: 'claude-sonnet-5-5' })
  const other = options.filter((option) => option.model.id !== 'claude-sonnet-5-5')
  expect(chooseDestination({ ...fresh, options: other })).toEqual({ connectionId: work.id, model: 'claude-opus-5-5' })
  expect(chooseDestination({ ...fresh, options: [] })).toEqual({ connectionId: null, model: null })
})

it('a server of one’s own can be used without a key, a provider cannot', () => {
  const key = { state: 'none' } as const
  expect(isUsable({ provider: 'anthropic', key })).toBe(false)
  expect(isUsable({ provider: 'ollama', key })).toBe(true)
  expect(isUsable({ provider: 'compatible', key })).toBe(true)
  expect(isUsable({ provider: 'anthropic', key: storedKey({ state: 'locked', last4: null }) })).toBe(true)
})

it('prices are per million, and a missing one is said', () => {
  expect(priceWords({ inputPrice: '2', outputPrice: '10' })).toBe('$2 / $10 per M')
  expect(priceWords({ inputPrice: '0.8', outputPrice: '4.00' })).toBe('$0.80 / $4 per M')
  expect(priceWords({ inputPrice: null, outputPrice: '10' })).toBe('unpriced')
})

it('a price is doubtful only where there is one', () => {
  expect(isDoubtful(model('a', { priceConfidence: 'low' }))).toBe(true)
  expect(isDoubtful(model('a', { priceConfidence: 'medium' }))).toBe(false)
  expect(isDoubtful(model('a', { inputPrice: null, priceConfidence: null }))).toBe(false)
})

it('a context is said in round numbers', () => {
  expect([512, 8192, 200_000, 999_600, 1_000_000, 1_048_576, 1_500_000].map(contextWords)).toEqual([
    '512',
    '8K',
    '200K',
    '1M',
    '1M',
    '1M',
    '1.5M',
  ])
})

it('the short name leaves out the maker a gateway puts before it, and nothing else', () => {
  expect(shortName('Anthropic: Claude Opus 5.5')).toBe('Claude Opus 5.5')
  expect(shortName('llama3:8b')).toBe('llama3:8b')
})
