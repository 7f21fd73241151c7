import { describe, expect, it } from 'vitest'
import { createPriceBook, layered } from '../../src/core/price-book'
import { PriceError, readPriceRows } from '../../src/core/price-file'

const row = { provider: 'anthropic', model: 'm', rates: { in_uncached: '3', out: '15' } }

describe('prices written by people', () => {
  it('need a provider, a model and rates; everything else has a default', () => {
    expect(readPriceRows([row])).toEqual([
      {
        id: 'anthropic/m@1970-01-01',
        ...row,
        aliases: [],
        from: '1970-01-01T00:00:00Z',
        to: null,
        currency: 'USD',
        tiers: [],
        peaks: [],
        multipliers: {},
        fees: {},
        sources: [],
        confidence: 'high',
        note: '',
      },
    ])
  })

  it('may name days, which begin at midnight in UTC, and providers nobody here knows', () => {
    const [read] = readPriceRows([{ ...row, provider: 'perplexity', from: '2026-10-07', to: '2026-12-01' }])
    expect(read).toMatchObject({ provider: 'compatible', from: '2026-10-07T00:00:00Z', to: '2026-12-01T00:00:00Z' })
  })

  it.each<[string, unknown, RegExp]>([
    ['no list', { row }, /must be a list/],
    ['no row', [3], /price row 1: an object/],
    ['no model', [row, { ...row, model: undefined }], /price row 2: model: a text/],
    ['no rates', [{ ...row, rates: undefined }], /price row 1: rates: an object/],
    ['a misspelt field', [{ ...row, tier: [] }], /price row 1: there is no field "tier"/],
    ['a kind of token there is not', [{ ...row, rates: { input: '3' } }], /rates: there is no kind of token "input"/],
    ['a number for a price', [{ ...row, rates: { out: 15 } }], /rates: out: write it as text/],
    [
      'a price with a comma',
      [{ ...row, rates: { out: '1,5' } }],
      /price row anthropic\/m@1970-01-01: "1,5" is not a price/,
    ],
    ['a negative price', [{ ...row, fees: { web_search: '-1' } }], /"-1" is not a price/],
    ['another currency', [{ ...row, currency: 'EUR' }], /currency: only USD/],
    ['a date that is none', [{ ...row, from: 'yesterday' }], /"yesterday" is not a UTC instant/],
    ['an end before its beginning', [{ ...row, from: '2026-02-01', to: '2026-01-01' }], /its interval is empty/],
    ['two rows at once', [row, { ...row, id: 'b' }], /price row b: overlaps anthropic\/m@1970-01-01/],
    ['tiers that do not ascend', [{ ...row, tiers: [{ above: 0, rates: {} }] }], /tiers must ascend/],
    ['a tier above nothing', [{ ...row, tiers: [{ rates: {} }] }], /tiers: above: a number/],
    [
      'an hour that is none',
      [{ ...row, peaks: [{ weekdays: [1], startUtc: '6', endUtc: '07:00', rates: {} }] }],
      /startUtc/,
    ],
    [
      'a day of no week',
      [{ ...row, peaks: [{ weekdays: [8], startUtc: '06:00', endUtc: '07:00', rates: {} }] }],
      /weekdays/,
    ],
    [
      'hours over midnight',
      [{ ...row, peaks: [{ weekdays: [1], startUtc: '22:00', endUtc: '06:00', rates: {} }] }],
      /no hours of a day/,
    ],
    [
      'an hour past the day',
      [{ ...row, peaks: [{ weekdays: [1], startUtc: '22:00', endUtc: '25:99', rates: {} }] }],
      /no hours of a day/,
    ],
    [
      'half a weekday',
      [{ ...row, peaks: [{ weekdays: [1.5], startUtc: '01:00', endUtc: '02:00', rates: {} }] }],
      /no hours of a day/,
    ],
    [
      'peaks and tiers at once',
      [
        {
          ...row,
          tiers: [{ above: 5, rates: {} }],
          peaks: [{ weekdays: [1], startUtc: '01:00', endUtc: '02:00', rates: {} }],
        },
      ],
      /do not go together/,
    ],
  ])('are refused with the row and the field: %s', (_, json, reason) => {
    expect(() => readPriceRows(json)).toThrow(PriceError)
    expect(() => readPriceRows(json)).toThrow(reason)
  })
})

it('a price laid over the book counts for its own interval, and the book for the rest', () => {
  const under = createPriceBook(readPriceRows([row]))
  const over = createPriceBook(readPriceRows([{ ...row, id: 'mine', from: '2026-02-01', to: '2026-03-01' }]))
  const book = layered(over, under)
  const at = (instant: string) => book.find('anthropic', 'm', Date.parse(instant))?.id
  expect(at('2026-01-31T23:59:59.999Z')).toBe('anthropic/m@1970-01-01')
  expect(at('2026-02-01T00:00:00Z')).toBe('mine')
  expect(at('2026-02-28T23:59:59.999Z')).toBe('mine')
  expect(at('2026-03-01T00:00:00Z')).toBe('anthropic/m@1970-01-01')
  expect(book.find('anthropic', 'other', 0)).toBeUndefined()
})
