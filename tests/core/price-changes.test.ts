import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { priceChanges, type PriceFigures } from '../../src/core/price-changes'

const price = (more: Partial<PriceFigures> = {}): PriceFigures => ({
  rates: { in_uncached: '3', out: '15' },
  tiers: [],
  peaks: [],
  multipliers: {},
  fees: {},
  ...more,
})

describe('two prices, figure by figure', () => {
  it('are told apart by what changes, and by how much', () => {
    expect(priceChanges(price(), price({ rates: { in_uncached: '2.50', out: '15.0' } }))).toEqual([
      { kind: 'in_uncached', condition: null, before: '3', after: '2.50', permille: -167, isChanged: true },
      // Bug: another way to write the same amount passes for a change.
      { kind: 'out', condition: null, before: '15', after: '15.0', permille: 0, isChanged: false },
    ])
  })

  it('say what has a price no more, and what has one from then on: unknown is not zero', () => {
    const changes = priceChanges(
      price({ rates: { out: '0' }, fees: { web_search: '0.01' } }),
      price({ rates: { out: '1', in_audio: '0' } }),
    )
    expect(changes).toEqual([
      { kind: 'in_audio', condition: null, before: null, after: '0', permille: null, isChanged: true },
      // From nothing there is no percentage.
      { kind: 'out', condition: null, before: '0', after: '1', permille: null, isChanged: true },
      { kind: 'fee:web_search', condition: null, before: '0.01', after: null, permille: null, isChanged: true },
    ])
  })

  it('compare a price for long prompts with what the other takes for the same prompt', () => {
    // Bug: a tier that goes away looks as if long prompts had no price any more.
    const tiered = price({ tiers: [{ above: 200_000, rates: { in_uncached: '6', out: '15' } }] })
    const long = priceChanges(tiered, price()).filter(({ condition }) => condition !== null)
    expect(long).toEqual([
      { kind: 'in_uncached', condition: { above: 200_000 }, before: '6', after: '3', permille: -500, isChanged: true },
      { kind: 'out', condition: { above: 200_000 }, before: '15', after: '15', permille: 0, isChanged: false },
    ])
    const moved = price({ tiers: [{ above: 272_000, rates: { in_uncached: '6' } }] })
    const both = priceChanges(tiered, moved).filter(
      ({ kind, condition }) => kind === 'in_uncached' && condition !== null,
    )
    expect(both.map(({ condition, before, after }) => [condition, before, after])).toEqual([
      [{ above: 200_000 }, '6', '3'],
      [{ above: 272_000 }, '6', '6'],
    ])
  })

  it('compare the price of set hours with what the other takes in those hours', () => {
    const peak = {
      weekdays: [1, 2, 3, 4, 5],
      startUtc: '01:00',
      endUtc: '04:00',
      rates: { in_uncached: '6', out: '30' },
    }
    const dearer = { ...peak, rates: { in_uncached: '9', out: '30' } }
    const [hour, ...more] = priceChanges(price({ peaks: [peak] }), price({ peaks: [dearer] })).filter(
      ({ condition, isChanged }) => condition !== null && isChanged,
    )
    expect(more).toEqual([])
    expect(hour).toMatchObject({ kind: 'in_uncached', before: '6', after: '9', permille: 500 })
    const gone = priceChanges(price({ peaks: [peak] }), price()).filter(({ condition }) => condition !== null)
    expect(gone.map(({ before, after }) => [before, after])).toEqual([
      ['6', '3'],
      ['30', '15'],
    ])
  })

  it('tell factors and fees by their names, whatever they are', () => {
    const named = priceChanges(
      price({ multipliers: { batch: '0.5', constructor: '2' } }),
      price({ multipliers: { batch: '0.5' } }),
    )
    expect(named.slice(2)).toEqual([
      { kind: 'times:batch', condition: null, before: '0.5', after: '0.5', permille: 0, isChanged: false },
      { kind: 'times:constructor', condition: null, before: '2', after: null, permille: null, isChanged: true },
    ])
  })

  it('turned around say the same the other way', () => {
    const rate = fc.option(fc.constantFrom('0', '0.003625', '1', '1.0', '15'), { nil: undefined })
    const rates = fc.record({ in_uncached: rate, out: rate, in_audio: rate })
    const figures = fc.record({ rates, tiers: fc.array(rates, { maxLength: 2 }) }).map(({ rates: plain, tiers }) =>
      price({
        rates: JSON.parse(JSON.stringify(plain)) as PriceFigures['rates'],
        tiers: tiers.map((each, at) => ({
          above: 1000 * (at + 1),
          rates: JSON.parse(JSON.stringify(each)) as PriceFigures['rates'],
        })),
      }),
    )
    fc.assert(
      fc.property(figures, figures, (a, b) => {
        const there = priceChanges(a, b)
        const back = priceChanges(b, a)
        expect(
          back.map(({ kind, condition, before, after, isChanged }) => [kind, condition, after, before, isChanged]),
        ).toEqual(
          there.map(({ kind, condition, before, after, isChanged }) => [kind, condition, before, after, isChanged]),
        )
        expect(priceChanges(a, a).some(({ isChanged }) => isChanged)).toBe(false)
      }),
    )
  })
})
