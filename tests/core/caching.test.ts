import { describe, expect, it } from 'vitest'
import { cacheControlOf, planCache, type CacheChoice, type CacheSubject } from '../../src/core/caching'
import { cacheLife } from '../../src/core/caching-life'
import { minimumPrefix } from '../../src/core/caching-minimums'
import type { Rates } from '../../src/core/price-book'
import { PROVIDERS, type ProviderId } from '../../src/core/provider'
import { createCatalog } from '../../src/main/catalog/catalog'

const AT = Date.parse('2026-11-23T10:00:00Z')
const { prices, findModel } = createCatalog()
const ratesOf = (provider: ProviderId, model: string): Rates => prices.find(provider, model, AT)?.rates ?? {}

const ANTHROPIC: Rates = {
  in_uncached: '2',
  in_cache_read: '0.2',
  in_cache_write_5m: '2.5',
  in_cache_write_1h: '4',
  out: '10',
}

const said = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ role: index % 2 === 0 ? 'user' : 'assistant' }) as const)

function planned(more: Partial<CacheSubject> = {}) {
  return planCache({
    choice: '5m',
    provider: 'anthropic',
    model: 'claude-sonnet-5',
    rates: ANTHROPIC,
    promptTokensAbout: 5_000,
    messages: said(3),
    conversationKey: 'cnv_1',
    ...more,
  })
}

const openai = (model: string, choice: CacheChoice = '5m') =>
  planned({ provider: 'openai', model, choice, rates: ratesOf('openai', model) })

describe('a plan for Anthropic', () => {
  it.each([
    [1, [0]],
    [2, [1]],
    [3, [1, 2]],
    [9, [7, 8]],
  ])('marks the end of the turn before and of the last question (%i messages)', (count, boundaries) => {
    expect(planned({ messages: said(count) })).toEqual({ mode: 'on', ttl: '5m', key: null, boundaries })
  })

  // An hour costs four times the surcharge of five minutes.
  it('is for an hour only when that was chosen, and none when it is off', () => {
    expect(planned({ choice: '1h' })?.ttl).toBe('1h')
    expect(planned({ choice: 'off' })).toBeNull()
    expect(planned({ messages: [] })).toBeNull()
  })

  it('begins at the shortest prefix the model keeps', () => {
    const from = (model: string, promptTokensAbout: number) => planned({ model, promptTokensAbout }) !== null
    const limits = ['claude-opus-5', 'claude-sonnet-5', 'claude-opus-4-7', 'claude-haiku-4-5'].map((model) => [
      from(model, minimumPrefix(model) - 1),
      from(model, minimumPrefix(model)),
      minimumPrefix(model),
    ])
    expect(limits).toEqual([512, 1024, 2048, 4096].map((least) => [false, true, least]))
    expect(['claude-sonnet-5-5', 'constructor', 'claude-opus-5-5'].map(minimumPrefix)).toEqual([1024, 1024, 1024])
  })

  // A minimum under one name and not the other would cache by the way a model was picked.
  it('has one minimum for a model under all of its names', () => {
    for (const alias of ['claude-opus-4-5', 'claude-haiku-4-5', 'claude-sonnet-4-5']) {
      expect(minimumPrefix(findModel('anthropic', alias)?.id ?? '')).toBe(minimumPrefix(alias))
    }
  })

  it('is made by the general rule where no price is known', () => {
    expect(planned({ rates: null })?.mode).toBe('on')
  })

  it.each<[string, Rates, boolean, boolean]>([
    ['the usual prices', ANTHROPIC, true, true],
    // A call with a bucket that has no price has no cost any more.
    ['no price for reads', { in_uncached: '2', in_cache_write_5m: '2.5', in_cache_write_1h: '4' }, false, false],
    ['no price for writes', { in_uncached: '2', in_cache_read: '0.2' }, false, false],
    ['no price at all', {}, false, false],
    ['reads as dear as input', { ...ANTHROPIC, in_cache_read: '2' }, false, false],
    ['a write that one hit just does not make good', { ...ANTHROPIC, in_cache_write_5m: '3.8' }, false, true],
    ['a write that one hit makes good', { ...ANTHROPIC, in_cache_write_5m: '3.7999' }, true, true],
  ])('is made where it pays: %s', (_, rates, short, long) => {
    expect([planned({ rates }) !== null, planned({ rates, choice: '1h' }) !== null]).toEqual([short, long])
  })
})

