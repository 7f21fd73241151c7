import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionId } from '../../src/core/ids'
import { priceChanges } from '../../src/core/price-changes'
import type { PriceRowView } from '../../src/shared/ipc/price-views'
import { connect, settled, startLatchkey, TEST_MODEL, type Harness } from '../support/latchkey'
import { book, callOf, lineOf, withStorage } from '../support/ledger'
import { fixture, startProviderServer, type ProviderServer } from '../support/provider-server'
import { addCall, addConversations, callSeed } from '../support/random-ledger'
import { makeTempDir } from '../support/temp-dir'

// The page of prices, through the real router. What each price has priced is checked against the file in
// `price-preview.test.ts`, after every price that is set there.

let server: ProviderServer
let harness: Harness

beforeEach(async () => {
  server = await startProviderServer()
  harness = await startLatchkey()
})

afterEach(async () => {
  await harness.close()
  await server.close()
})

const rowsOf = async (): Promise<readonly PriceRowView[]> => (await harness.ask('price.book', {})).rows
const add = async (provider: 'google' | 'openai' | 'ollama', baseUrl: string): Promise<ConnectionId> =>
  (await harness.ask('connection.add', { provider, label: provider, baseUrl })).id
const GOOGLE = 'https://generativelanguage.googleapis.com/v1beta'

async function answer(connectionId: ConnectionId): Promise<void> {
  server.enqueue(fixture('anthropic/text'))
  const turn = await harness.ask('turn.start', { conversationId: null, connectionId, model: TEST_MODEL, text: 'Hi' })
  await settled(harness, turn.turnId)
}

describe('the prices in use', () => {
  it('are none on a new profile, and the whole book is there to look at', async () => {
    const rows = await rowsOf()
    expect(rows.length).toBeGreaterThan(150)
    expect(rows.filter(({ usedBy, callCount }) => usedBy.length > 0 || callCount > 0)).toEqual([])
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
  })

  it('are those of models a connection offers, now and announced, and past ones no more', async () => {
    const id = await add('google', GOOGLE)
    const used = (await rowsOf()).filter(({ usedBy }) => usedBy.length > 0)
    expect(used.every(({ provider, usedBy }) => provider === 'google' && usedBy.join() === id)).toBe(true)
    const now = harness.clock.now()
    expect(used.some(({ from }) => Date.parse(from) > now)).toBe(true)
    expect(used.filter(({ to }) => to !== null && Date.parse(to) <= now)).toEqual([])
    // What was announced comes, and what it followed is past.
    harness.clock.set('2027-01-02T00:00:00Z')
    const later = (await rowsOf()).filter(({ usedBy }) => usedBy.length > 0)
    expect(later.some(({ id: row }) => row === 'google/gemini-3.8-flash@2026-09-02')).toBe(false)
    expect(later.some(({ id: row }) => row === 'google/gemini-3.8-flash@2027-01-01')).toBe(true)
  })

  it('are none of the book at a host that is not the provider’s own: a proxy charges what it likes', async () => {
    await add('google', 'https://proxy.example/v1beta')
    expect((await rowsOf()).filter(({ usedBy }) => usedBy.length > 0)).toEqual([])
  })

  it('are compared at the price of a regional host, and with none at a foreign one', async () => {
    const price = { model: 'gpt-6.1-sol', rates: { in_uncached: '1', out: '2' } }
    const listed = (await rowsOf()).find(
      ({ provider, model, multipliers, to }) =>
        provider === 'openai' && to === null && multipliers['geo_us'] === '1.1' && model !== '',
    )
    if (listed === undefined) throw new Error('no row of OpenAI has a price for its regions')
    const before = async (baseUrl: string) => {
      const connectionId = await add('openai', baseUrl)
      return (await harness.ask('price.preview', { connectionId, price: { ...price, model: listed.model } })).before
    }
    expect((await before('https://api.openai.com/v1'))?.rates).toEqual(listed.rates)
    const regional = (await before('https://eu.api.openai.com/v1'))?.rates.out ?? ''
    expect(Number(regional)).toBeCloseTo(Number(listed.rates.out) * 1.1, 9)
    expect(await before('https://proxy.example/v1')).toBeNull()
    // Bug: the factor is in the rates, and listed beside them.
    expect((await before('https://eu.api.openai.com/v1'))?.multipliers).not.toHaveProperty('geo_us')
  })

  it('on this computer are one row, which is free', async () => {
    await add('ollama', 'http://127.0.0.1:11434/v1')
    const local = (await rowsOf()).filter(({ id }) => id === 'local/free')
    expect(local).toMatchObject([{ provider: 'ollama', rates: { out: '0' }, callCount: 0 }])
    expect(local[0]?.usedBy).toHaveLength(1)
  })

  it('can be followed from a line of a call, also once nothing offers the model any more', async () => {
    const connectionId = await connect(harness, server.origin)
    await answer(connectionId)
    const [call] = (await harness.ask('spend.month', {})).calls
    const { lines } = await harness.ask('spend.call', { callId: call?.id ?? '' })
    const ids = new Set(lines.map(({ price }) => price?.id))
    expect(ids.size).toBe(1)
    const [priced] = (await rowsOf()).filter(({ id }) => ids.has(id))
    expect(priced).toMatchObject({
      callCount: 1,
      firstDay: '2026-11-23',
      lastDay: '2026-11-23',
      usedBy: [connectionId],
    })
    await answer(connectionId)
    await harness.ask('connection.remove', { connectionId })
    expect((await rowsOf()).find(({ id }) => ids.has(id))).toMatchObject({ callCount: 2, usedBy: [] })
    // Bug: what was counted before a restart is counted again, or not at all.
    harness = await harness.restart()
    expect((await rowsOf()).find(({ id }) => ids.has(id))).toMatchObject({ callCount: 2 })
  })
})

