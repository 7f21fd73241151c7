import { describe, expect, it } from 'vitest'
import { paceOf } from '../../src/renderer/features/spend/pace'
import { drilled, filtered, placeOf, rangeOf, rangeWords, trailOf } from '../../src/renderer/features/spend/spend-view'

describe('named ranges', () => {
  it.each([
    ['month', '2028-02-10', '2028-02-01', '2028-02-29'],
    ['last-month', '2026-01-15', '2025-12-01', '2025-12-31'],
    ['days', '2026-03-01', '2026-01-31', '2026-03-01'],
    ['year', '2026-11-23', '2025-12-01', '2026-11-30'],
    ['year', '2026-12-31', '2026-01-01', '2026-12-31'],
  ] as const)('%s seen from %s', (preset, today, from, to) => {
    expect(rangeOf(preset, today)).toEqual({ from, to })
  })

  it('are called by their month where they are one', () => {
    expect(rangeWords({ from: '2026-11-01', to: '2026-11-30' })).toBe('November 2026')
    expect(rangeWords({ from: '2026-11-01', to: '2026-11-29' })).toBe('1 Nov 2026 to 29 Nov 2026')
    expect(rangeWords({ from: '2026-11-01', to: '2026-11-01' })).toBe('1 Nov 2026')
  })
})

describe('a part that is opened', () => {
  const top = placeOf('month', { from: '2026-11-01', to: '2026-11-30' })

  it('keeps every condition it was found under', () => {
    // Bug: the second step forgets the first, and shows the calls of other providers.
    const model = drilled(drilled(top, 'provider', 'openai', 'OpenAI'), 'model', 'gpt-6-sol', 'GPT-6 Sol')
    expect(model.query).toEqual({
      range: top.query.range,
      filter: { provider: 'openai', model: 'gpt-6-sol' },
      by: 'conversation',
    })
    expect(trailOf(filtered(model, { outcome: 'failed' }, 'Failed')).map(({ label }) => label)).toEqual([
      '',
      'OpenAI',
      'GPT-6 Sol',
      'Failed',
    ])
  })

  it('of time never reaches beyond the days it is a part of', () => {
    // Bug: a week that began in October brings its October days along, and the drill shows more than the bar.
    expect(drilled(top, 'week', '2026-10-26', '').query.range).toEqual({ from: '2026-11-01', to: '2026-11-01' })
    expect(drilled(top, 'week', '2026-11-30', '').query.range).toEqual({ from: '2026-11-30', to: '2026-11-30' })
    expect(drilled(top, 'month', '2026-11', '').query.range).toEqual(top.query.range)
    expect(drilled(top, 'day', '2026-11-09', '').query.range).toEqual({ from: '2026-11-09', to: '2026-11-09' })
  })
})

describe('the pace of a budget', () => {
  it.each([
    ['15000000000000', 15, 'On pace', false],
    ['17100000000000', 15, '$2.10 ahead of pace', true],
    ['12070000000000', 15, '$2.93 below pace', false],
    ['31000000000000', 15, '$1.00 over the budget', true],
    ['30000000000000', 30, 'On pace', false],
  ] as const)('%s of $30 on day %i', (settled, day, words, ahead) => {
    expect(paceOf(settled, '30000000000000', day, 30)).toMatchObject({ words, ahead })
  })
})
