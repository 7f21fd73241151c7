import { describe, expect, it } from 'vitest'
import { readPrice, type PriceField } from '../../src/renderer/features/prices/price-form'
import { ratesWords, settledWords, sinceWords } from '../../src/renderer/features/prices/price-words'

function read(entered: Partial<Record<PriceField, string>>) {
  const fields = { input: '0.15', output: '0.6', cached: '', from: '', ...entered }
  return readPrice('pin-tumbler', (field) => fields[field])
}

function refused(entered: Partial<Record<PriceField, string>>) {
  const reading = read(entered)
  return reading.ok ? [] : Object.keys(reading.errors)
}

describe('a price', () => {
  it('is sent as it was entered, never as a number', () => {
    const entered = { input: ' 0.1500000000001 ', output: '$2', cached: '.02', from: '2026-11-01' }
    expect(read(entered)).toEqual({
      ok: true,
      price: {
        model: 'pin-tumbler',
        rates: { in_uncached: '0.1500000000001', out: '2', in_cache_read: '0.02' },
        from: '2026-11-01',
      },
    })
  })

  it('without cached input and date has neither: what is not known is not zero', () => {
    expect(read({})).toEqual({ ok: true, price: { model: 'pin-tumbler', rates: { in_uncached: '0.15', out: '0.6' } } })
  })

  it.each(['-1', '1e3', '0,15', '1 000', 'free', '0x10', '1.', '1000.01', '9'.repeat(41), 'NaN', '٣'])(
    'is refused where it is %s',
    (text) => {
      expect(refused({ input: text, output: text, cached: text })).toEqual(['input', 'output', 'cached'])
    },
  )

  it.each(['0', '0.0', '1000', '1000.000', '0.000000000001'])('may be %s', (text) => {
    expect(refused({ input: text, output: text, cached: text })).toEqual([])
  })

  it('is needed in and out; 0 has to be said', () => {
    const reading = read({ input: '', output: '  ' })
    expect(reading).toEqual({
      ok: false,
      errors: { input: 'A price is needed here; 0 is free.', output: 'A price is needed here; 0 is free.' },
    })
  })

  it.each(['2026-02-31', '2026-13-01', '01.11.2026', '12026-01-01', '?'])('begins on no such day as %s', (from) => {
    expect(refused({ from })).toEqual(['from'])
  })
})

describe('what a price has settled', () => {
  it('is counted, summed and dated', () => {
    const words = settledWords({ callCount: 3, openCount: 0, pico: '41200000000', months: ['2026-11'] })
    expect(words).toBe('3 calls settled: $0.04, November 2026')
  })

  it('is exact below a cent', () => {
    expect(settledWords({ callCount: 1, openCount: 0, pico: '6450000', months: ['2026-11'] })).toBe(
      '1 call settled: $0.00000645, November 2026',
    )
    expect(settledWords({ callCount: 1, openCount: 0, pico: '0', months: ['2026-11'] })).toContain('$0.00,')
  })

  it('says what is still without a price', () => {
    const some = { callCount: 3, openCount: 1, pico: '41200000000', months: ['2026-11'] }
    expect(settledWords(some)).toBe('3 calls settled, 1 of them in part: $0.04, November 2026')
    expect(settledWords({ ...some, openCount: 3 })).toBe('3 calls settled, in part: $0.04, November 2026')
  })

  it('may be spread over months, or nothing', () => {
    const months = ['2025-12', '2026-01', '2026-03']
    expect(settledWords({ callCount: 9, openCount: 0, pico: '1000000000000', months })).toMatch(
      /\$1\.00, December 2025 to March 2026$/,
    )
    expect(settledWords({ callCount: 0, openCount: 0, pico: '0', months: [] })).toBe(
      'Saved. No call was waiting for this price.',
    )
  })
})

describe('a price that was set', () => {
  it('is told with what it knows, to the last digit', () => {
    expect(ratesWords({ rates: { in_uncached: '0.15', out: '12', in_cache_read: '0.003625' } })).toBe(
      '$0.15 in, $12.00 out, $0.003625 cached',
    )
    expect(ratesWords({ rates: { in_uncached: '0', out: '0.6' } })).toBe('$0.00 in, $0.60 out')
  })

  it('is told with its days, which are those of UTC whatever the clock of this computer', () => {
    expect(sinceWords({ from: '1970-01-01T00:00:00Z', to: null })).toBe('For every call')
    expect(sinceWords({ from: '2026-11-01T00:00:00Z', to: null })).toBe('From 1 Nov 2026')
    expect(sinceWords({ from: '2026-11-01T00:00:00Z', to: '2027-01-01T00:00:00Z' })).toBe(
      'From 1 Nov 2026 until 1 Jan 2027',
    )
    expect(sinceWords({ from: '1970-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' })).toBe('Until 1 Jan 2027')
  })
})
