import { expect, it } from 'vitest'
import {
  endingWords,
  isShortened,
  offersRetry,
  offersToGoOn,
  thinkingWords,
} from '../../src/renderer/features/chat/message-words'

it('an answer that ended early says how', () => {
  expect(endingWords({ state: 'stopped', stopReason: null, budgetTokens: null })).toBe('Stopped')
  expect(endingWords({ state: 'cut_off', stopReason: null, budgetTokens: null })).toBe('Connection lost')
  expect(endingWords({ state: 'interrupted', stopReason: null, budgetTokens: null })).toBe(
    'Interrupted: Latchkey was closed while this answer ran',
  )
})

it('a complete answer says nothing unless the model was made to end', () => {
  expect(endingWords({ state: 'complete', stopReason: 'end', budgetTokens: null })).toBeNull()
  expect(endingWords({ state: 'complete', stopReason: 'max_tokens', budgetTokens: null })).toMatch(/longest answer/)
})

it('what was cut short can be asked for again, what is complete or runs cannot', () => {
  const offered = (['stopped', 'cut_off', 'interrupted', 'complete', 'streaming'] as const).filter((state) =>
    offersRetry({ state }),
  )
  expect(offered).toEqual(['stopped', 'cut_off', 'interrupted'])
})

it('an answer that says something and has not come to its end can be gone on with', () => {
  // Bug: “Continue” after an answer of which nothing came, or after one that is whole.
  const said = [{ type: 'text', text: 'Half' }] as const
  const thought = [{ type: 'reasoning', text: 'Hm', proof: null }] as const
  for (const state of ['stopped', 'cut_off', 'interrupted', 'failed'] as const) {
    expect(offersToGoOn({ state, stopReason: null, parts: said })).toBe(true)
    expect(offersToGoOn({ state, stopReason: null, parts: thought })).toBe(false)
    expect(offersToGoOn({ state, stopReason: null, parts: [] })).toBe(false)
  }
  expect(offersToGoOn({ state: 'complete', stopReason: 'max_tokens', parts: said })).toBe(true)
  expect(offersToGoOn({ state: 'complete', stopReason: 'end', parts: said })).toBe(false)
  expect(offersToGoOn({ state: 'streaming', stopReason: null, parts: said })).toBe(false)
})

it('an answer that a budget shortened says so, and one that ended by itself within the budget does not', () => {
  const shortened = { state: 'complete', stopReason: 'max_tokens', budgetTokens: 3200 } as const
  expect(endingWords(shortened)).toBe('Shortened to 3,200 tokens by your budget')
  expect(isShortened(shortened)).toBe(true)
  expect(endingWords({ ...shortened, stopReason: 'end' })).toBeNull()
  expect(isShortened({ ...shortened, stopReason: 'end' })).toBe(false)
  expect(endingWords({ ...shortened, state: 'stopped', stopReason: null })).toBe('Stopped')
})

it('thinking is one line, with its time as far as that is known', () => {
  const fromMs = 1_000
  expect(thinkingWords(true, { fromMs, toMs: null }, 0)).toBe('Thinking')
  expect(thinkingWords(true, { fromMs, toMs: null }, 12)).toBe('Thinking 12 s')
  expect(thinkingWords(true, { fromMs, toMs: null }, 72)).toBe('Thinking 1 min 12 s')
  // Thinking once more between its words: the time is that of the first.
  expect(thinkingWords(true, { fromMs, toMs: 3_000 }, 0)).toBe('Thinking')
  expect(thinkingWords(false, { fromMs, toMs: 13_900 }, 0)).toBe('Thought for 12 s')
  expect(thinkingWords(false, { fromMs, toMs: 1_400 }, 0)).toBe('Thought for under 1 s')
  // Before it was recorded, and cut off by a kill.
  expect(thinkingWords(false, null, 0)).toBe('Thought')
  expect(thinkingWords(false, { fromMs, toMs: null }, 0)).toBe('Thought')
})
