import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cacheSaved, ratesUsed } from '../../src/core/caching-saved'
import { createPriceBook, type PriceRow } from '../../src/core/price-book'
import { costOf, priceUsage, statedLines } from '../../src/core/pricing'
import { BUCKETS, inputTokens, type UsageLine } from '../../src/core/usage'

const AT = Date.parse('2026-11-23T10:00:00Z')
const NIGHT = Date.parse('2026-11-23T20:00:00Z')

const plain: PriceRow = {
  id: 'anthropic/test@2026-01-01',
  provider: 'anthropic',
  model: 'test',
  aliases: [],
  from: '2026-01-01T00:00:00Z',
  to: null,
  currency: 'USD',
  rates: { in_uncached: '2', in_cache_read: '0.20', in_cache_write_5m: '2.50', in_cache_write_1h: '4', out: '10' },
  tiers: [
    {
      above: 100_000,
      rates: { in_uncached: '3', in_cache_read: '0.30', in_cache_write_5m: '3.75', in_cache_write_1h: '6', out: '15' },
    },
  ],
  peaks: [],
  multipliers: { batch: '0.5', geo_us: '1.1' },
  fees: { web_search: '0.01' },
  sources: [],
  confidence: 'high',
  note: '',
}
const rows: readonly PriceRow[] = [
  plain,
  {
    ...plain,
    id: 'anthropic/fine@2026-01-01',
    model: 'fine',
    tiers: [],
    rates: { in_uncached: '0.000005', in_cache_read: '0' },
  },
  { ...plain, id: 'anthropic/poor@2026-01-01', model: 'poor', tiers: [], rates: { in_cache_read: '0.2', out: '1' } },
  {
    ...plain,
    id: 'anthropic/night@2026-01-01',
    model: 'night',
    tiers: [],
    // At night a read costs what it costs by day and the input half of it: the unit price alone does not tell them apart.
    peaks: [{ weekdays: [1], startUtc: '18:00', endUtc: '24:00', rates: { in_uncached: '1', in_cache_read: '0.20' } }],
  },
]
const book = createPriceBook(rows)

const line = (tokens: UsageLine['tokens'], more: Partial<UsageLine> = {}): UsageLine => ({
  role: 'main',
  model: 'test',
  tokens,
  reasoningTokens: null,
  fees: [],
  modifiers: [],
  maybeFree: false,
  ...more,
})

function saved(usage: readonly UsageLine[], atMs = AT, pricedBy = book, readBy = book): bigint | null {
  const lines = priceUsage(usage, pricedBy, 'anthropic', atMs)
  return cacheSaved(lines, ratesUsed(lines, readBy, 'anthropic', atMs))
}