// Bug: "Region" is said to be booked without a price, while it is booked at the price that was given.
it.each([
  ['anthropic', 'https://api.anthropic.com', ['1.1', '1']],
  ['openai', 'https://api.openai.com/v1', ['1.1', '1']],
  ['openai', 'https://eu.api.openai.com/v1', [undefined, undefined]],
] as const)('a region is compared as it is booked: %s at %s', async (provider, baseUrl, factors) => {
  const row = (await rowsOf()).find(
    (each) => each.provider === provider && each.to === null && each.multipliers['geo_us'] === '1.1',
  )
  const connectionId = (await harness.ask('connection.add', { provider, label: provider, baseUrl })).id
  const price = { model: row?.model ?? '', rates: { in_uncached: '1', out: '2' } }
  const { before, after } = await harness.ask('price.preview', { connectionId, price })
  expect([before?.multipliers['geo_us'], after.multipliers['geo_us']]).toEqual(factors)
  expect(after.multipliers).not.toHaveProperty('other_host')
  expect(priceChanges(before, after).filter((each) => each.kind === 'times:geo_us' && each.after === null)).toEqual([])
})

describe('prices of the user’s own', () => {
  const price = { model: TEST_MODEL, rates: { in_uncached: '1', out: '2' } }

  it('say what they count instead of, and stay once they have priced something', async () => {
    const connectionId = await connect(harness, server.origin)
    const unused = await harness.ask('price.set', { connectionId, price })
    const used = await harness.ask('price.set', {
      connectionId,
      price: { ...price, rates: { in_uncached: '2', out: '4' } },
    })
    await answer(connectionId)
    const own = async () => (await rowsOf()).filter(({ own: its }) => its !== null)
    expect(await own()).toMatchObject([{ own: { priceId: used.price.id, removedMs: null }, callCount: 1 }])
    const [row] = await own()
    // Factors by which the host changes nothing are nobody's.
    expect(row?.multipliers).toEqual({})
    expect((await rowsOf()).find(({ id }) => id === row?.own?.insteadOf)).toMatchObject({
      model: TEST_MODEL,
      own: null,
    })
    await harness.ask('price.remove', { priceId: used.price.id })
    expect(await own()).toMatchObject([{ own: { priceId: used.price.id, removedMs: harness.clock.now() }, usedBy: [] }])
    expect((await own()).some(({ own: its }) => its?.priceId === unused.price.id)).toBe(false)
  })

  it('are previewed under the rules they are set by', async () => {
    const connectionId = await connect(harness, server.origin)
    const invalid = { ok: false, error: { code: 'price_invalid', field: 'price' } }
    const bad = { model: 'm', rates: { out: '1001' } }
    expect(await harness.request('price.preview', { connectionId, price: bad })).toEqual(invalid)
    const nowhere = `con_${'0'.repeat(31)}9`
    expect(await harness.request('price.preview', { connectionId: nowhere, price })).toMatchObject({
      error: { code: 'not_found', field: 'connectionId' },
    })
  })

  it('are compared on the first day they count, and on the last one', async () => {
    const connectionId = await add('google', GOOGLE)
    const preview = async (days: object) =>
      harness.ask('price.preview', { connectionId, price: { ...price, model: 'gemini-4-argon', ...days } })
    expect(await preview({})).toMatchObject({
      at: '2026-11-23T10:00:00.000Z',
      before: { rates: { out: '10' }, isOwn: false },
    })
    // By then the announced price counts.
    expect(await preview({ from: '2026-12-24' })).toMatchObject({
      at: '2026-12-24T00:00:00.000Z',
      before: { rates: { out: '20' } },
    })
    expect(await preview({ from: '2026-10-14', to: '2026-11-01' })).toMatchObject({ at: '2026-10-31T23:59:59.999Z' })
    await harness.ask('price.set', { connectionId, price: { ...price, model: 'gemini-4-argon' } })
    expect(await preview({})).toMatchObject({ before: { rates: { out: '2' }, isOwn: true } })
  })
})

