import { readFileSync, writeFileSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionId, KeyId } from '../../src/core/ids'
import type { ConnectionView } from '../../src/shared/ipc/views'
import { filesWith } from '../support/bytes-in'
import { eachWithProvider } from '../support/each-test'
import { connect, settled, TEST_KEY, TEST_MODEL, type Harness } from '../support/latchkey'
import { errorInStream, fixture, httpError, json, type ProviderServer } from '../support/provider-server'

// Bug: a key that answers in another's place unasked, twice, or out of order; a good key lost for a bad one.

const SECOND = 'sk-ant-api03-the-second-key-0123456789-bbbb'
const THIRD = 'sk-ant-api03-the-third-key-0123456789-cccc'

let server: ProviderServer
let harness: Harness
let connectionId: ConnectionId

eachWithProvider(
  async (provider, app) => {
    server = provider
    harness = app
    connectionId = await connect(app, provider.origin)
  },
  () => harness,
)

const error = (type: string, message = 'No') => ({ type: 'error', error: { type, message } })
const rejected = () => httpError(401, error('authentication_error'))
const noCredit = () => httpError(400, error('invalid_request_error', 'Your credit balance is too low'))
const limited = (seconds = '60') => httpError(429, error('rate_limit_error'), { 'retry-after': seconds })

const keysSent = () => server.requests.map(({ headers }) => headers['x-api-key'])
const add = (key: string, of = connectionId) => harness.ask('key.add', { connectionId: of, key })
const failover = (on: boolean) => harness.ask('connection.setFailover', { connectionId, on })
const order = (...keyIds: KeyId[]) => harness.request('key.order', { connectionId, keyIds })

async function view(): Promise<ConnectionView> {
  const { connections } = await harness.ask('key.status', {})
  const found = connections.find(({ id }) => id === connectionId)
  if (found === undefined) throw new Error('no connection')
  return found
}

function idsOf({ key, spareKeys }: ConnectionView): KeyId[] {
  return [...(key.state === 'none' ? [] : [key.id]), ...spareKeys.map(({ id }) => id)]
}

async function answer(text = 'Hi') {
  const turn = await harness.ask('turn.start', { conversationId: null, connectionId, model: TEST_MODEL, text })
  return (await settled(harness, turn.turnId)).message
}

interface CallRow {
  readonly key_id: string
  readonly state: string
  readonly automatic: number
  readonly code: string | null
}

function calls(): CallRow[] {
  const database = new Sqlite(harness.profile.file('latchkey.db'), { readonly: true })
  try {
    const sql = `SELECT key_id, state, automatic, failure ->> '$.code' AS code FROM call ORDER BY seq`
    return database.prepare<[], CallRow>(sql).all()
  } finally {
    database.close()
  }
}

