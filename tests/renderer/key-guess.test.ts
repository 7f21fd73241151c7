import { expect, it } from 'vitest'
import { guessProvider } from '../../src/renderer/features/vault/key-guess'

it.each([
  ['sk-ant-api03-x', 'anthropic'],
  ['sk-or-v1-x', 'openrouter'],
  ['sk-proj-x', 'openai'],
  ['AIzaSyX', 'google'],
  ['AQ.Ab8x', 'google'],
  ['gsk_x', 'groq'],
  ['xai-x', 'xai'],
  ['  xai-x\n', 'xai'],
])('%s looks like a key of %s', (key, provider) => {
  expect(guessProvider(key)).toBe(provider)
})

it.each(['', 'sk-', 'sk-0123456789', 'aiza', 'my sk-ant-'])('%j tells nothing', (key) => {
  expect(guessProvider(key)).toBeNull()
})
