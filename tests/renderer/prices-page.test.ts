import { describe, expect, it } from 'vitest'
import { priceChanges } from '../../src/core/price-changes'
import { unpricedCalls } from '../../src/renderer/app/unpriced-calls'
import { amountWords, changeWords, conditionWords, kindName } from '../../src/renderer/features/prices/kind-words'
import { comparedWords, lostWords, replacedWords } from '../../src/renderer/features/prices/preview-words'
import {
  concernsUse,
  inPlaceOf,
  isInUse,
  shownRows,
  timeOf,
  upcomingChanges,
} from '../../src/renderer/features/prices/price-list'
import {
  datesWords,
  inDaysWords,
  instantWords,
  removalWords,
  unpricedKindsWords,
  pricedWords,
  whyUnsettableWords,
} from '../../src/renderer/features/prices/price-page-words'
import { monthWords, wouldSettleWords } from '../../src/renderer/features/prices/price-words'
import type { PriceRowView } from '../../src/shared/ipc/price-views'
import { ownRow, priceRow, unpriced } from './price-views'
import { idOf } from './views'

const NOW = Date.parse('2026-11-23T10:00:00Z')
const day = (text: string) => `${text}T00:00:00Z`
const row = (more: Partial<PriceRowView> = {}) => priceRow({ from: day('2026-11-01'), ...more })
const ALL = { scope: 'all', provider: null, search: '' } as const

describe('when a price counts', () => {
  it('is from its first instant on, and no more at its last', () => {
    expect(timeOf(row({ from: '2026-11-23T10:00:00Z' }), NOW)).toBe('now')
    expect(timeOf(row({ from: '2026-11-23T10:00:01Z' }), NOW)).toBe('upcoming')
    expect(timeOf(row({ to: '2026-11-23T10:00:00Z' }), NOW)).toBe('past')
  })

  it('is over for one that was removed, whatever its days', () => {
    expect(timeOf(row({ own: ownRow({ removedMs: 1 }) }), NOW)).toBe('past')
  })

  it('is told in its days', () => {
    expect(datesWords(row(), 'now')).toBe('Since 1 Nov 2026')
    expect(datesWords(row(), 'upcoming')).toBe('From 1 Nov 2026')
    expect(datesWords(row({ to: day('2026-12-01') }), 'now')).toBe('1 Nov 2026 to 1 Dec 2026')
    expect(datesWords(row({ from: day('1970-01-01') }), 'now')).toBe('Always')
    expect(instantWords('2026-09-10T04:00:00Z')).toMatch(/^10 Sept? 2026, 04:00 UTC$/)
    expect(inDaysWords(day('2026-12-01'), NOW)).toBe('in 7 days')
    expect(inDaysWords(day('2026-11-24'), NOW)).toBe('within a day')
  })
})