describe('a second key', () => {
  it('is used for nothing before its user wants it', async () => {
    await add(SECOND)
    expect(await view()).toMatchObject({ failover: false, spareKeys: [{ state: 'sealed', last4: 'bbbb' }] })
    server.always(rejected())
    expect((await answer()).failure?.code).toBe('key_invalid')
    expect(keysSent()).toEqual([TEST_KEY])
  })

  it.each([
    ['rejected', rejected, 'key_invalid'],
    ['without credit', noCredit, 'no_credit'],
    ['rate limited', limited, 'rate_limited'],
  ] as const)('answers at once when the first is %s, in a row of its own', async (_, refusal, code) => {
    await add(SECOND)
    await failover(true)
    const [first, second] = idsOf(await view())
    server.enqueue(refusal())
    server.enqueue(fixture('anthropic/text'))
    const message = await answer()
    expect(message).toMatchObject({ state: 'complete', failure: null, key: { id: second, label: null, after: code } })
    expect(keysSent()).toEqual([TEST_KEY, SECOND])
    expect(calls()).toEqual([
      { key_id: first, state: 'failed', automatic: 0, code },
      { key_id: second, state: 'done', automatic: 1, code: null },
    ])
    // Nobody was made to wait, and what it cost is the second key's alone.
    expect(harness.events.filter(({ name }) => name === 'turn.waiting')).toEqual([])
    const { key, spareKeys } = await view()
    expect(key).toMatchObject({ spend: { pico: '0' } })
    expect(spareKeys[0]?.spend.pico).toBe(message.cost?.pico)
    expect(message.cost?.pico).not.toBe('0')
  })

  it('gives way to the first again with the next message, and what was said of a key is kept until it answers', async () => {
    await add(SECOND)
    await failover(true)
    server.enqueue(rejected())
    server.enqueue(fixture('anthropic/text'))
    await answer()
    expect(await view()).toMatchObject({
      key: { refusal: { code: 'key_invalid', atMs: harness.clock.now() } },
      spareKeys: [{ refusal: null }],
    })
    server.enqueue(fixture('anthropic/text'))
    expect((await answer()).key?.after).toBeNull()
    expect(keysSent()).toEqual([TEST_KEY, SECOND, TEST_KEY])
    expect(await view()).toMatchObject({ key: { refusal: null } })
  })

  it.each([
    ['the service is busy', () => httpError(500, error('api_error'))],
    ['the key may not do this', () => httpError(403, error('permission_error'))],
    ['the request is wrong', () => httpError(400, error('invalid_request_error'))],
  ])('is not asked because %s', async (_, refusal) => {
    await harness.ask('settings.setBackground', { purpose: 'retries', on: false })
    await add(SECOND)
    await failover(true)
    server.always(refusal())
    await answer()
    expect(keysSent()).toEqual([TEST_KEY])
  })

  it('is not asked once an answer has begun', async () => {
    await add(SECOND)
    await failover(true)
    server.enqueue(errorInStream('anthropic/text', 4, { type: 'rate_limit_error', message: 'Enough' }))
    expect((await answer()).failure?.code).toBe('rate_limited')
    expect(keysSent()).toEqual([TEST_KEY])
  })

  it('never belongs to another connection', async () => {
    const other = await connect(harness, server.origin)
    await add(SECOND, other)
    await failover(true)
    await harness.ask('connection.setFailover', { connectionId: other, on: true })
    server.always(rejected())
    expect((await answer()).failure?.code).toBe('key_invalid')
    expect(keysSent()).toEqual([TEST_KEY])
  })

  it('is asked for like a first one: after a limit it waits with the key it has', async () => {
    await add(SECOND)
    await failover(true)
    server.enqueue(rejected())
    server.enqueue(limited('0.02'))
    server.enqueue(fixture('anthropic/text'))
    expect((await answer()).state).toBe('complete')
    expect(keysSent()).toEqual([TEST_KEY, SECOND, SECOND])
  })
})

