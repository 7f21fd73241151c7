import { expect, it } from 'vitest'
import { linesOf } from '../../src/core/booking'
import { costOf } from '../../src/core/pricing'
import type { ProviderId } from '../../src/core/provider'
import type { UsageReport } from '../../src/core/usage'
import { createCatalog } from '../../src/main/catalog/catalog'
import { hostModifier } from '../../src/main/services/host-price'

const AT = Date.UTC(2026, 10, 23)
const { prices } = createCatalog()

/** What 1000 tokens in and 1000 out come to at a host. */
function cost(provider: ProviderId, model: string, baseUrl: string, reported = true) {
  const line = { role: 'main', model, reasoningTokens: null, fees: [], modifiers: [], maybeFree: false } as const
  const lines = [{ ...line, tokens: { in_uncached: 1000, out: 1000 } }]
  const usage: UsageReport = { lines, stated: [], severalSteps: false, raw: [], flags: [] }
  const modifier = hostModifier(provider, baseUrl)
  const call = {
    provider,
    model,
    startedMs: AT,
    complete: reported,
    usage: reported ? usage : null,
    modifiers: modifier === null ? [] : [modifier],
    received: '',
    prompt: { about: 250, most: 1000 },
    maxOutputTokens: 1000,
    maybeBilled: true,
  }
  return costOf(linesOf(call, prices))
}

it.each([
  ['https://api.openai.com/v1', 110n],
  ['https://eu.api.openai.com/v1', 121n],
  ['https://us.api.openai.com/v1', 121n],
] as const)('at %s a regional host costs a tenth more', (baseUrl, times) => {
  const plain = cost('openai', 'gpt-6-sol', 'https://api.openai.com/v1').pico ?? 0n
  expect(plain).toBeGreaterThan(0n)
  expect(cost('openai', 'gpt-6-sol', baseUrl)).toMatchObject({ pico: (plain * times) / 110n, costClass: 'computed' })
})

it.each(['https://proxy.example/v1', 'https://api.openai.com.example/v1', 'https://notapi.openai.com/v1'])(
  'at %s nobody knows the price',
  (baseUrl) => expect(cost('openai', 'gpt-6-sol', baseUrl)).toMatchObject({ pico: null, costClass: 'unpriced' }),
)

it('bounds a call without a report by what its host charges, not by the list', () => {
  const plain = cost('openai', 'gpt-6-sol', 'https://api.openai.com/v1', false).upper ?? 0n
  expect(plain).toBeGreaterThan(0n)
  expect(cost('openai', 'gpt-6-sol', 'https://eu.api.openai.com/v1', false).upper).toBe((plain * 11n) / 10n)
  expect(cost('openai', 'gpt-6-sol', 'https://proxy.example/v1', false)).toMatchObject({ pico: null, upper: null })
})
