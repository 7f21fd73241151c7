import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPriceBook, type PriceRow } from '../../src/core/price-book'
import { costOf, priceUsage } from '../../src/core/pricing'
import { BUCKETS, type Bucket, type UsageLine } from '../../src/core/usage'
import { worstCase } from '../../src/core/worst-case'
import { priceRows } from '../../src/main/catalog/data'

// Bug: a bound that is none: a dearer tier, a cache write, a regional factor or a rounding that was forgotten.

const startedMs = (row: PriceRow): number => Date.parse(row.from) + 12 * 3_600_000
const bounds = { promptMost: 100_000, modifiers: [], writes: [] } as const

function line(row: PriceRow, tokens: UsageLine['tokens'], modifiers: readonly string[]): UsageLine {
  return { role: 'main', model: row.model, tokens, reasoningTokens: null, fees: [], modifiers, maybeFree: false }
}

describe('every shipped price', () => {
  const ttl = fc.constantFrom<readonly Bucket[]>(
    [],
    ['in_cache_write_5m'],
    ['in_cache_write_30m'],
    ['in_cache_write_1h'],
  )

  it.each(priceRows.map((row) => [row.id, row] as const))('%s bounds whatever fits into it', (_, row) => {
    const book = createPriceBook([row])
    const known: readonly (readonly string[])[] = [[], ...Object.keys(row.multipliers).map((name) => [name])]
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_200_000 }),
        fc.integer({ min: 1, max: 128_000 }),
        fc.tuple(fc.nat(100), fc.nat(100), fc.nat(100)),
        ttl,
        fc.constantFrom(...known),
        (promptMost, outputTokens, shares, writes, modifiers) => {
          const most = worstCase(row, { promptMost, startedMs: startedMs(row), modifiers, writes }, outputTokens)
          const [prompt, cached, answered] = shares
          const used = Math.floor((promptMost * prompt) / 100)
          const hit = Math.floor((used * cached) / 100)
          const write = writes.find((bucket) => row.rates[bucket] !== undefined) ?? 'in_uncached'
          const tokens = { in_cache_read: hit, [write]: used - hit, out: Math.floor((outputTokens * answered) / 100) }
          const cost = costOf(priceUsage([line(row, tokens, modifiers)], book, row.provider, startedMs(row)))
          // What is not priced cannot be bounded, and what is bounded is not dearer.
          expect(cost.pico === null || most === null || cost.pico <= most).toBe(true)
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('the most a call may cost', () => {
  const row = priceRows.find(({ id, rates }) => id.includes('sonnet-5-5') && rates.out === '10')

  it('is the prompt at its dearest and the longest answer, rounded up', () => {
    expect(row?.rates).toMatchObject({ in_uncached: '2', in_cache_write_5m: '2.50', in_cache_write_1h: '4', out: '10' })
    if (row === undefined) throw new Error('the price has gone')
    const at = startedMs(row)
    expect(worstCase(row, { ...bounds, startedMs: at }, 1_000)).toBe(200_000_000_000n + 10_000_000_000n)
    expect(worstCase(row, { ...bounds, startedMs: at, writes: ['in_cache_write_5m'] }, 1_000)).toBe(260_000_000_000n)
    expect(worstCase(row, { ...bounds, startedMs: at, writes: ['in_cache_write_1h'] }, 1_000)).toBe(410_000_000_000n)
  })

  it('is unknown without a price, without one of its rates, and at a host whose factor nobody knows', () => {
    if (row === undefined) throw new Error('the price has gone')
    const at = { ...bounds, startedMs: startedMs(row) }
    const { out: _, ...withoutOut } = row.rates
    expect(worstCase(undefined, at, 1)).toBeNull()
    expect(worstCase({ ...row, rates: withoutOut }, at, 1)).toBeNull()
    expect(worstCase(row, { ...at, modifiers: ['other_host'] }, 1)).toBeNull()
  })

  it('rounds a fraction of a pico-dollar up', () => {
    if (row === undefined) throw new Error('the price has gone')
    const odd: PriceRow = { ...row, rates: { in_uncached: '0.0000001', out: '0.0000001' }, tiers: [], multipliers: {} }
    expect(worstCase(odd, { ...bounds, promptMost: 1, startedMs: startedMs(row) }, 1)).toBe(2n)
  })

  it('takes every tier the prompt may reach', () => {
    if (row === undefined) throw new Error('the price has gone')
    const rates = Object.fromEntries(BUCKETS.map((bucket) => [bucket, '8']))
    const tiered: PriceRow = { ...row, tiers: [{ above: 50_000, rates }] }
    const at = startedMs(row)
    expect(worstCase(tiered, { ...bounds, promptMost: 50_000, startedMs: at }, 0)).toBe(100_000_000_000n)
    expect(worstCase(tiered, { ...bounds, promptMost: 50_001, startedMs: at }, 0)).toBe(400_008_000_000n)
  })
})
