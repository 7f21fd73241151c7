import { expect, it } from 'vitest'
import { createPriceBook, type PriceRow } from '../../src/core/price-book'
import { costOf, priceUsage, type PricedLine } from '../../src/core/pricing'
import { BUCKETS, type UsageLine } from '../../src/core/usage'
import { callOf, faultOf, lineOf, withStorage } from '../support/ledger'
import { withTempDir } from '../support/temp-dir'

const CALLS = 25_000
const DAY = 86_400_000

/** Numbers that look random and are the same every time. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/**
 * What a line comes to, by the schoolbook: a fraction of whole numbers, rounded once to the nearest pico-dollar and to the
 * even one in the middle. Shares nothing with the code it checks.
 */
function byTheSchoolbook({ bucket, units, unitPrice, multiplier }: PricedLine): bigint {
  const fraction = (text: string): [bigint, bigint] => {
    const [whole = '', part = ''] = text.split('.')
    return [BigInt(whole + part), BigInt(`1${'0'.repeat(part.length)}`)]
  }
  const [price, priceUnder] = fraction(unitPrice ?? '')
  const [factor, factorUnder] = fraction(multiplier)
  const above = price * factor * BigInt(units) * 1_000_000_000_000n
  const under = priceUnder * factorUnder * (bucket.startsWith('fee:') ? 1n : 1_000_000n)
  const down = above / under
  const rest = above - down * under
  const up = rest * 2n > under || (rest * 2n === under && down % 2n === 1n)
  return up ? down + 1n : down
}

it('adds up 100,000 random lines exactly: line, call, day and month', async () => {
  const random = randomFrom(20_261_123)
  const amount = () => `${random(60)}.${String(random(1_000_000)).padStart(6, '0')}`
  const rates = () => Object.fromEntries(BUCKETS.map((bucket) => [bucket, amount()]))
  const row: PriceRow = {
    id: 'test',
    provider: 'anthropic',
    model: 'test',
    aliases: [],
    from: '2020-01-01T00:00:00Z',
    to: null,
    currency: 'USD',
    rates: rates(),
    tiers: [{ above: 200_000, rates: rates() }],
    peaks: [],
    multipliers: { batch: '0.5', geo_us: '1.1', fast: '2.5', odd: '1.333333' },
    fees: { web_search: '0.0100005' },
    sources: [],
    confidence: 'high',
    note: '',
  }
  const book = createPriceBook([row])
  const usage = (): UsageLine => ({
    role: 'main',
    model: 'test',
    tokens: Object.fromEntries(
      [0, 1, 2].map(() => [BUCKETS[random(BUCKETS.length)], random(2) ? random(9) : random(3e5)]),
    ),
    reasoningTokens: null,
    fees: random(3) === 0 ? [{ kind: 'web_search', units: 1 + random(20) }] : [{ kind: 'web_search', units: 1 }],
    modifiers: Object.keys(row.multipliers).filter(() => random(4) === 0),
    maybeFree: false,
  })

  await withTempDir(async (profile) =>
    withStorage(profile, (storage) => {
      const months = new Map<string, bigint>()
      const days = new Map<string, bigint>()
      const wrong: unknown[] = []
      let lines = 0
      storage.transaction(() => {
        for (let number = 1; number <= CALLS || lines < 100_000; number += 1) {
          const startedMs = Date.UTC(2026, 0, 1) + random(365 * DAY)
          const call = callOf(number, { startedMs, offsetMinutes: random(26 * 60) - 720 })
          const priced = priceUsage([usage()], book, 'anthropic', startedMs)
          const expected = priced.reduce((sum, line) => sum + byTheSchoolbook(line), 0n)
          // Collected: a matcher for each of so many would take minutes.
          if (costOf(priced).pico !== expected) wrong.push({ number, priced: costOf(priced).pico, expected })
          storage.calls.add(call)
          storage.ledger.append(call, priced, 0)
          lines += priced.length
          months.set(call.localDay.slice(0, 7), (months.get(call.localDay.slice(0, 7)) ?? 0n) + expected)
          days.set(call.localDay, (days.get(call.localDay) ?? 0n) + expected)
          if (number % 97 === 0 && storage.spend.ofCall(call.id).pico !== expected) {
            wrong.push({ number, booked: storage.spend.ofCall(call.id).pico, expected })
          }
        }
      })
      expect(wrong).toEqual([])
      expect(lines).toBeGreaterThanOrEqual(100_000)
      for (const [month, expected] of months) {
        expect(storage.spend.month(month).cost).toMatchObject({ pico: expected, costClass: 'computed' })
        for (const { key, cost } of storage.spend.month(month).parts.day) expect(cost.pico).toBe(days.get(key))
      }
      expect(faultOf(storage)).toBeNull()
    }),
  )
}, 120_000)

it('reads a month of millions of dollars to the last pico-dollar', async () => {
  await withTempDir(async (profile) =>
    withStorage(profile, (storage) => {
      // $10,000 each, the most a line may be; a JavaScript number is exact to $9,007 in all.
      const most = 10_000_000_000_000_000n
      const call = callOf(1)
      storage.transaction(() => {
        storage.calls.add(call)
        storage.ledger.append(
          call,
          [...Array<bigint>(900).fill(most), 1n].map((pico) => lineOf(pico)),
          0,
        )
      })
      expect(storage.spend.month('2026-11').cost.pico).toBe(900n * most + 1n)
      expect(storage.spend.ofCall(call.id).pico).toBe(900n * most + 1n)
      expect(() => storage.ledger.append(call, [lineOf(most + 1n)], 0)).toThrow('CHECK')
    }),
  )
})
