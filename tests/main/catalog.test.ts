import { describe, expect, it } from 'vitest'
import { costOf, priceUsage } from '../../src/core/pricing'
import { PROVIDERS, type ProviderId } from '../../src/core/provider'
import { createCatalog } from '../../src/main/catalog/catalog'
import { listedModels, priceRows } from '../../src/main/catalog/data'

const catalog = createCatalog()
const NOW = Date.parse('2026-11-23T10:00:00Z')

const line = (model: string, tokens: Record<string, number>) => ({
  role: 'main' as const,
  model,
  tokens,
  reasoningTokens: null,
  fees: [],
  modifiers: [],
  maybeFree: false,
})
const cost = (provider: ProviderId, model: string, tokens: Record<string, number>, at: string) =>
  costOf(priceUsage([line(model, tokens)], catalog.prices, provider, Date.parse(at))).pico

describe('the shipped catalogue', () => {
  it('names a source and the day it was read for every price', () => {
    for (const row of priceRows) {
      expect({ id: row.id, sources: row.sources.length > 0 }).toEqual({ id: row.id, sources: true })
      for (const { checked } of row.sources) expect(checked).toMatch(/^\d{4}-\d\d-\d\d$/)
      expect(Object.keys(PROVIDERS)).toContain(row.provider)
    }
  })

  it('has no price that ends without a successor, except where the model itself ends', () => {
    for (const row of priceRows.filter(({ to }) => to !== null)) {
      const next = catalog.prices.find(row.provider, row.model, Date.parse(row.to ?? ''))
      const model = listedModels.find(({ provider, id }) => provider === row.provider && id === row.model)
      expect({ id: row.id, goesOn: next !== undefined || (model?.retires ?? null) !== null }).toEqual({
        id: row.id,
        goesOn: true,
      })
    }
  })

  it('gives every id and alias to one model only', () => {
    const names = listedModels.flatMap(({ provider, id, aliases }) =>
      [id, ...aliases].map((name) => `${provider}/${name}`),
    )
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  it.each<[ProviderId, string, Record<string, number>, string, bigint | null]>([
    // A price changes at its instant: Sonnet 5.5 cached reads on 7 October, Gemini 4 Argon on 1 December.
    ['anthropic', 'claude-sonnet-5-5', { in_cache_read: 10 }, '2026-10-06T23:59:59Z', 2_000_000n],
    ['anthropic', 'claude-sonnet-5-5', { in_cache_read: 10 }, '2026-10-07T00:00:00Z', 1_000_000n],
    ['google', 'gemini-4-argon', { out: 1 }, '2026-11-30T23:59:59Z', 10_000_000n],
    ['google', 'gemini-4-argon', { out: 1 }, '2026-12-01T00:00:00Z', 20_000_000n],
    // A tier begins strictly above its limit.
    ['anthropic', 'claude-haiku-5-5', { in_uncached: 100_000 }, '2026-11-23T00:00:00Z', 10_000_000_000n],
    ['anthropic', 'claude-haiku-5-5', { in_uncached: 100_001 }, '2026-11-23T00:00:00Z', 50_000_500_000n],
    // DeepSeek at its UTC hours: a Monday, and the Sunday before it.
    ['deepseek', 'deepseek-flash', { out: 1 }, '2026-11-23T02:00:00Z', 1_200_000n],
    ['deepseek', 'deepseek-flash', { out: 1 }, '2026-11-23T04:00:00Z', 600_000n],
    ['deepseek', 'deepseek-flash', { out: 1 }, '2026-11-22T02:00:00Z', 600_000n],
    // Nobody has found the price of OpenAI's twelve-hour write.
    ['openai', 'gpt-6-sol', { in_cache_write_12h: 1 }, '2026-11-23T00:00:00Z', null],
    // One's own machine is free, whatever the model is called; somebody else's server is not.
    ['ollama', 'whatever:7b', { in_uncached: 5, out: 5 }, '2026-11-23T00:00:00Z', 0n],
    ['compatible', 'whatever:7b', { in_uncached: 5, out: 5 }, '2026-11-23T00:00:00Z', null],
  ])('prices %s %s %j at %s', (provider, model, tokens, at, pico) => {
    expect(cost(provider, model, tokens, at)).toBe(pico)
  })

  it('prices every model that has not retired, or says that it has no price', () => {
    const unpriced = catalog.models
      .filter(({ retires }) => retires === null || retires >= '2026-11-23')
      .filter(({ provider, id }) => catalog.prices.find(provider, id, NOW) === undefined)
      .map(({ provider, id }) => `${provider}/${id}`)
    // Moving aliases and restricted models, by decision: what they cost depends on what answers.
    expect(unpriced.length).toBeLessThan(10)
  })
})
