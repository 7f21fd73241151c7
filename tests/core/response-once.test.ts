import { describe, expect, it } from 'vitest'
import { PROVIDERS, type ProviderId } from '../../src/core/provider'
import { hasUniqueIds, sameReport, standingCall, type ResponseCall } from '../../src/core/response-once'
import type { UsageReport } from '../../src/core/usage'
import { lineOf } from '../support/ledger'

const whole = (pico: bigint | null): ResponseCall => ({ reported: true, lines: [lineOf(pico)] })
const cut = (pico: bigint, picoUpper: bigint | null = null): ResponseCall => ({
  reported: false,
  lines: [lineOf(pico, { costClass: 'partial', picoUpper })],
})
/** Its report is complete and contradicts itself. */
const doubtful = (pico: bigint): ResponseCall => ({ ...cut(pico), reported: true })

describe('of the calls that brought one response', () => {
  it.each([
    ['the first complete one', [whole(5n), whole(5n)], 0],
    ['a complete one before a dearer estimate', [whole(5n), cut(90n)], 0],
    ['a complete one after a dearer estimate', [cut(90n), whole(5n)], 1],
    ['a complete one between two', [cut(1n), whole(5n), cut(90n)], 1],
    ['the larger of two estimates', [cut(4n), cut(5n)], 1],
    ['the larger of two estimates, first', [cut(5n), cut(4n)], 0],
    ['the one with the wider bound of two alike', [cut(4n, 9n), cut(4n, 10n)], 1],
    ['the first of two alike', [cut(4n, 9n), cut(4n, 9n)], 0],
    ['a report without contradictions', [doubtful(9n), whole(5n)], 1],
    ['a report whose price nobody knows, before an estimate', [cut(0n), whole(null)], 1],
    ['the only one', [cut(0n)], 0],
  ] as const)('%s carries the money', (_what, calls, index) => {
    expect(standingCall(calls)).toBe(index)
  })
})

describe('an id alone', () => {
  it('tells nothing where servers give every answer the same one', () => {
    const trusted = (Object.keys(PROVIDERS) as ProviderId[]).filter(hasUniqueIds)
    expect(trusted.toSorted()).toEqual(
      ['anthropic', 'deepseek', 'google', 'groq', 'mistral', 'openai', 'openrouter', 'xai'].toSorted(),
    )
  })
})

describe('two reports are the same', () => {
  const report = (out: number): UsageReport => ({
    lines: [],
    stated: [],
    severalSteps: false,
    raw: [{ prompt_tokens: 1, completion_tokens: out }],
    flags: [],
  })

  it('to the last digit, and whatever the order of their fields', () => {
    expect(sameReport(report(2), report(2))).toBe(true)
    expect(sameReport(report(2), { ...report(2), raw: [{ completion_tokens: 2, prompt_tokens: 1 }] })).toBe(true)
    expect(sameReport(report(2), report(3))).toBe(false)
  })

  // The bug: two answers of a server that reports nothing are booked as one.
  it('never where there is none', () => {
    expect(sameReport(null, null)).toBe(false)
    expect(sameReport(report(2), null)).toBe(false)
  })
})
