import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPriceBook, type PriceRow } from '../../src/core/price-book'
import { costOf, priceUsage, statedLines } from '../../src/core/pricing'
import { BUCKETS, type Bucket, type UsageLine } from '../../src/core/usage'

const row: PriceRow = {
  id: 'anthropic/test@2026-01-01',
  provider: 'anthropic',
  model: 'test',
  aliases: ['test-latest'],
  from: '2026-01-01T00:00:00Z',
  to: null,
  currency: 'USD',
  rates: { in_uncached: '2', in_cache_read: '0.003625', in_cache_write_5m: '2.50', out: '10' },
  tiers: [{ above: 100_000, rates: { in_uncached: '4', out: '15' } }],
  peaks: [],
  multipliers: { batch: '0.5', geo_us: '1.1' },
  fees: { web_search: '0.01' },
  sources: [],
  confidence: 'high',
  note: '',
}
const book = createPriceBook([row])
const AT = Date.parse('2026-11-23T10:00:00Z')

function line(tokens: UsageLine['tokens'], more: Partial<UsageLine> = {}): UsageLine {
  return {
    role: 'main',
    model: 'test',
    tokens,
    reasoningTokens: null,
    fees: [],
    modifiers: [],
    maybeFree: false,
    ...more,
  }
}

const pico = (usage: UsageLine, at = AT) => costOf(priceUsage([usage], book, 'anthropic', at)).pico

describe('pricing', () => {
  it.each<[UsageLine, bigint]>([
    [line({ in_uncached: 12, out: 30 }), 324_000_000n],
    [line({ in_cache_read: 1 }), 3_625n],
    // 3,625 × 1.1 = 3,987.5: half to even.
    [line({ in_cache_read: 1 }, { modifiers: ['geo_us'] }), 3_988n],
    [line({ in_cache_read: 1 }, { modifiers: ['geo_us', 'batch'] }), 1_994n],
    [line({}, { fees: [{ kind: 'web_search', units: 3 }] }), 30_000_000_000n],
    // A fee is not part of what a batch makes cheaper.
    [line({ out: 2 }, { modifiers: ['batch'], fees: [{ kind: 'web_search', units: 1 }] }), 10_010_000_000n],
  ])('is exact to the pico-dollar (%#)', (usage, expected) => {
    expect(pico(usage)).toBe(expected)
  })

  it('applies a tier to the whole request, and only strictly above its limit', () => {
    expect(pico(line({ in_uncached: 100_000, out: 1 }))).toBe(200_010_000_000n)
    expect(pico(line({ in_uncached: 100_001, out: 1 }))).toBe(400_019_000_000n)
  })

  it('decides the tier on the whole prompt, cached parts included', () => {
    const lines = priceUsage([line({ in_uncached: 1, in_cache_read: 100_000 })], book, 'anthropic', AT)
    expect(lines.map(({ bucket, unitPrice }) => [bucket, unitPrice])).toEqual([
      ['in_uncached', '4'],
      ['in_cache_read', null],
    ])
  })

  it('keeps the unknown unknown: one unpriced line leaves the cost open, at least the rest', () => {
    const cost = costOf(priceUsage([line({ in_uncached: 10, in_audio: 5 })], book, 'anthropic', AT))
    expect(cost).toEqual({ pico: null, atLeast: 20_000_000n, upper: null, costClass: 'unpriced' })
  })

  it.each(['fast', 'priority', '__proto__', 'constructor'])(
    'does not guess a factor it has no row for (%s)',
    (modifier) => {
      expect(pico(line({ out: 1 }, { modifiers: [modifier] }))).toBeNull()
    },
  )

  it('has no price before the row begins, and none for an id that is merely similar', () => {
    expect(pico(line({ out: 1 }), Date.parse('2025-12-31T23:59:59Z'))).toBeNull()
    expect(pico(line({ out: 1 }, { model: 'test-5' }))).toBeNull()
    expect(pico(line({ out: 1 }, { model: 'tes' }))).toBeNull()
    expect(pico(line({ out: 1 }, { model: 'test-latest' }))).toBe(10_000_000n)
  })

  it('gives a line that may be free as a range from nothing to its price', () => {
    const cost = costOf(priceUsage([line({ in_uncached: 10 }, { maybeFree: true })], book, 'anthropic', AT))
    expect(cost).toEqual({ pico: 0n, atLeast: 0n, upper: 20_000_000n, costClass: 'uncertain' })
  })

  it('calls a call without lines free, not unknown', () => {
    expect(costOf([])).toEqual({ pico: 0n, atLeast: 0n, upper: null, costClass: 'computed' })
  })

  it('adds up: a cost is the sum of its lines, never negative, and grows with every token', () => {
    const tokens = fc.dictionary(fc.constantFrom(...BUCKETS), fc.nat(10_000_000)) as fc.Arbitrary<
      Record<Bucket, number>
    >
    fc.assert(
      fc.property(tokens, (counts) => {
        const lines = priceUsage([line(counts)], book, 'anthropic', AT)
        const cost = costOf(lines)
        const sum = lines.reduce((total, priced) => total + (priced.pico ?? 0n), 0n)
        expect(cost.atLeast).toBe(sum)
        expect(sum >= 0n).toBe(true)
      }),
    )
  })
})