describe('keys in an order', () => {
  beforeEach(async () => {
    await add(SECOND)
    await add(THIRD)
    await failover(true)
  })

  it('are each asked once, and the answer says which was the last', async () => {
    const ids = idsOf(await view())
    server.always(rejected())
    const message = await answer()
    expect(keysSent()).toEqual([TEST_KEY, SECOND, THIRD])
    expect(message).toMatchObject({ state: 'failed', failure: { code: 'key_invalid' }, key: { id: ids[2] } })
    // The one that failed last is replaced, and the others are still there.
    const fresh = 'sk-ant-api03-a-fresh-key-0123456789-dddd'
    const replaced = await harness.ask('key.replace', { connectionId, keyId: ids[2], key: fresh })
    expect(replaced).toMatchObject({ last4: 'dddd', refusal: null })
    expect(idsOf(await view()).slice(0, 2)).toEqual(ids.slice(0, 2))
    expect(filesWith(harness.profile.path, Buffer.from(THIRD))).toEqual([])
  })

  it('are asked in the order their user has given them, after a restart as well', async () => {
    const [first, second, third] = idsOf(await view()) as [KeyId, KeyId, KeyId]
    expect(await order(third, first, second)).toMatchObject({ ok: true, value: { key: { id: third } } })
    harness = await harness.restart()
    server.always(rejected())
    await answer()
    expect(keysSent()).toEqual([THIRD, TEST_KEY, SECOND])
  })

  it('are put into no order that forgets one, doubles one, or brings one from elsewhere', async () => {
    const ids = idsOf(await view()) as [KeyId, KeyId, KeyId]
    const other = await connect(harness, server.origin)
    const { connections } = await harness.ask('key.status', {})
    const [foreign] = idsOf(connections.find(({ id }) => id === other) as ConnectionView) as [KeyId]
    for (const wrong of [ids.slice(1), [...ids, foreign], [ids[0], ids[0], ids[1]], [ids[0], ids[1], foreign]]) {
      expect(await order(...wrong)).toMatchObject({ ok: false, error: { code: 'not_found', field: 'keyIds' } })
    }
    for (const name of ['key.remove', 'key.checkLimit'] as const) {
      expect(await harness.request(name, { connectionId, keyId: foreign })).toMatchObject({ ok: false })
    }
    expect(await harness.request('key.replace', { connectionId, keyId: foreign, key: SECOND })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    })
    expect(idsOf(await view())).toEqual(ids)
  })

  it('move up when the used one is removed by hand, and nothing of it stays', async () => {
    const ids = idsOf(await view())
    const sealed = JSON.parse(readFileSync(harness.profile.file('vault.json'), 'utf8')) as {
      keys: { keyId: string; nonce: string; data: string }[]
    }
    const gone = sealed.keys.find(({ keyId }) => keyId === ids[0])
    expect(gone).toBeDefined()
    const left = await harness.ask('key.remove', { connectionId })
    expect(idsOf(left)).toEqual(ids.slice(1))
    for (const part of [gone?.nonce ?? '', gone?.data ?? '', Buffer.from(TEST_KEY).toString('base64')]) {
      expect(filesWith(harness.profile.path, Buffer.from(part, 'base64'))).toEqual([])
    }
    server.enqueue(fixture('anthropic/text'))
    await answer()
    expect(keysSent()).toEqual([SECOND])
  })

  it('stay as they are when one that waits is removed', async () => {
    const ids = idsOf(await view())
    const left = await harness.ask('key.remove', { connectionId, keyId: ids[1] })
    expect(idsOf(left)).toEqual([ids[0], ids[2]])
  })

  it('go with their connection although the file could not be read then', async () => {
    // Bug: let go of while nothing could be seen, and sealed for good afterwards.
    const path = harness.profile.file('vault.json')
    const sealed = readFileSync(path, 'utf8')
    const ids = idsOf(await view())
    writeFileSync(path, '{')
    harness = await harness.restart()
    await harness.ask('connection.remove', { connectionId })
    harness = await harness.restart()
    writeFileSync(path, sealed)
    await harness.ask('vault.retry', {})
    for (const id of ids) expect(readFileSync(path, 'utf8')).not.toContain(id)
  })

  it('are described one by one', async () => {
    const ids = idsOf(await view())
    await harness.ask('key.describe', { connectionId, keyId: ids[1], label: 'Desk', expires: null, remindMonths: 3 })
    expect(await view()).toMatchObject({ key: { label: null }, spareKeys: [{ label: 'Desk' }, { label: null }] })
    server.enqueue(rejected())
    server.enqueue(fixture('anthropic/text'))
    expect((await answer()).key).toMatchObject({ label: 'Desk' })
  })

  it('are ten at most', async () => {
    for (let count = 4; count <= 10; count += 1) await add(`${SECOND}-${count}`)
    const eleventh = { connectionId, key: `${SECOND}-11` }
    expect(await harness.request('key.add', eleventh)).toMatchObject({ ok: false, error: { code: 'too_many_keys' } })
    expect(filesWith(harness.profile.path, Buffer.from(eleventh.key))).toEqual([])
  })

  it('all go when the connection moves to another host, or is removed', async () => {
    const vault = () => readFileSync(harness.profile.file('vault.json'), 'utf8')
    const ids = idsOf(await view())
    await harness.ask('connection.update', { connectionId, label: 'L', baseUrl: 'https://elsewhere.example' })
    expect(idsOf(await view())).toEqual([])
    for (const id of ids) expect(vault()).not.toContain(id)
    await harness.ask('key.set', { connectionId, key: SECOND })
    await add(THIRD)
    const again = idsOf(await view())
    expect(again).toHaveLength(2)
    await harness.ask('connection.remove', { connectionId })
    for (const id of again) expect(vault()).not.toContain(id)
  })
})

describe('a wait', () => {
  beforeEach(async () => {
    await add(SECOND)
  })

  const waits = () => harness.event((event): event is typeof event => event.name === 'turn.waiting')
  const start = () => harness.ask('turn.start', { conversationId: null, connectionId, model: TEST_MODEL, text: 'Hi' })

  it('ends with the key that is used by then', async () => {
    server.enqueue(limited())
    server.enqueue(fixture('anthropic/text'))
    const { turnId } = await start()
    await waits()
    const [first, second] = idsOf(await view()) as [KeyId, KeyId]
    await order(second, first)
    await harness.ask('turn.retryNow', { turnId })
    await settled(harness, turnId)
    expect(keysSent()).toEqual([TEST_KEY, SECOND])
  })

  it('ends with the first key once the next one may not be asked any more', async () => {
    await failover(true)
    server.enqueue(rejected())
    server.enqueue(limited())
    server.enqueue(fixture('anthropic/text'))
    const { turnId } = await start()
    await waits()
    await failover(false)
    await harness.ask('turn.retryNow', { turnId })
    await settled(harness, turnId)
    expect(keysSent()).toEqual([TEST_KEY, SECOND, TEST_KEY])
  })
})

