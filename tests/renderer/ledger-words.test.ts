import { expect, it } from 'vitest'
import { proofWords } from '../../src/renderer/features/spend/ledger-words'
import { idOf } from './views'

const now = new Date(2026, 10, 23, 12).getTime()
const call = { id: idOf('call', 1), model: 'Claude Sonnet 5.5', startedMs: new Date(2026, 10, 20, 9, 12).getTime() }
const sound = (entries: number) => proofWords({ ok: true, entries, lastHash: '' }, [], now)

it('a sound ledger is told in one sentence', () => {
  expect(sound(1234)).toBe('All 1,234 entries are as booked.')
  expect(sound(1)).toBe('The one entry is as booked.')
  expect(sound(0)).toBe('Nothing is booked yet.')
})

it('the first entry that is not as booked is named, with its call where that is known', () => {
  const found = { ok: false, kind: 'entry', seq: 1207, callId: call.id } as const
  expect(proofWords(found, [call], now)).toMatch(
    /^Entry 1,207 \(Claude Sonnet 5\.5, 20 Nov 09:12\) is not as it was booked\. .*sums .* may be wrong\.$/,
  )
  expect(proofWords(found, [], now)).toMatch(/^Entry 1,207 is not/)
  expect(proofWords({ ...found, callId: null }, [call], now)).toMatch(/^Entry 1,207 is not/)
})

it('an end that is not the end, and a sum that is none, say what they mean', () => {
  expect(proofWords({ ok: false, kind: 'end', seq: 13 }, [], now)).toMatch(/^From entry 13 on, .* may be wrong\.$/)
  expect(proofWords({ ok: false, kind: 'day', localDay: '2026-11-09' }, [], now)).toMatch(
    /^Every entry is as booked, but the sum kept for 9 Nov 2026 is not/,
  )
})