// Bug: "Set price…" is offered for ever for calls that no price can settle.
it.each([
  ['what nobody has counted', [lineOf(null, { units: 0 })], false],
  ['a cost that is stated, beside it', [lineOf(null, { units: 0 }), lineOf(null, { bucket: 'provider_cost' })], false],
  ['what was counted in part', [lineOf(null, { units: 0 }), lineOf(null, { bucket: 'in_uncached', units: 5 })], true],
] as const)('a price is asked for only where it settles something: %s', async (_, lines, canSet) => {
  const profile = await makeTempDir()
  const { connectionId } = callOf(1)
  withStorage(profile, (storage) => {
    const plain = { label: 'x', baseUrl: 'http://127.0.0.1:9', keyId: null, failover: false, createdMs: 1 }
    storage.connections.add({ id: connectionId, provider: 'compatible', ...plain })
    const call = callOf(1, { provider: 'compatible' })
    book(storage, call, lines)
    const unknown = { modelAnswered: null, responseId: null, firstByteMs: null, usage: null }
    storage.calls.settle(call.id, 'done', call.startedMs + 9, unknown, null, [], null)
  })
  await harness.close()
  harness = await startLatchkey({ profile })
  expect((await harness.ask('price.book', {})).unpriced).toMatchObject([{ connectionId, canSet }])
  const price = { model: 'test', rates: { in_uncached: '1', out: '2' } }
  expect((await harness.ask('price.set', { connectionId, price })).callCount).toBe(canSet ? 1 : 0)
})

it('what prices have priced is the same in pieces of any size', async () => {
  // Bug: a call whose lines lie in two pieces is counted twice.
  const profile = await makeTempDir()
  try {
    withStorage(profile, (storage) => {
      addConversations(storage)
      for (const [index, seed] of fc.sample(callSeed, 80).entries()) {
        // Several lines each, all of the same price.
        const [line] = seed.lines
        const lines =
          line === undefined ? [] : Array.from({ length: 3 }, () => ({ ...line, kind: 'computed' as const }))
        addCall(storage, { ...seed, isRunning: false, lines }, index + 1)
      }
      const { priceUse } = storage
      const inPieces = (about: number) => {
        const counts = new Map<string, number>()
        for (let after = 0; after < priceUse.entries();) {
          const upTo = priceUse.stretchAfter(after, about)
          expect(upTo).toBeGreaterThan(after)
          for (const { priceId, callCount } of priceUse.used(after, upTo)) {
            counts.set(priceId, (counts.get(priceId) ?? 0) + callCount)
          }
          after = upTo
        }
        return [...counts]
      }
      const whole = priceUse.used(0, priceUse.entries()).map(({ priceId, callCount }) => [priceId, callCount])
      expect(whole).not.toEqual([])
      for (const about of [4, 5, 7, 10, 64]) expect(inPieces(about)).toEqual(whole)
    })
  } finally {
    await profile.remove()
  }
})