describe('the list of prices', () => {
  const used = row({ id: 'a', usedBy: [idOf('connection', 1)] })
  const priced = row({
    id: 'b',
    model: 'old',
    modelName: 'Old',
    callCount: 2,
    firstDay: '2026-01-02',
    lastDay: '2026-02-03',
  })
  const other = row({
    id: 'c',
    provider: 'google',
    model: 'gemini',
    modelName: 'Gemini Pro',
    aliases: ['gemini-latest'],
  })
  const own = row({ id: 'own/prc_1', own: ownRow() })
  const rows = [other, priced, own, used]

  it('is of what can be chosen and what has priced something, or of everything', () => {
    expect(rows.filter(isInUse).map(({ id }) => id)).toEqual(['b', 'a'])
    expect(shownRows(rows, { ...ALL, scope: 'used' }, NOW).map(({ id }) => id)).toEqual(['a', 'b'])
    expect(shownRows(rows, ALL, NOW).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })

  it('is searched by every name a model has, word by word', () => {
    const find = (search: string) => shownRows(rows, { ...ALL, search }, NOW).map(({ id }) => id)
    expect(find('LATEST google')).toEqual(['c'])
    expect(find('gemini claude')).toEqual([])
    expect(shownRows(rows, { ...ALL, provider: 'anthropic' }, NOW).map(({ id }) => id)).toEqual(['a', 'b'])
  })

  it('has what counts now first, then what will, then what did', () => {
    const past = row({ id: 'past', from: day('2026-01-01'), to: day('2026-11-01') })
    const next = row({ id: 'next', from: day('2026-12-01') })
    expect(shownRows([past, next, row({ id: 'now' })], ALL, NOW).map(({ id }) => id)).toEqual(['now', 'next', 'past'])
  })

  it('says where a price of one’s own counts instead, and only on its days', () => {
    const ours = (more: Partial<PriceRowView>, mine = {}) => row({ id: 'own', own: ownRow(mine), ...more })
    expect(inPlaceOf(used, [ours({})], NOW)).toHaveLength(1)
    expect(inPlaceOf(row({ to: day('2026-12-01') }), [ours({ from: day('2026-12-01') })], NOW)).toHaveLength(0)
    expect(inPlaceOf(used, [ours({ model: 'another' })], NOW)).toHaveLength(0)
    expect(inPlaceOf(used, [ours({ provider: 'google' })], NOW)).toHaveLength(0)
    expect(inPlaceOf(used, [ours({}, { removedMs: 1 })], NOW)).toHaveLength(0)
    // At somebody else's host the book counts for nothing anyway.
    expect(inPlaceOf(used, [ours({}, { insteadOf: null })], NOW)).toHaveLength(0)
  })
})

describe('what will change', () => {
  const before = row({ id: 'before', to: day('2026-12-01') })
  const after = row({ id: 'after', from: day('2026-12-01'), rates: { in_uncached: '6', out: '15' } })

  it('is the old and the new price, kind by kind', () => {
    const [change, ...more] = upcomingChanges([before, after], NOW)
    expect(more).toEqual([])
    expect(change).toMatchObject({ before: { id: 'before' }, after: { id: 'after' }, at: day('2026-12-01') })
    expect(change?.changes).toMatchObject([{ kind: 'in_uncached', before: '3', after: '6', permille: 1000 }])
  })

  it('is a price that ends where nothing follows it', () => {
    expect(upcomingChanges([before], NOW)).toMatchObject([{ before: { id: 'before' }, after: null }])
    // A price of one's own is no announcement of a provider's.
    expect(upcomingChanges([row({ to: day('2026-12-01'), own: ownRow() })], NOW)).toEqual([])
  })

  it('concerns what is in use on either side of it', () => {
    // Bug: a price whose model nobody offers any more is told to end, as its successor has priced nothing yet.
    const [change] = upcomingChanges(
      [
        { ...before, usedBy: [], callCount: 5 },
        { ...after, usedBy: [] },
      ],
      NOW,
    )
    expect(change).toMatchObject({ before: { id: 'before' }, after: { id: 'after' } })
    if (change === undefined) return
    expect(concernsUse(change)).toBe(true)
    expect(concernsUse({ ...change, before: { ...before, usedBy: [] } })).toBe(false)
  })

  it('follows a model under its other name, and goes on step by step', () => {
    const renamed = { ...after, model: 'claude-new', aliases: ['claude'], to: day('2027-01-01') }
    const last = { ...renamed, id: 'last', from: day('2027-01-01'), to: null }
    const changes = upcomingChanges([last, renamed, before], NOW)
    expect(changes.map(({ before: old, after: next }) => [old?.id, next?.id])).toEqual([
      ['before', 'after'],
      ['after', 'last'],
    ])
  })

  it('is nothing that has happened', () => {
    expect(upcomingChanges([before, after], Date.parse(day('2026-12-01')))).toEqual([])
  })
})

describe('a change in words', () => {
  const words = (from: string | undefined, to: string | undefined) => {
    const figures = (out: string | undefined) => ({
      rates: out === undefined ? {} : { out },
      tiers: [],
      peaks: [],
      multipliers: {},
      fees: {},
    })
    const [change] = priceChanges(figures(from), figures(to))
    return change === undefined ? '' : changeWords(change)
  }

  it.each([
    ['10', '12.5', '+25 %'],
    ['12', '11', '\u22128.3 %'],
    ['2', '4', '+100 %'],
    ['0.5', '50', '+9,900 %'],
    ['3', '3.00', 'same'],
    ['1000', '1000.1', 'under 0.1 %'],
    ['0', '1', 'no longer free'],
    ['1', '0', '\u2212100 %'],
    ['1', undefined, 'price ends'],
    [undefined, '1', 'new'],
  ])('from %s to %s is %s', (from, to, expected) => {
    expect(words(from, to)).toBe(expected)
  })

  it('has a name for every kind, and a unit', () => {
    expect(['in_cache_write_1h', 'fee:web_search', 'times:batch', 'times:new_mode'].map(kindName)).toEqual([
      'Written to cache, 1 hour',
      'Web search',
      'Batch',
      'new_mode',
    ])
    expect(kindName('fee:constructor')).toBe('Other charges')
    expect(amountWords('out', '0.003625')).toBe('$0.003625')
    expect(amountWords('fee:web_search', '0.01')).toBe('$0.01 each')
    expect(amountWords('times:batch', '0.5')).toBe('× 0.5')
    expect(amountWords('out', null)).toBe('no price')
  })

  it('says when it counts', () => {
    expect(conditionWords({ above: 200_000 })).toBe('prompts over 200,000 tokens')
    const peak = { startUtc: '01:00', endUtc: '04:00', rates: {} }
    expect(conditionWords({ peak: { ...peak, weekdays: [1, 2, 3, 4, 5] } })).toBe('Mon to Fri, 01:00 to 04:00 UTC')
    expect(conditionWords({ peak: { ...peak, weekdays: [1, 2, 3, 4, 5, 6, 7] } })).toBe('every day, 01:00 to 04:00 UTC')
    expect(conditionWords({ peak: { ...peak, weekdays: [6, 7] } })).toBe('Sat, Sun, 01:00 to 04:00 UTC')
  })
})

describe('what a price of one’s own would do', () => {
  const settles = { callCount: 3, openCount: 0, pico: '41200000000', months: ['2026-10', '2026-11'] }
  const figures = {
    rates: { in_uncached: '3', out: '15' },
    tiers: [],
    peaks: [],
    multipliers: {},
    fees: { web_search: '0.01' },
  }

  it('is counted, summed and dated', () => {
    expect(wouldSettleWords(settles)).toBe('Settles 3 calls that have no price: $0.04, October 2026 to November 2026.')
    expect(wouldSettleWords({ ...settles, openCount: 1 })).toContain('no price, 1 of them in part: ')
    expect(wouldSettleWords({ ...settles, callCount: 1, openCount: 1, months: ['2026-11'] })).toBe(
      'Settles in part 1 call that has no price: $0.04, November 2026.',
    )
    expect(wouldSettleWords({ ...settles, callCount: 0 })).toBe('No call waits for this price.')
    expect(monthWords({ month: '2026-11', callCount: 1, pico: '6450000' })).toBe('1 call in November 2026, $0.00000645')
  })

  it('says what it knows no price for although there is one now', () => {
    const after = { ...figures, rates: { out: '1' }, fees: {} }
    expect(lostWords({ before: { ...figures, isOwn: false }, after })).toBe(
      'Your price says nothing of: Input; Web search. What uses that is booked without a price.',
    )
    expect(lostWords({ before: null, after })).toBe('')
  })

  it('says what it is compared with, and whose days it takes', () => {
    const at = '2026-12-01T00:00:00.000Z'
    expect(comparedWords({ at, before: null })).toBe('No price is known here on 1 Dec 2026 (UTC).')
    expect(comparedWords({ at, before: { ...figures, isOwn: false } })).toBe(
      'Compared with what counts here on 1 Dec 2026 (UTC).',
    )
    const own = { model: 'm', connectionId: idOf('connection', 1), id: idOf('price', 1), fees: {}, createdMs: 0 }
    expect(replacedWords({ ...own, from: day('2026-11-01'), to: null, rates: { out: '2' } })).toBe(
      'Takes days from your price of $2.00 out (from 1 Nov 2026).',
    )
  })

  it('undone says what counts then, and that nothing is booked anew', () => {
    expect(removalWords(row({ callCount: 2 }), row(), NOW)).toBe(
      'Calls from now on are booked at the price of the book again: $3.00 in, $15.00 out per M. What it priced or settled keeps it: 2 calls.',
    )
    expect(removalWords(row(), null, NOW)).toBe('No other price is known: calls from now on are booked as unpriced.')
    // Bug: a price that has ended, or not begun, is said to count until it is removed.
    expect(removalWords(row({ to: day('2026-11-20') }), row(), NOW)).toBe('It has ended: no call from now on changes.')
    const upcoming = row({ from: day('2026-12-24') })
    expect(removalWords(upcoming, row(), NOW)).toBe(
      'Calls from 24 Dec 2026 are booked at the price of the book: $3.00 in, $15.00 out per M.',
    )
    expect(removalWords(upcoming, null, NOW)).toBe(
      'No other price is known: calls from 24 Dec 2026 are booked as unpriced.',
    )
  })
})

describe('calls without a price', () => {
  it('say what has none, and why none can be set', () => {
    expect(unpricedKindsWords(unpriced({ kinds: ['out', 'fee:web_search'] }))).toBe('No price for: Output, Web search.')
    expect(whyUnsettableWords(unpriced())).toBe('')
    expect(whyUnsettableWords(unpriced({ canSet: false }))).toContain('connection was removed')
    expect(whyUnsettableWords(unpriced({ canSet: false, isUpstream: true }))).toContain('behind this one')
    expect(whyUnsettableWords(unpriced({ canSet: false, kinds: ['provider_cost'], provider: 'openrouter' }))).toContain(
      'OpenRouter states what each call costs',
    )
    expect(whyUnsettableWords(unpriced({ canSet: false, inputTokens: 0, outputTokens: 0 }))).toBe(
      'Nobody has counted what it used, so no price can be applied.',
    )
  })

  it('lead to those very calls', () => {
    expect(unpricedCalls(unpriced()).query).toEqual({
      range: { from: '2026-11-01', to: '2026-11-20' },
      filter: { connectionId: idOf('connection', 1), costClass: 'unpriced', model: 'pin-tumbler' },
      by: 'conversation',
    })
    // Bug: of several names only one is looked for, and calls are missing.
    expect(unpricedCalls(unpriced({ requested: null })).query.filter).not.toHaveProperty('model')
  })

  it('or with one, are told with their days', () => {
    expect(pricedWords(row())).toBe('No call yet')
    expect(pricedWords(row({ callCount: 2, firstDay: '2026-11-01', lastDay: '2026-11-20' }))).toBe(
      '2 calls, 1 Nov 2026 to 20 Nov 2026',
    )
    expect(pricedWords(row({ callCount: 1, firstDay: '2026-11-01', lastDay: '2026-11-01' }))).toBe('1 call, 1 Nov 2026')
  })
})
