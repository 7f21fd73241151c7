import { describe, expect, it } from 'vitest'
import type { UsageFlag } from '../../src/core/usage'
import { costNotes, figureLine, figureTitle, flagWords, sourceWords } from '../../src/renderer/lib/cost-notes'
import { cost } from './views'

/** Every flag, and whether it puts the cost in doubt. */
const FLAGS: Readonly<Record<UsageFlag, boolean>> = {
  unknown_usage_field: true,
  malformed_usage: true,
  usage_inconsistent: true,
  fee_not_reported: true,
  tier_ambiguous: true,
  spliced_responses: true,
  over_reserved: false,
  duplicate_response: false,
  hidden_reasoning: false,
  split_estimated: false,
}
const flags = Object.entries(FLAGS) as [UsageFlag, boolean][]

function figure(over: Parameters<typeof cost>[1] = {}, usageFlags: readonly UsageFlag[] = []) {
  const pico = over.pico === undefined ? '10260000000' : over.pico
  return { cost: cost(pico, over), usageFlags, provider: 'openrouter', cacheSaved: null } as const
}

describe('a flag', () => {
  it.each(flags)('%s is told in whole sentences, as a doubt: %s', (flag, doubtful) => {
    const { what, soThat } = flagWords(flag)
    expect(what).toMatch(/^[A-Z][^_]+\.$/)
    expect(soThat !== null).toBe(doubtful)
    expect(soThat ?? 'The real cost may differ.').toMatch(/real cost (?:may|is)/)
    expect(costNotes(figure({}, [flag])).at(-1)?.kind).toBe(doubtful ? 'doubt' : 'note')
  })

  it('has words of its own', () => {
    expect(new Set(flags.map(([flag]) => flagWords(flag).what)).size).toBe(flags.length)
  })

  it('is told once, however often it was raised', () => {
    expect(costNotes(figure({}, ['malformed_usage', 'malformed_usage']))).toHaveLength(2)
  })

  it('on the tokens puts no amount in doubt that the provider states itself', () => {
    const notes = costNotes(figure({ costClass: 'provider_reported' }, ['unknown_usage_field']))
    expect(notes.map(({ kind }) => kind)).toEqual(['note', 'note'])
    expect(notes[0]?.text).toBe('As billed by OpenRouter.')
    expect(notes[1]?.text).not.toContain('real cost')
  })
})

describe('where a figure comes from', () => {
  it.each([
    ['provider_reported', 'As billed by OpenRouter.'],
    ['computed', 'Computed from the tokens OpenRouter reported and the price at that time.'],
    ['partial', 'Estimated in part: what OpenRouter reported is incomplete or contradicts itself.'],
    ['uncertain', 'Not certain: OpenRouter may bill nothing for this.'],
    ['adjustment', 'Settled later by a price of yours.'],
  ] as const)('%s', (costClass, words) => {
    expect(sourceWords(figure({ costClass }))).toBe(words)
    expect(figureTitle(figure({ costClass }))).toBe(`$0.01026 · 2,400 tokens in, 1,012 out · ${words}`)
  })

  it('is nowhere without a price, for all of it or for a part', () => {
    expect(sourceWords(figure({ pico: null, costClass: 'unpriced' }))).toBe('No price is known for this model.')
    const part = figure({ pico: null, costClass: 'unpriced', atLeast: '5' })
    expect(sourceWords(part)).toBe('For a part of it no price is known.')
  })

  it('has a mark only where the figure alone does not say it all', () => {
    expect(costNotes(figure())).toEqual([])
    expect(costNotes(figure({ costClass: 'provider_reported' }))).toEqual([])
    for (const costClass of ['partial', 'uncertain', 'adjustment'] as const) {
      expect(costNotes(figure({ costClass }))).toHaveLength(1)
    }
    expect(costNotes(figure({ pico: null, costClass: 'unpriced' }))).toHaveLength(1)
  })

  it('is in the line under an answer, where it is not Latchkey’s own sum', () => {
    expect(figureLine(figure())).toBe('3,412 tokens · $0.01026')
    expect(figureLine(figure({ costClass: 'provider_reported' }))).toMatch(/\$0\.01026, as billed by OpenRouter$/)
    expect(figureLine(figure({ costClass: 'adjustment' }))).toMatch(/\$0\.01026, at your price$/)
    for (const provider of [null, 'compatible'] as const) {
      expect(figureLine({ ...figure({ costClass: 'provider_reported' }), provider })).toMatch(/by the provider$/)
    }
  })

  // The bug: what another call carries the money of is said to have been settled by a price nobody set.
  it('is no price of the user’s own where nothing is counted', () => {
    const nothing = figure({ pico: '0', atLeast: '0', costClass: 'adjustment' })
    expect(sourceWords(nothing)).toBe('Settled later: nothing is counted here.')
    expect(figureLine(nothing)).not.toContain('price')
  })

  it('stays an estimate where one was settled later', () => {
    const settled = figure({ costClass: 'adjustment', upper: '20260000000' })
    expect(figureLine(settled)).toBe('about 3,412 tokens · about $0.01026, at most $0.02026, at your price')
    expect(sourceWords(settled)).toContain('estimated in part')
  })
})

describe('prompt caching', () => {
  const cached = (cacheSaved: string | null) => ({ ...figure(), cacheSaved })

  it('is told with what it saved, or cost more than it saved', () => {
    expect(costNotes(cached('12000000000')).map(({ text }) => text)).toEqual([
      'Computed from the tokens OpenRouter reported and the price at that time.',
      'Caching saved $0.012.',
    ])
    const [, lost] = costNotes(cached('-1000000000'))
    expect(lost).toEqual({ kind: 'note', text: 'Caching cost $0.001 more than it saved.' })
    expect(figureTitle(cached('12000000000'))).toMatch(/at that time\. Caching saved \$0\.012\.$/)
  })

  it('leaves a figure without a mark where it did nothing or nobody can say', () => {
    expect(costNotes(cached('0'))).toEqual([])
    expect(costNotes(cached(null))).toEqual([])
  })
})