describe('what caching saved', () => {
  it.each<[string, UsageLine, bigint | null]>([
    ['reads', line({ in_uncached: 10, in_cache_read: 1_000, out: 5 }), 1_800_000_000n],
    ['a write that nothing has read yet', line({ in_cache_write_5m: 1_000 }), -500_000_000n],
    ['a write for an hour', line({ in_cache_write_1h: 1_000 }), -2_000_000_000n],
    ['reads less the write beside them', line({ in_cache_read: 1_000, in_cache_write_5m: 400 }), 1_600_000_000n],
    ['nothing cached', line({ in_uncached: 10, out: 5 }), 0n],
    ['nothing at all', line({}), 0n],
    ['an hour that was not made good', line({ in_cache_read: 100, in_cache_write_1h: 1_000 }), -1_820_000_000n],
    ['a long prompt, by the prices of long prompts', line({ in_cache_read: 100_001 }), 270_002_700_000n],
    ['a prompt just not long', line({ in_cache_read: 100_000 }), 180_000_000_000n],
    ['the factor of the line', line({ in_cache_read: 1_000 }, { modifiers: ['geo_us'] }), 1_980_000_000n],
    ['two factors', line({ in_cache_write_5m: 1_000 }, { modifiers: ['geo_us', 'batch'] }), -275_000_000n],
    ['a factor nobody knows', line({ in_cache_read: 1_000 }, { modifiers: ['fast'] }), null],
    ['a bucket without a price', line({ in_cache_write_30m: 1_000 }), null],
    ['an input without a price', line({ in_cache_read: 1_000 }, { model: 'poor' }), null],
    ['a model without a price', line({ in_cache_read: 1_000 }, { model: 'unknown' }), null],
    ['a model without a price and without a cache', line({ in_uncached: 10 }, { model: 'unknown' }), 0n],
    ['what may not be billed', line({ in_cache_read: 1_000, out: 0 }, { maybeFree: true }), null],
  ])('counts %s', (_, usage, expected) => {
    expect(saved([usage])).toBe(expected)
  })

  it('is rounded once for the call, half to even', () => {
    // Two and a half pico-dollars a line: rounded line by line it would be two, four and six.
    const half = line({ in_cache_read: 1 }, { model: 'fine', modifiers: ['batch'] })
    const steps = [1, 2, 3].map((count) => saved(Array.from({ length: count }, () => half)))
    expect(steps).toEqual([2n, 5n, 8n])
  })

  it('keeps the pieces of work of several models apart', () => {
    const long = line({ in_cache_read: 100_001 })
    const short = line({ in_cache_read: 1_000 }, { role: 'compaction' })
    expect(saved([long, short])).toBe(270_002_700_000n + 1_800_000_000n)
  })

  // Two short prompts are together as long as a long one; the prices used say that they were short.
  it('reads the tier of several pieces of work by one model from the prices that were used', () => {
    expect(saved([line({ in_cache_read: 60_000 }), line({ in_cache_read: 60_000 })])).toBe(216_000_000_000n)
  })

  it('goes by the time of day', () => {
    const read = line({ in_cache_read: 1_000 }, { model: 'night' })
    expect([saved([read]), saved([read], NIGHT)]).toEqual([1_800_000_000n, 800_000_000n])
  })

  it('is unknown where the provider stated the amount, also when nothing was cached', () => {
    for (const tokens of [{ in_cache_read: 1_000 }, { in_uncached: 5 }]) {
      const lines = statedLines([{ kind: 'total', usd: '0.01' }], [line(tokens)], 'test')
      expect(cacheSaved(lines, () => plain.rates)).toBeNull()
    }
  })

  // A price of the user's own that came later must not re-price what was booked before it.
  it('is unknown when the row that was used is no longer the one in force', () => {
    const later = createPriceBook([{ ...plain, id: 'own/test' }])
    expect(saved([line({ in_cache_read: 1_000 })], AT, book, later)).toBeNull()
    expect(saved([line({ in_cache_read: 1_000 })], AT, book, createPriceBook([]))).toBeNull()
  })

  it('is what the same tokens would have cost as plain input, less what they cost', () => {
    const count = fc.nat(400_000)
    const usage = fc.record({
      in_uncached: count,
      in_cache_read: count,
      in_cache_write_5m: count,
      in_cache_write_1h: count,
      out: count,
    })
    const modifiers = fc.subarray(['batch', 'geo_us'])
    fc.assert(
      fc.property(usage, modifiers, (tokens, applied) => {
        const cached = line(tokens, { modifiers: applied })
        const uncached = line({ in_uncached: inputTokens(cached), out: tokens.out }, { modifiers: applied })
        const cost = (priced: UsageLine) => costOf(priceUsage([priced], book, 'anthropic', AT)).pico ?? 0n
        const difference = (saved([cached]) ?? 0n) - (cost(uncached) - cost(cached))
        // Each line is rounded once, by half a pico at most, and the saving once more.
        expect(difference >= -3n && difference <= 3n).toBe(true)
      }),
    )
  })

  it('looks at every bucket a cache is in', () => {
    const cached = BUCKETS.filter((bucket) => bucket.startsWith('in_cache_'))
    const rates = Object.fromEntries([['in_uncached', '1'], ...cached.map((bucket) => [bucket, '3'])])
    const dear = createPriceBook([{ ...plain, tiers: [], rates }])
    const each = cached.map((bucket) => saved([line({ [bucket]: 1 })], AT, dear, dear))
    expect(each).toEqual(cached.map(() => -2_000_000n))
  })
})
