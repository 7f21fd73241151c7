import { expect, it } from 'vitest'
import { book, callOf, lineOf, withStorage } from '../support/ledger'
import { startLatchkey } from '../support/latchkey'
import { makeTempDir } from '../support/temp-dir'

it('takes a range apart, names its calls and tells everything of one', async () => {
  const profile = await makeTempDir()
  withStorage(profile, (storage) => {
    book(storage, callOf(1), [lineOf(3_000n), lineOf(7n, { picoUpper: 20n, costClass: 'partial' })])
    book(storage, callOf(2, { model: 'other' }), [lineOf(null)])
    book(storage, callOf(3, { provider: 'openai', startedMs: Date.UTC(2026, 9, 31, 23) }), [lineOf(10n)])
    for (const { id } of storage.calls.inFlight())
      storage.calls.settle(
        id,
        'done',
        1,
        { modelAnswered: null, responseId: null, firstByteMs: null, usage: null },
        null,
        [],
        null,
      )
  })
  const harness = await startLatchkey({ profile })
  try {
    const range = { from: '2026-11-01', to: '2026-11-30' }
    const report = await harness.ask('spend.report', { query: { range, filter: {}, by: 'model' } })
    expect(report).toMatchObject({
      total: { pico: null, atLeast: '3017', upper: '3030', costClass: 'unpriced' },
      callCount: 3,
      messages: 3,
      classes: [
        { costClass: 'unpriced', callCount: 1, atStake: null },
        { costClass: 'partial', callCount: 1, atStake: '13' },
        { costClass: 'computed', callCount: 1, atStake: '0' },
      ],
      groups: [{ spend: { pico: '3007' } }, { key: 'test', provider: 'openai' }, { key: 'other' }],
    })
    const { calls } = await harness.ask('spend.calls', { range, filter: { costClass: 'partial' }, before: null })
    expect(calls).toHaveLength(1)
    const detail = await harness.ask('spend.call', { callId: calls[0]?.id ?? '' })
    expect(detail.lines.map(({ pico, upper }) => [pico, upper])).toEqual([
      ['3000', null],
      ['7', '20'],
    ])
    const query = { range, filter: {}, by: 'day' } as const
    const csv = await harness.ask('spend.export', { query, what: 'calls', format: 'csv', after: null })
    expect(csv).toMatchObject({ rowCount: 3, next: null })
    expect(csv.text.split('\r\n')).toHaveLength(5)
  } finally {
    await harness.close()
  }
})
