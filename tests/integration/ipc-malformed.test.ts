import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { requests } from '../../src/shared/ipc/contract'
import type { RequestName } from '../../src/shared/ipc/transport'
import { wellFormed } from '../support/hostile-input'
import { connect, settled, startLatchkey, TEST_MODEL, type Harness } from '../support/latchkey'
import { malformedInputs, MARK, NO_SUCH_DAYS, requestNames, sampleInput, type KnownIds } from '../support/malformed'
import { fixture, startProviderServer, type ProviderServer } from '../support/provider-server'
import { stateOf } from '../support/state-of'

// The router as a page taken over would use it. Ids are those of real things, so that what slips through changes them.

let server: ProviderServer
let harness: Harness
let ids: KnownIds

beforeAll(async () => {
  server = await startProviderServer()
  harness = await startLatchkey()
  const con = await connect(harness, server.origin)
  server.enqueue(fixture('anthropic/text'))
  const model = TEST_MODEL
  const turn = await harness.ask('turn.start', { conversationId: null, connectionId: con, model, text: 'Hello' })
  await settled(harness, turn.turnId)
  const budget = await harness.ask('budget.set', {
    scope: { kind: 'all' },
    period: 'month',
    limit: '500',
    steps: [{ percent: 80, action: 'warn' }],
  })
  await harness.ask('price.set', { connectionId: con, price: { model: 'own', rates: { out: '1' } } })
  const [price] = await harness.ask('price.list', { connectionId: con })
  const [row] = (await harness.ask('network.list', { before: null, host: null, purpose: null })).rows
  if (price === undefined || row === undefined) throw new Error('there is nothing to be lost')
  ids = { cnv: turn.conversationId, trn: turn.turnId, con, bud: budget.id, prc: price.id, req: row.id }
})

afterAll(async () => {
  await harness.close()
  await server.close()
})

/** Refuses to pass unless nothing at all has happened meanwhile. */
async function withoutTrace(work: () => Promise<void>): Promise<void> {
  const seen = () => ({
    state: stateOf(harness),
    events: harness.events.length,
    requests: server.requests.length,
    opened: harness.opened.length,
    logged: harness.logged.length,
  })
  const before = seen()
  await work()
  expect(seen()).toEqual(before)
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
}

describe.each(requestNames)('%s', (name) => {
  it('refuses every malformed input, changes nothing and says nothing of it', async () => {
    const inputs = malformedInputs(name, ids)
    expect(inputs.length).toBeGreaterThanOrEqual(50)
    const fields: readonly unknown[] = [undefined, ...Object.keys(requests[name].input.shape)]
    const wrong: string[] = []
    await withoutTrace(async () => {
      for (const { what, value } of inputs) {
        const result = await harness.latchkey.router.dispatch(name, value)
        const error = result.ok ? {} : result.error
        // Exactly this and nothing beside it: no place where a piece of the input could stand.
        const { code, field, ...rest } = { code: undefined, field: undefined, ...error }
        const silent = Object.keys(rest).length === 0 && fields.includes(field)
        if (code !== 'bad_request' || !silent || Object.keys(result).length !== 2)
          wrong.push(`${what}: ${JSON.stringify(result)}`)
      }
      expect(wrong).toEqual([])
    })
  })
})

it('makes the same malformed inputs every time, and thousands of them', () => {
  const what = () => requestNames.map((name) => malformedInputs(name, ids).map((wrong) => wrong.what))
  expect(what()).toEqual(what())
  expect(what().flat().length).toBeGreaterThan(10_000)
})

describe('what fits the contract and is wrong all the same', () => {
  const amounts = [
    '-1',
    '+1',
    '1e99',
    '0x10',
    '1,5',
    '١',
    'NaN',
    'Infinity',
    MARK,
    '.',
    '1.2.3',
    '1_000',
    '9'.repeat(40),
  ]
  const urls = [
    MARK,
    'javascript:alert(1)',
    `https://${MARK}@example.org`,
    `file:///${MARK}`,
    '//example.org',
    'https://',
  ]
  const steps = [{ percent: 100, action: 'block' as const }]
  const rows: readonly (readonly [RequestName, (ids: KnownIds) => readonly unknown[], string])[] = [
    [
      'budget.set',
      () => amounts.map((limit) => ({ scope: { kind: 'all' }, period: 'day', limit, steps })),
      'budget_invalid',
    ],
    [
      'price.set',
      ({ con }) => amounts.map((out) => ({ connectionId: con, price: { model: 'm', rates: { out } } })),
      'price_invalid',
    ],
    [
      'connection.update',
      ({ con }) => urls.map((baseUrl) => ({ connectionId: con, label: 'x', baseUrl })),
      'base_url_invalid',
    ],
    [
      'price.set',
      ({ con }) =>
        NO_SUCH_DAYS.map((from) => ({ connectionId: con, price: { model: 'm', from, rates: { out: '1' } } })),
      'price_invalid',
    ],
    [
      'price.set',
      ({ con }) => NO_SUCH_DAYS.map((to) => ({ connectionId: con, price: { model: 'm', to, rates: { out: '1' } } })),
      'price_invalid',
    ],
    [
      'key.describe',
      ({ con }) => NO_SUCH_DAYS.map((expires) => ({ connectionId: con, label: null, expires, remindMonths: null })),
      'bad_request',
    ],
    ['settings.setNetwork', () => urls.map((proxy) => ({ systemCertificates: false, proxy })), 'proxy_invalid'],
    ['link.open', () => urls.map((url) => ({ url })), 'link_refused'],
    [
      'key.set',
      ({ con }) =>
        [MARK.slice(1), `sk-ant-${MARK}\n${MARK}`, `sk-ant-${MARK} é`].map((key) => ({ connectionId: con, key })),
      'key_malformed',
    ],
  ]

  it.each(rows)('%s is refused by its own rule, as quietly', async (name, inputs, code) => {
    await withoutTrace(async () => {
      for (const input of inputs(ids)) {
        const result = await harness.latchkey.router.dispatch(name, input)
        expect(`${JSON.stringify(input)}: ${result.ok ? 'ok' : result.error.code}`).toBe(
          `${JSON.stringify(input)}: ${code}`,
        )
        expect(JSON.stringify(result)).not.toContain(MARK)
      }
    })
  })
})

describe('a good input', () => {
  // Without these a router that refuses everything would pass.
  const bad = ['bad_request', 'unknown_request', 'forbidden', 'internal', 'too_many']
  let control: Harness
  beforeAll(async () => void (control = await startLatchkey()))
  afterAll(() => control.close())

  it.each(requestNames)('of %s is taken', async (name) => {
    for (const input of [wellFormed[name], sampleInput(name)]) {
      const result = await control.latchkey.router.dispatch(name, input)
      expect(bad).not.toContain(result.ok ? 'ok' : result.error.code)
    }
    expect(control.logged).toEqual([])
  })
})
