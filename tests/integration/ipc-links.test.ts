import { afterAll, beforeAll, expect, it } from 'vitest'
import { startLatchkey, type Harness } from '../support/latchkey'
import { GOOD_LINKS, HOSTILE_LINKS } from '../support/links'
import { stateOf } from '../support/state-of'

let harness: Harness

beforeAll(async () => {
  harness = await startLatchkey()
  const { id } = await harness.ask('connection.add', { provider: 'openai', label: 'Personal', baseUrl: null })
  await harness.ask('key.set', { connectionId: id, key: 'sk-test-key-that-is-long-enough-0001' })
})
afterAll(() => harness.close())

it('no hostile link is opened, whatever asks for it', async () => {
  const before = stateOf(harness)
  for (const url of HOSTILE_LINKS) {
    const result = await harness.request('link.open', { url })
    // The two words there are for it, and nothing of the link.
    expect(result).toEqual({ ok: false, error: { code: result.ok ? '' : result.error.code, field: 'url' } })
    expect(['bad_request', 'link_refused']).toContain(result.ok ? 'ok' : result.error.code)
  }
  expect(harness.opened).toEqual([])
  expect(harness.logged).toEqual([])
  expect(stateOf(harness)).toBe(before)
})

it('every good link is opened when it is asked for, once and not before', async () => {
  for (const [written, opens] of GOOD_LINKS) {
    const opened = harness.opened.length
    expect(await harness.request('link.open', { url: written })).toEqual({ ok: true, value: null })
    expect(harness.opened.slice(opened)).toEqual([opens])
    harness.clock.advance(10_000)
  }
  expect(harness.opened).toHaveLength(GOOD_LINKS.length)
})
