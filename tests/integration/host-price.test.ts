import { expect, it } from 'vitest'
import { costOf, priceUsage } from '../../src/core/pricing'
import type { ProviderId } from '../../src/core/provider'
import type { UsageReport } from '../../src/core/usage'
import { createCatalog } from '../../src/main/catalog/catalog'
import { hostModifier, pricedByHost } from '../../src/main/services/host-price'

const AT = Date.UTC(2026, 10, 23)
const { prices } = createCatalog()

/** What 1000 tokens in and 1000 out come to at a host. */
function cost(provider: ProviderId, model: string, baseUrl: string) {
  const line = { role: 'main', model, reasoningTokens: null, fees: [], modifiers: [], maybeFree: false } as const
  const usage: UsageReport = { lines: [{ ...line, tokens: { in_uncached: 1000, out: 1000 } }], raw: [], flags: [] }
  const part = pricedByHost({ type: 'usage', usage }, hostModifier(provider, baseUrl))
  return costOf(priceUsage(part.type === 'usage' ? part.usage.lines : [], prices, provider, AT))
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
