import { describe, expect, it } from 'vitest'
import {
  correctedWords,
  endWords,
  keyName,
  lineCostWords,
  outcomeWords,
  paceWords,
  priceWords,
  spanWords,
  spareWords,
  togetherWords,
  unitsWords,
} from '../../src/renderer/features/chat/detail-words'
import { kindWords, unitPriceWords } from '../../src/renderer/lib/line-words'
import type { DetailLineView, PriceSourceView } from '../../src/shared/ipc/detail-views'
import { BUCKETS } from '../../src/core/usage'
import { attempt } from './detail-views'
import { cost } from './views'

const NAMES = { key: 'Personal', model: 'Sonnet' }
const line = (more: Partial<DetailLineView> = {}): DetailLineView => ({
  role: 'main',
  model: 'm',
  bucket: 'out',
  units: 1_200,
  unitPrice: '0.25',
  multiplier: '1',
  priceId: 'p',
  pico: '300000000',
  upper: null,
  costClass: 'computed',
  corrected: null,
  ...more,
})

describe('a line of the details', () => {
  it('has a name for every kind of token', () => {
    // Bug: a kind without a name, or two that are called alike.
    const names = BUCKETS.map((bucket) => kindWords({ bucket, role: 'main' }))
    expect(new Set(names).size).toBe(BUCKETS.length)
    expect(names).not.toContain('Other charges')
    expect(kindWords({ bucket: 'out', role: 'compaction' })).toBe('Output (compaction)')
    expect(kindWords({ bucket: 'fee:other', role: 'main' })).toBe('Other charges')
  })

  it.each([
    ['an exact one', line(), ['1,200', '$0.25 per M', '$0.0003']],
    ['with a factor', line({ multiplier: '1.1' }), ['1,200', '$0.25 per M × 1.1', '$0.0003']],
    [
      'a fee',
      line({ bucket: 'fee:web_search', units: 2, unitPrice: '0.01', pico: '20000000000' }),
      ['2', '$0.01 each', '$0.02'],
    ],
    ['without a price', line({ unitPrice: null, pico: null, costClass: 'unpriced' }), ['1,200', '', 'no price known']],
    [
      'beside a stated amount',
      line({ unitPrice: null, pico: null, costClass: 'provider_reported' }),
      ['1,200', '', 'in the stated amount'],
    ],
    [
      'a stated amount',
      line({ bucket: 'provider_cost', units: 1, unitPrice: '0.0003', costClass: 'provider_reported' }),
      ['', '', '$0.0003'],
    ],
    [
      'a range',
      line({ upper: '900000000', costClass: 'partial' }),
      ['about 1,200', '$0.25 per M', '$0.0003 to $0.0009'],
    ],
    [
      'a count nobody reported',
      line({ units: 0, unitPrice: null, pico: null, costClass: 'unpriced' }),
      ['not reported', '', 'no price known'],
    ],
    ['nothing at all', line({ pico: '0' }), ['1,200', '$0.25 per M', '$0.00']],
  ])('%s', (_, each, words) => {
    expect([unitsWords(each), unitPriceWords(each), lineCostWords(each)]).toEqual(words)
  })

  it('says why it is not what was booked first', () => {
    expect(correctedWords(line())).toBeNull()
    const reasons = (['price_override', 'generation', 'duplicate'] as const).map((corrected) =>
      correctedWords({ corrected }),
    )
    expect(new Set(reasons).size).toBe(3)
  })
})

it.each([
  [cost('300000000'), '$0.0003'],
  [cost('300000000', { upper: '900000000' }), '$0.0003 to $0.0009'],
  // Bug: what is unknown shown as a zero, or as the tokens.
  [cost(null), 'no price known'],
  [cost(null, { atLeast: '300000000' }), 'at least $0.0003'],
  [cost('0'), '$0.00'],
])('the lines of a request come to %o', (of, words) => expect(togetherWords(of)).toBe(words))

describe('times', () => {
  it.each([
    [0, 840, '0.84 s'],
    [0, 9_994, '9.99 s'],
    [0, 9_995, '10.0 s'],
    [0, 12_340, '12.3 s'],
    [0, 59_960, '1 min 0 s'],
    [0, 125_000, '2 min 5 s'],
    [5, 5, '0.00 s'],
    [5, 4, null],
    [5, null, null],
  ])('from %s to %s is %s', (from, to, words) => expect(spanWords(from, to)).toBe(words))

  it('are told as far as they are known', () => {
    expect(paceWords(attempt())).toBe('First byte after 0.84 s, ended after 12.3 s')
    expect(paceWords(attempt({ tokensPerSecond: 45.4 }))).toMatch(
      /, 45 tokens per second from then on, thinking included$/,
    )
    expect(paceWords(attempt({ tokensPerSecond: 7.25 }))).toContain('7.3 tokens')
    expect(paceWords(attempt({ firstByteMs: null, endedMs: null }))).toBe('Times are not known')
    // Bug: a clock that was set back during the answer makes it negative.
    expect(paceWords(attempt({ endedMs: 0 }))).toBe('First byte after 0.84 s')
  })
})

describe('a request', () => {
  it('says what became of it', () => {
    expect(outcomeWords(attempt(), NAMES)).toBe('Answered')
    const failed = attempt({ state: 'failed', failure: { code: 'rate_limited', status: 429 } })
    expect(outcomeWords(failed, NAMES)).toMatch(/\(429\)$/)
    expect(outcomeWords(attempt({ state: 'failed', failure: { code: 'network', status: null } }), NAMES)).not.toMatch(
      /\(/,
    )
  })

  it('names its key as well as it can, and why it was not the first', () => {
    const key = attempt().key
    if (key === null) throw new Error('a key was expected')
    expect(keyName({ key })).toBe('Work ····9aQe')
    expect(keyName({ key: { ...key, label: null } })).toBe('····9aQe')
    expect(keyName({ key: { ...key, label: null, last4: null } })).toBe('A key without a name')
    expect(keyName({ key: { ...key, gone: true } })).toBe('A key that is no longer here')
    expect(keyName({ key: null })).toBe('None needed')
    expect(spareWords({ key })).toBeNull()
    expect(spareWords({ key: { ...key, after: 'no_credit' } })).toContain('no credit')
  })
})

it('says how an answer ended, the good end too', () => {
  expect(endWords({ state: 'complete', stopReason: 'end', budgetTokens: null })).toBe('Complete')
  expect(endWords({ state: 'complete', stopReason: 'max_tokens', budgetTokens: null })).toContain('longest')
  // Bug: the model's own limit named where a budget of the user's was in the way.
  expect(endWords({ state: 'complete', stopReason: 'max_tokens', budgetTokens: 300 })).toContain('300 tokens')
  expect(endWords({ state: 'failed', stopReason: null, budgetTokens: null })).toBe('Failed')
})

it('says where a price is from', () => {
  const row: PriceSourceView = {
    id: 'a/b@c',
    kind: 'shipped',
    from: '2026-10-07T00:00:00Z',
    confidence: 'high',
    sources: [],
  }
  expect(priceWords(row)).toBe('Price row a/b@c, in force since 7 Oct 2026')
  expect(priceWords({ ...row, confidence: 'medium' })).toContain('medium confidence')
  expect(priceWords({ ...row, kind: 'own', from: '1970-01-01T00:00:00Z' })).toBe('A price of yours')
  expect(priceWords({ ...row, kind: 'unknown', from: null })).toContain('no longer')
})
