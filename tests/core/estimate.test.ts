import { describe, expect, it } from 'vitest'
import { countedSize } from '../../src/core/context'
import { answerLength, learnedFactor, usualFactor } from '../../src/core/estimate'

const context = [{ role: 'user', text: 'x'.repeat(400), reasoning: [] }] as const

describe('the factor between counted and billed', () => {
  it('is learnt from the user’s own calls, the longer and newer ones first', () => {
    expect(learnedFactor([])).toBeNull()
    expect(learnedFactor([{ counted: 1_000, billed: 1_450 }])).toBeCloseTo(1.45)
    // Bug: one short prompt with a provider's long preamble outweighing all that was said.
    const long = { counted: 10_000, billed: 14_000 }
    expect(learnedFactor([{ counted: 300, billed: 900 }, long])).toBeLessThan(1.6)
    expect(learnedFactor([{ counted: 199, billed: 900 }])).toBeNull()
    // A new tokenizer is believed after a few calls.
    const changed = [
      ...Array.from({ length: 10 }, () => ({ counted: 1_000, billed: 1_400 })),
      ...Array.from({ length: 20 }, () => ({ counted: 1_000, billed: 1_000 })),
    ]
    expect(learnedFactor(changed)).toBeGreaterThan(1.33)
  })

  it('stays within what a tokenizer can do', () => {
    expect(learnedFactor([{ counted: 1_000, billed: 1_000_000 }])).toBe(4)
    expect(learnedFactor([{ counted: 1_000_000, billed: 1 }])).toBe(0.3)
  })

  it('begins with what was measured', () => {
    expect(usualFactor('anthropic', 'claude-opus-4-8')).toBe(1.45)
    expect(usualFactor('anthropic', 'claude-sonnet-5-5')).toBe(1.45)
    expect(usualFactor('anthropic', 'claude-haiku-4-5-20251001')).toBe(1.15)
    expect(usualFactor('google', 'gemini-3.5-flash')).toBe(1.1)
    expect(usualFactor('openai', 'gpt-6-sol')).toBe(1)
  })
})

describe('a counted prompt', () => {
  it('takes what was reported as it is, and estimates only what is new', () => {
    const size = countedSize(context, { counted: 9_000, factor: 1.5, reported: { tokens: 12_345, rest: 100 } })
    expect(size.about).toBe(12_345 + 150)
    expect(size.most).toBeGreaterThanOrEqual(Math.ceil(12_345 * 1.1 + 150 * 1.25))
  })

  it('is no surer of a long new text because a short one was reported before it', () => {
    const fresh = countedSize(context, { counted: 100_000, factor: 1, reported: null })
    const later = countedSize(context, { counted: 100_010, factor: 1, reported: { tokens: 10, rest: 100_000 } })
    expect(later.most).toBeGreaterThanOrEqual(fresh.most)
  })

  it('without a report is all estimate, with a wider margin', () => {
    const size = countedSize(context, { counted: 1_000, factor: 1.5, reported: null })
    expect(size.about).toBe(1_500)
    expect(size.most).toBeGreaterThanOrEqual(1_875)
    expect(countedSize(context, { counted: 0, factor: 1, reported: null }).about).toBe(1)
  })
})

describe('the length of an answer', () => {
  it('is what is common until there are enough to tell', () => {
    expect(answerLength([1, 2, 3, 4], false)).toEqual({ short: 100, long: 1200 })
    expect(answerLength([], true).long).toBeGreaterThan(answerLength([], false).long)
  })

  it('is the tenth and the ninetieth of a hundred', () => {
    const lengths = Array.from({ length: 101 }, (_, index) => 1_000 - index)
    expect(answerLength(lengths, false)).toEqual({ short: 910, long: 990 })
    expect(answerLength([0, 0, 0, 0, 0], false)).toEqual({ short: 1, long: 1 })
  })
})