describe('an amount the provider states', () => {
  const used = [line({ in_uncached: 10, out: 5 }, { fees: [{ kind: 'web_search', units: 2 }] })]

  it('carries the money, and the tokens stand beside it without any', () => {
    const lines = statedLines([{ kind: 'total', usd: '0.0001721250000005' }], used, 'test')
    expect(lines.map((each) => [each.bucket, each.units, each.unitPrice, each.pico])).toEqual([
      // Half a pico-dollar over an even one.
      ['provider_cost', 1, '0.0001721250000005', 172_125_000n],
      ['in_uncached', 10, null, null],
      ['out', 5, null, null],
      ['fee:web_search', 2, null, null],
    ])
    expect(costOf(lines)).toEqual({
      pico: 172_125_000n,
      atLeast: 172_125_000n,
      upper: null,
      costClass: 'provider_reported',
    })
  })

  it('adds what a provider behind a router bills by itself', () => {
    const both = statedLines(
      [
        { kind: 'total', usd: '0' },
        { kind: 'upstream', usd: '1.13e-05' },
      ],
      used,
      'test',
    )
    expect(both.slice(0, 2).map((each) => [each.role, each.pico])).toEqual([
      ['main', 0n],
      ['upstream', 11_300_000n],
    ])
    const untold = statedLines(
      [
        { kind: 'total', usd: '0.001' },
        { kind: 'upstream', usd: null },
      ],
      used,
      'test',
    )
    expect(costOf(untold)).toMatchObject({ pico: null, atLeast: 1_000_000_000n, costClass: 'unpriced' })
  })
})

describe('the price book', () => {
  const later = { ...row, id: 'later', from: '2026-06-01T00:00:00Z' }

  it('changes price at the instant a row begins, and not a moment before', () => {
    const dated = createPriceBook([
      { ...row, to: '2026-06-01T00:00:00Z' },
      { ...later, rates: { out: '20' } },
    ])
    const at = (instant: string) => dated.find('anthropic', 'test', Date.parse(instant))?.rates.out
    expect(at('2026-05-31T23:59:59Z')).toBe('10')
    expect(at('2026-06-01T00:00:00Z')).toBe('20')
  })

  it.each<[string, PriceRow[]]>([
    ['overlaps', [row, later]],
    ['its interval is empty', [{ ...row, to: row.from }]],
    ['is not a price', [{ ...row, rates: { out: '1,5' } }]],
    ['is not a price', [{ ...row, fees: { web_search: '-1' } }]],
    [
      'tiers must ascend',
      [
        {
          ...row,
          tiers: [
            { above: 5, rates: {} },
            { above: 5, rates: {} },
          ],
        },
      ],
    ],
    ['is not a UTC instant', [{ ...row, from: '2026-01-01' }]],
  ])('refuses bad data and names the row (%s)', (reason, rows) => {
    expect(() => createPriceBook(rows)).toThrow(new RegExp(`price row .*${reason}`))
  })
})