describe('a key in memory', () => {
  it('that was used is asked for after a restart, and the next is not taken in its place', async () => {
    await harness.ask('key.replace', { connectionId, key: SECOND, keep: 'session' })
    await add(THIRD)
    await failover(true)
    harness = await harness.restart()
    expect(await view()).toMatchObject({ key: { state: 'none' }, spareKeys: [{ last4: 'cccc' }] })
    const start = { conversationId: null, connectionId, model: TEST_MODEL, text: 'Hi' }
    expect(await harness.request('turn.start', start)).toMatchObject({ ok: false, error: { code: 'key_missing' } })
    // Entered again it is first again, under the label it had.
    await harness.ask('key.set', { connectionId, key: SECOND })
    server.enqueue(rejected())
    server.enqueue(fixture('anthropic/text'))
    await answer()
    expect(keysSent()).toEqual([SECOND, THIRD])
  })

  it('that was used leaves its place empty whatever becomes of the others', async () => {
    await harness.ask('key.replace', { connectionId, key: SECOND, keep: 'session' })
    await add(THIRD)
    await add(`${THIRD}-2`)
    harness = await harness.restart()
    const [third, fourth] = idsOf(await view()) as [KeyId, KeyId]
    // Bug: the next one is used because another one went.
    expect(await harness.ask('key.remove', { connectionId, keyId: third })).toMatchObject({ key: { state: 'none' } })
    // And the rows of keys that are gone are in nobody's way.
    for (let count = 0; count < 3; count += 1) {
      expect(await order(fourth)).toMatchObject({ ok: true, value: { key: { id: fourth } } })
      const added = await add(SECOND)
      await harness.ask('key.remove', { connectionId, keyId: added.spareKeys[0]?.id })
    }
  })

  it('that is put first and gone after a restart hinders no order', async () => {
    await add(SECOND)
    await harness.ask('key.add', { connectionId, key: THIRD, keep: 'session' })
    const [first, second, third] = idsOf(await view()) as [KeyId, KeyId, KeyId]
    await order(third, first, second)
    harness = await harness.restart()
    for (const keys of [
      [first, second],
      [second, first],
      [first, second],
    ]) {
      expect(await order(...keys)).toMatchObject({ ok: true })
    }
    expect(idsOf(await harness.ask('key.remove', { connectionId, keyId: second }))).toEqual([first])
  })

  it('that waited behind the others is gone after a restart', async () => {
    await harness.ask('key.add', { connectionId, key: SECOND, keep: 'session' })
    expect((await view()).spareKeys).toMatchObject([{ state: 'session' }])
    harness = await harness.restart()
    expect(await view()).toMatchObject({ key: { state: 'sealed' }, spareKeys: [] })
  })

  it('of a server that needs none lets messages go without any after a restart', async () => {
    const baseUrl = `${server.origin}/v1`
    const { id } = await harness.ask('connection.add', { provider: 'compatible', label: 'Server', baseUrl })
    await harness.ask('key.set', { connectionId: id, key: SECOND, keep: 'session' })
    await add(THIRD, id)
    await harness.ask('connection.setFailover', { connectionId: id, on: true })
    server.enqueue(json({ data: [{ id: 'm' }] }))
    await harness.ask('connection.check', { connectionId: id })
    harness = await harness.restart()
    server.always(httpError(401, { error: { message: 'No', type: 'invalid_request_error', code: 'invalid_api_key' } }))
    const turn = await harness.ask('turn.start', { conversationId: null, connectionId: id, model: 'm', text: 'Hi' })
    expect((await settled(harness, turn.turnId)).message.failure?.code).toBe('key_invalid')
    // Bug: a key that only follows another is taken for one that is used.
    expect(server.requests).toHaveLength(2)
    expect(JSON.stringify(server.requests[1]?.headers)).not.toMatch(new RegExp(`${SECOND}|${THIRD}`))
  })
})
