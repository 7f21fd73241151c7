import { expect, it } from 'vitest'
import { chooseModel, offeredModels } from '../../src/renderer/features/models/model-choice'
import { priceWords } from '../../src/renderer/features/models/prices'
import { model } from './views'

const today = '2026-11-23'
const models = [model('claude-opus-5-5'), model('claude-sonnet-5-5'), model('claude-old', { retires: '2026-11-22' })]

it('a retired model is not offered; on its last day it still is', () => {
  expect(offeredModels(models, today).map(({ id }) => id)).toEqual(['claude-opus-5-5', 'claude-sonnet-5-5'])
  expect(offeredModels(models, '2026-11-22')).toHaveLength(3)
})

it('a conversation keeps its model, even a retired one: nothing switches by itself', () => {
  expect(chooseModel('claude-old', 'claude-opus-5-5', models, today)).toBe('claude-old')
})

it('a new conversation begins with the model used last', () => {
  expect(chooseModel(null, 'claude-opus-5-5', models, today)).toBe('claude-opus-5-5')
})

it('without one, or when it retired, it begins with Sonnet', () => {
  expect(chooseModel(null, null, models, today)).toBe('claude-sonnet-5-5')
  expect(chooseModel(null, 'claude-old', models, today)).toBe('claude-sonnet-5-5')
})

it('without Sonnet it begins with the first, and with none there is none', () => {
  expect(chooseModel(null, null, [model('claude-haiku-5')], today)).toBe('claude-haiku-5')
  expect(chooseModel(null, null, [], today)).toBeNull()
})

it('prices are per million, and a missing one is said', () => {
  expect(priceWords({ inputPrice: '2', outputPrice: '10' })).toBe('$2 / $10 per M')
  expect(priceWords({ inputPrice: '0.8', outputPrice: '4.00' })).toBe('$0.80 / $4 per M')
  expect(priceWords({ inputPrice: null, outputPrice: '10' })).toBe('unpriced')
})