describe('a plan for OpenAI', () => {
  it('names the conversation and lets a model that charges for writing mark by itself', () => {
    const plan = { mode: 'on', ttl: '30m', key: 'cnv_1', boundaries: [] }
    expect([openai('gpt-6-sol'), openai('gpt-5.6-luna', '1h')]).toEqual([plan, plan])
  })

  it('tells such a model to write nothing when it is off', () => {
    expect(openai('gpt-6-sol', 'off')).toEqual({ mode: 'off', ttl: null, key: null, boundaries: [] })
  })

  // Their rows list a write rate as well, at the input price; options would be refused, and with them every question.
  it.each(['gpt-5.5', 'gpt-4o', 'o3', 'chat-latest'])('gives a model without a surcharge no options (%s)', (model) => {
    expect(ratesOf('openai', model).in_cache_write_30m).toBeDefined()
    expect(openai(model)).toEqual({ mode: 'on', ttl: null, key: 'cnv_1', boundaries: [] })
    expect(openai(model, 'off')).toBeNull()
  })

  it('gives a model of which no price is known no options', () => {
    expect(planned({ provider: 'openai', rates: null })).toEqual({
      mode: 'on',
      ttl: null,
      key: 'cnv_1',
      boundaries: [],
    })
  })

  it('writes nothing where it does not pay', () => {
    const rates = { in_uncached: '1', in_cache_read: '0.9', in_cache_write_30m: '1.25' }
    expect(planned({ provider: 'openai', rates })?.mode).toBe('off')
  })
})

describe('everybody else', () => {
  const others = (Object.keys(PROVIDERS) as ProviderId[]).filter((id) => id !== 'anthropic' && id !== 'openai')

  it.each(others)('is told nothing (%s)', (provider) => {
    for (const choice of ['off', '5m', '1h'] as const) expect(planned({ provider, choice })).toBeNull()
    expect(cacheControlOf(provider, ANTHROPIC)).toBe(PROVIDERS[provider].local ? 'none' : 'provider')
  })

  it('is told apart from those who listen', () => {
    expect(cacheControlOf('anthropic', null)).toBe('lifetime')
    expect(cacheControlOf('openai', ratesOf('openai', 'gpt-6-sol'))).toBe('switch')
    expect(cacheControlOf('openai', ratesOf('openai', 'gpt-4o'))).toBe('provider')
    expect(cacheControlOf('openai', null)).toBe('provider')
  })
})

describe('the life of a cached prefix', () => {
  const life = (more: Partial<Parameters<typeof cacheLife>[0]>) =>
    cacheLife({ provider: 'anthropic', ttl: '5m', startedMs: AT, tokens: {}, ...more })
  const minutes = (more: Parameters<typeof life>[0]) => {
    const known = life(more)
    return known === null ? null : [(known.untilMs - AT) / 60_000, known.tokens]
  }

  it('is counted from the start of the call, with all that was read and written', () => {
    const tokens = { in_uncached: 7, in_cache_read: 1_000, in_cache_write_5m: 200, in_cache_write_1h: 0, out: 90 }
    expect(life({ tokens })).toEqual({ untilMs: AT + 300_000, tokens: 1_200 })
  })

  it.each<[string, Parameters<typeof life>[0], unknown]>([
    ['written for an hour', { ttl: '1h', tokens: { in_cache_write_1h: 9 } }, [60, 9]],
    ['written for an hour, whatever was asked', { tokens: { in_cache_write_1h: 9 } }, [60, 9]],
    ['a hit on an hour', { ttl: '1h', tokens: { in_cache_read: 9, in_cache_write_1h: 0 } }, [60, 9]],
    ['a hit on five minutes', { tokens: { in_cache_read: 9 } }, [5, 9]],
    ['the shorter of two', { ttl: '1h', tokens: { in_cache_write_5m: 1, in_cache_write_1h: 9 } }, [5, 10]],
    ['nothing cached', { tokens: { in_uncached: 9, in_cache_read: 0, in_cache_write_5m: 0 } }, null],
    ['nothing reported', {}, null],
    [
      'OpenAI, written',
      { provider: 'openai', ttl: '30m', tokens: { in_cache_read: 5, in_cache_write_30m: 4 } },
      [30, 9],
    ],
    ['OpenAI, read alone', { provider: 'openai', ttl: '30m', tokens: { in_cache_read: 5 } }, null],
    ['Gemini, for as long as it likes', { provider: 'google', ttl: null, tokens: { in_cache_read: 5 } }, null],
    ['DeepSeek likewise', { provider: 'deepseek', ttl: null, tokens: { in_cache_read: 5 } }, null],
  ])('is known or is not: %s', (_, call, expected) => {
    expect(minutes(call)).toEqual(expected)
  })
})
