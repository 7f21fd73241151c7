import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RequestId } from '../../src/core/ids'
import { useNetwork } from '../../src/renderer/features/network/network-store'
import {
  byteWords,
  copiedWords,
  PURPOSE_CHOICES,
  purposeWords,
  statusWords,
} from '../../src/renderer/features/network/network-words'
import type { NetworkPageView, NetworkRowView } from '../../src/shared/ipc/network-views'

describe('a request', () => {
  it('is for something that has words of its own', () => {
    const words = PURPOSE_CHOICES.map(({ value }) => purposeWords(value))
    expect(words).toEqual(['Answer', 'Title', 'List of models', 'Final cost', 'Key limits'])
    expect(words).not.toContain(purposeWords('other'))
  })

  it('ended with a status, or is said to have gone wrong', () => {
    expect(statusWords({ status: 200, outcome: 'done' })).toBe('200')
    expect(statusWords({ status: 200, outcome: 'cancelled' })).toBe('200, Stopped')
    expect(statusWords({ status: null, outcome: 'network' })).toBe('Connection failed')
    expect(statusWords({ status: null, outcome: 'address' })).toBe('Address refused')
    expect(statusWords({ status: null, outcome: null })).toBe('No end seen')
    // An outcome of a newer version, and one that is no own property of a table.
    expect(statusWords({ status: 200, outcome: 'toString' })).toBe('200, toString')
  })

  it('is measured in bytes, and what is not known is not zero', () => {
    expect([0, 999, 1000, 3449, 99_940, 123_456, 1_234_567, 256_000_000].map(byteWords)).toEqual([
      '0 B',
      '999 B',
      '1.0 KB',
      '3.4 KB',
      '99.9 KB',
      '123 KB',
      '1.2 MB',
      '256 MB',
    ])
    expect(byteWords(null)).toBe('')
  })

  it('is counted when copied', () => {
    expect(copiedWords(1, 'csv')).toBe('Copied 1 row as CSV.')
    expect(copiedWords(1200, 'json')).toBe('Copied 1,200 rows as JSON.')
  })
})

describe('the page of the log', () => {
  const before = useNetwork.getState()
  let asked: { readonly input: unknown; answer(value: unknown): void }[] = []

  beforeEach(() => {
    asked = []
    const request = (_: string, input: unknown) =>
      new Promise((resolve) => asked.push({ input, answer: (value) => resolve({ ok: true, value }) }))
    vi.stubGlobal('window', { latchkey: { request, subscribe: () => () => undefined } })
  })
  afterEach(() => {
    vi.unstubAllGlobals()
    useNetwork.setState(before, true)
  })

  const row = (id: string): NetworkRowView => ({
    id: id as RequestId,
    atMs: 0,
    host: 'api.example',
    method: 'POST',
    path: '/',
    purpose: 'answer',
    status: 200,
    outcome: 'done',
    bytesUp: 1,
    bytesDown: 1,
    keyLabel: null,
  })
  const page = (ids: readonly string[]): NetworkPageView => ({ rows: ids.map(row), more: true, hosts: [], total: 9 })
  const shown = () => useNetwork.getState().rows?.map(({ id }) => id)

  it('goes on after the last row it shows', async () => {
    const first = useNetwork.getState().load()
    asked[0]?.answer(page(['b', 'a']))
    await first
    const second = useNetwork.getState().loadMore()
    expect(asked[1]?.input).toEqual({ before: 'a', host: null, purpose: null })
    asked[1]?.answer(page(['0']))
    await second
    expect(shown()).toEqual(['b', 'a', '0'])
  })

  it('shows the answer to the latest filter, not the latest answer', async () => {
    const slow = useNetwork.getState().load({ host: 'slow.example' })
    const fast = useNetwork.getState().load({ host: 'fast.example' })
    asked[1]?.answer(page(['fast']))
    await fast
    asked[0]?.answer(page(['slow']))
    await slow
    expect(shown()).toEqual(['fast'])
  })

  it('that was left stays empty when an answer comes late', async () => {
    const late = useNetwork.getState().load()
    useNetwork.getState().leave()
    asked[0]?.answer(page(['late']))
    await late
    expect(useNetwork.getState().rows).toBeNull()
  })
})
