import { expect, it } from 'vitest'
import { PROVIDERS, type ProviderId } from '../../src/core/provider'
import { CACHING_LABELS, cachingNote } from '../../src/renderer/features/chat/caching-words'

const all = Object.keys(PROVIDERS) as ProviderId[]

it('says what an hour costs where an hour can be chosen', () => {
  expect(cachingNote('anthropic')).toContain('twice')
  expect(CACHING_LABELS['1h']).toBe('1 hour')
})

it('promises no "off" where the provider caches by its own rules', () => {
  expect(cachingNote('google')).toBe('Google caches by its own rules: it cannot be switched off here.')
  expect(cachingNote('openai')).toContain('others cache all the same')
  for (const provider of all.filter((id) => !PROVIDERS[id].local && id !== 'anthropic' && id !== 'openai')) {
    expect(cachingNote(provider)).toContain('cannot be switched off')
  }
})

it('has nothing to save on the own computer', () => {
  expect(cachingNote('ollama')).toContain('nothing to save')
  expect(cachingNote(null)).toMatch(/\.$/)
})
