import { describe, expect, it } from 'vitest'
import { flagsOf, linesOf, type EndedCall } from '../../src/core/booking'
import { createPriceBook, type PriceRow } from '../../src/core/price-book'
import { readPriceRows } from '../../src/core/price-file'
import { costOf } from '../../src/core/pricing'
import type { UsageLine } from '../../src/core/usage'

const book = createPriceBook([
  {
    id: 'anthropic/test@2026-01-01',
    provider: 'anthropic',
    model: 'test',
    aliases: [],
    from: '2026-01-01T00:00:00Z',
    to: null,
    currency: 'USD',
    rates: { in_uncached: '2', out: '10' },
    tiers: [],
    peaks: [],
    multipliers: {},
    fees: {},
    sources: [],
    confidence: 'high',
    note: '',
  } satisfies PriceRow,
])

const tiered = createPriceBook(
  readPriceRows([
    {
      provider: 'anthropic',
      model: 'test',
      rates: { in_uncached: '2', out: '10' },
      tiers: [{ above: 100_000, rates: { in_uncached: '4', out: '20' } }],
    },
  ]),
)

const line = (tokens: UsageLine['tokens']): UsageLine => ({
  role: 'main',
  model: 'test',
  tokens,
  reasoningTokens: null,
  fees: [],
  modifiers: [],
  maybeFree: false,
})

const call: EndedCall = {
  provider: 'anthropic',
  model: 'test',
  startedMs: Date.parse('2026-11-23T10:00:00Z'),
  complete: false,
  usage: { lines: [line({ in_uncached: 1000 })], stated: [], severalSteps: false, raw: [], flags: [] },
  modifiers: [],
  received: 'x'.repeat(400),
  prompt: { about: 900, most: 3600 },
  maxOutputTokens: 5000,
  maybeBilled: true,
}

const reported = (tokens: UsageLine['tokens']) => ({
  lines: [line(tokens)],
  stated: [],
  severalSteps: false,
  raw: [],
  flags: [],
})
const MICRO = 1_000_000n

describe('booking an ended call', () => {
  it('books a complete answer exactly', () => {
    const cost = costOf(linesOf({ ...call, complete: true, usage: reported({ in_uncached: 1000, out: 300 }) }, book))
    expect(cost).toEqual({ pico: 5000n * MICRO, atLeast: 5000n * MICRO, upper: null, costClass: 'computed' })
  })

  it('books a stopped answer by what was received, at most a full answer', () => {
    // 1,000 tokens in at $2; 400 characters are about 100 tokens at $10; at most 5,000 tokens.
    const cost = costOf(linesOf(call, book))
    expect(cost).toEqual({ pico: 3000n * MICRO, atLeast: 3000n * MICRO, upper: 52_000n * MICRO, costClass: 'partial' })
  })

  it('never books the output of a begun answer as nothing', () => {
    const lines = linesOf({ ...call, received: '' }, book)
    expect(lines.find(({ bucket }) => bucket === 'out')).toMatchObject({ units: 1, pico: 10n * MICRO })
  })

  it('believes a reported output that is more than what was received', () => {
    const lines = linesOf({ ...call, usage: reported({ in_uncached: 1000, out: 700 }) }, book)
    expect(lines.find(({ bucket }) => bucket === 'out')).toMatchObject({ units: 700, costClass: 'partial' })
  })

  it('does not take a complete answer without an output figure for a free one', () => {
    const cost = costOf(linesOf({ ...call, complete: true }, book))
    expect(cost).toMatchObject({ costClass: 'partial', pico: 3000n * MICRO })
  })

  it('books nothing, but not for certain, when the provider may have worked unheard', () => {
    const cost = costOf(linesOf({ ...call, usage: null, received: '' }, book))
    expect(cost).toEqual({
      pico: 0n,
      atLeast: 0n,
      upper: (2n * 3600n + 10n * 5000n) * MICRO,
      costClass: 'uncertain',
    })
  })

  it('books no line at all when nothing can have been billed', () => {
    expect(linesOf({ ...call, usage: null, maybeBilled: false }, book)).toEqual([])
  })

  it('leaves a stopped answer of an unpriced model unpriced', () => {
    const usage = { ...reported({ in_uncached: 10 }), lines: [{ ...line({ in_uncached: 10 }), model: 'other' }] }
    expect(costOf(linesOf({ ...call, usage }, book)).pico).toBeNull()
    expect(costOf(linesOf({ ...call, usage: null, model: 'other' }, book)).pico).toBeNull()
  })

  it('books what a provider stated, of an answer that was cut short as the least it was', () => {
    const usage = { ...reported({ in_uncached: 1000, out: 300 }), stated: [{ kind: 'total', usd: '0.5' }] as const }
    const stated = costOf(linesOf({ ...call, complete: true, usage }, book))
    expect(stated).toMatchObject({ pico: 500_000n * MICRO, costClass: 'provider_reported' })
    expect(costOf(linesOf({ ...call, usage }, book))).toMatchObject({ pico: 500_000n * MICRO, costClass: 'partial' })
  })

  it('doubts a report that contradicts itself', () => {
    const usage = { ...reported({ in_uncached: 1000, out: 300 }), flags: ['usage_inconsistent'] as const }
    expect(costOf(linesOf({ ...call, complete: true, usage }, book)).costClass).toBe('partial')
    expect(flagsOf({ ...call, usage }, book)).toEqual(['usage_inconsistent'])
  })

  it('says when nobody knows which of several steps decided the tier', () => {
    const flags = (severalSteps: boolean, tokens: number) =>
      flagsOf({ ...call, usage: { ...reported({ in_uncached: tokens, out: 1 }), severalSteps } }, tiered)
    expect(flags(true, 100_001)).toEqual(['tier_ambiguous'])
    expect(flags(true, 100_000)).toEqual([])
    expect(flags(false, 100_001)).toEqual([])
  })
})
