import { expect, it } from 'vitest'
import { foundWords, progressWords, proofWords, workWords } from '../../src/renderer/features/spend/ledger-words'
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

const done = <Value>(value: Value) => ({ ok: true, value }) as const
const refused = (code: 'cancelled' | 'ledger_busy') => ({ ok: false, error: { code } }) as const

it('sums can be rebuilt where they alone are wrong, and not where the ledger is', () => {
  const found = (kind: 'day' | 'month' | 'end') => {
    const fault = { ok: false, kind, localDay: '2026-11-09', month: '2026-10', seq: 3 } as never
    return foundWords({ work: 'verify', result: done(fault) }, [], now)
  }
  expect(found('day')).toMatchObject({ kind: 'fault', canRebuild: true })
  expect(found('month')).toMatchObject({ kind: 'fault', canRebuild: true })
  expect(found('month').text).toMatch(/^Every entry is as booked, but the sum kept for October 2026 is not/)
  expect(found('end')).toMatchObject({ kind: 'fault', canRebuild: false })
  expect(foundWords({ work: 'verify', result: done({ ok: true, entries: 3, lastHash: '' }) }, [], now)).toEqual({
    text: 'All 3 entries are as booked.',
    kind: 'sound',
    canRebuild: false,
  })
})

it('what was rebuilt is counted; a ledger that is wrong says that nothing was', () => {
  const rebuilt = (calls: number, days: number, months: boolean) =>
    foundWords({ work: 'rebuild', result: done({ ok: true, entries: 12, mended: { calls, days, months } }) }, [], now)
      .text
  expect(rebuilt(0, 0, false)).toBe('Every sum was right. All 12 entries are as booked.')
  expect(rebuilt(1, 2, false)).toBe('The sums of 1 call and 2 days were rebuilt. All 12 entries are as booked.')
  expect(rebuilt(1, 2, true)).toMatch(/^The sums of 1 call, 2 days and months were rebuilt\./)
  expect(rebuilt(0, 0, true)).toMatch(/^The sums of months were rebuilt\./)
  const fault = { ok: false, kind: 'entry', seq: 3, callId: null } as const
  const words = foundWords({ work: 'rebuild', result: done(fault) }, [], now)
  expect(words.text).toMatch(/may be wrong\. Nothing was rebuilt\.$/)
  expect(words).toMatchObject({ kind: 'fault', canRebuild: false })
})

it('a cancelled one is no fault', () => {
  expect(foundWords({ work: 'rebuild', result: refused('cancelled') }, [], now).kind).toBe('quiet')
  expect(foundWords({ work: 'verify', result: refused('ledger_busy') }, [], now).kind).toBe('fault')
})

it('how far it is says of what', () => {
  const at = { work: 'verify', done: 1200, total: 5000, permille: 100 } as const
  expect(progressWords({ ...at, of: 'entries' })).toBe('Entries: 1,200 of 5,000')
  expect(progressWords({ ...at, of: 'calls' })).toBe('Sums of calls: 1,200 of 5,000')
  expect(progressWords(null)).toBe('')
  expect([workWords('verify'), workWords('rebuild')]).toEqual(['Verifying the ledger', 'Rebuilding sums'])
})
