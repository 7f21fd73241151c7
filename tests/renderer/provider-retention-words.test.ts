import { expect, it } from 'vitest'
import { PROVIDERS, type ProviderId } from '../../src/core/provider'
import { providerRetention } from '../../src/core/provider-retention'
import { retentionDetails, retentionLine } from '../../src/renderer/features/vault/provider-retention-words'

const hostOf = (provider: ProviderId) => new URL(PROVIDERS[provider].baseUrl ?? 'https://elsewhere.example').host
const ownOf = (provider: ProviderId) => providerRetention(provider, hostOf(provider))

it('what is not known is said to be so, and never as nothing kept', () => {
  for (const host of ['proxy.example', '127.0.0.1:38969']) {
    const elsewhere = providerRetention('anthropic', host)
    if (elsewhere === null) throw new Error('an endpoint elsewhere keeps something')
    expect(retentionLine(elsewhere)).toBe('What the provider keeps is not known')
    expect(retentionDetails(elsewhere).join('\n')).toContain('Ask whoever runs it.')
    // Nobody has said so on a day.
    expect(retentionDetails(elsewhere).join('\n')).not.toContain('As its own page said')
  }
})

it.each([
  ['anthropic', 'The provider keeps messages 30 days; it does not train on them'],
  ['google', 'The provider keeps messages 55 days; it does not train on them'],
  ['openrouter', 'How long the provider keeps messages is not known; it does not train on them'],
  ['groq', 'The provider keeps nothing unless something went wrong; it does not train on them'],
  ['mistral', 'What the provider keeps is not known'],
  ['deepseek', 'What the provider keeps is not known'],
] as const)('what %s keeps is one line', (provider, line) => {
  const retention = ownOf(provider)
  expect(retention === null ? null : retentionLine(retention)).toBe(line)
})

it('what a provider’s own page says is dated, and what may be otherwise is told with it', () => {
  const google = ownOf('google')
  const words = google === null ? '' : retentionDetails(google).join('\n')
  expect(words).toContain('23 Nov 2026')
  expect(words).toContain('without paying may be read')
})

it('what Latchkey adds to lessen it is said as it is sent', () => {
  const openai = ownOf('openai')
  if (openai === null) throw new Error('OpenAI keeps something')
  expect(retentionLine(openai)).toBe('The provider keeps messages 30 days; it does not train on them')
  expect(retentionDetails(openai).join('\n')).toContain('Latchkey adds “store: false” to every request')
})

it('on the user’s own machine nothing is said of a provider', () => {
  expect(providerRetention('ollama', '127.0.0.1:11434')).toBeNull()
})
