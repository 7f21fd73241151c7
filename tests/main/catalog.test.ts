import { describe, expect, it } from 'vitest'
import { findGaps } from '../../src/core/price-book'
import { costOf, priceUsage, ratesFor } from '../../src/core/pricing'
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

  const goesOn = (provider: ProviderId, model: string, atMs: number): boolean => {
    const retires = listedModels.find((each) => each.provider === provider && each.id === model)?.retires ?? null
    return retires === null || Date.parse(retires) > atMs
  }

  it('has no price that ends before its model does without a successor', () => {
    expect(findGaps(priceRows, goesOn)).toEqual([])
  })

  it('names the row behind which there is nothing: a dated end, and a hole before the next row', () => {
    const dated = priceRows.find(({ model, to }) => model === 'gemini-4-argon' && to !== null)
    const next = priceRows.find(({ model, to }) => model === 'gemini-4-argon' && to === null)
    if (dated === undefined || next === undefined) throw new Error('the catalogue has changed: choose another model')
    const sentence = `price row ${dated.id}: nothing follows its end for gemini-4-argon`
    expect(findGaps([dated], goesOn)).toEqual([sentence])
    expect(findGaps([dated, { ...next, from: '2026-12-02T00:00:00Z' }], goesOn)).toEqual([sentence])
    expect(findGaps([dated, next], goesOn)).toEqual([])
  })

  it('changes price exactly at the instant a row says, for each of them', () => {
    const rows = priceRows.flatMap((row) => [row.model, ...row.aliases].map((name) => ({ ...row, name })))
    expect(rows.length).toBeGreaterThan(150)
    for (const { provider, name, from, to, id } of rows) {
      const idAt = (atMs: number) => catalog.prices.find(provider, name, atMs)?.id
      expect(idAt(Date.parse(from))).toBe(id)
      expect(idAt(Date.parse(from) - 1)).not.toBe(id)
      if (to === null) continue
      expect(idAt(Date.parse(to) - 1)).toBe(id)
      expect(idAt(Date.parse(to))).not.toBe(id)
    }
  })

  it('begins each tier strictly above its limit', () => {
    const tiered = priceRows.flatMap((row) => row.tiers.map((tier, index) => ({ row, tier, index })))
    expect(tiered.length).toBeGreaterThan(10)
    for (const { row, tier, index } of tiered) {
      const at = Date.parse(row.from)
      expect(ratesFor(row, tier.above, at)).toBe(row.tiers[index - 1]?.rates ?? row.rates)
      expect(ratesFor(row, tier.above + 1, at)).toBe(tier.rates)
    }
  })

  it('knows what has been announced: prices that change after today', () => {
    const coming = priceRows
      .filter(({ from }) => Date.parse(from) > NOW)
      .map(({ model, from }) => `${model} ${from.slice(0, 10)}`)
    expect(coming).toEqual(expect.arrayContaining(['gemini-4-argon 2026-12-01', 'gemini-3.8-flash 2027-01-01']))
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
    // Ollama hands this one on to its own machines.
    ['ollama', 'gpt-oss:120b-cloud', { in_uncached: 5, out: 5 }, '2026-11-23T00:00:00Z', null],
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
