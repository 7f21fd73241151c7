import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionId } from '../../src/core/ids'
import type { KeyView } from '../../src/shared/ipc/views'
import { migrate } from '../../src/main/storage/migrate'
import { migrations } from '../../src/main/storage/migrations'
import { openStorage } from '../../src/main/storage/storage'
import { idOf } from '../renderer/views'
import { connect, settled, startLatchkey, TEST_MODEL, type Harness } from '../support/latchkey'
import {
  fixture,
  gateAfter,
  heldBack,
  httpError,
  json,
  startProviderServer,
  type ProviderServer,
  type Reply,
} from '../support/provider-server'
import { makeTempDir } from '../support/temp-dir'

// Bug: a key whose expiry, use or cost is told of another one, or asked for when nobody did.

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

type StoredKey = Exclude<KeyView, { readonly state: 'none' }>

async function keyOf(id: ConnectionId): Promise<StoredKey> {
  const { connections } = await harness.ask('key.status', {})
  const key = connections.find((each) => each.id === id)?.key
  if (key === undefined || key.state === 'none') throw new Error('no key')
  return key
}

async function answer(connectionId: ConnectionId) {
  server.enqueue(fixture('anthropic/text'))
  const turn = await harness.ask('turn.start', { conversationId: null, connectionId, model: TEST_MODEL, text: 'Hi' })
  return (await settled(harness, turn.turnId)).message
}

const describing = { label: 'Laptop', expires: '2026-12-01', remindMonths: 6 } as const

describe('what is known of a key', () => {
  it('is nothing but when it was added, before it is used or described', async () => {
    const id = await connect(harness, server.origin)
    expect(await keyOf(id)).toMatchObject({
      state: 'sealed',
      addedMs: harness.clock.now(),
      label: null,
      expiresMs: null,
      lastUsedMs: null,
      remindMonths: null,
      spend: { pico: '0' },
      limit: null,
    })
  })

  it('is what its own calls have cost this month, and no other key’s', async () => {
    const mine = await connect(harness, server.origin)
    const other = await connect(harness, server.origin)
    const cost = BigInt((await answer(mine)).cost?.pico ?? '0') + BigInt((await answer(mine)).cost?.pico ?? '0')
    expect(cost).toBeGreaterThan(0n)
    expect((await keyOf(mine)).spend).toMatchObject({ pico: cost.toString(), costClass: 'computed' })
    expect((await keyOf(other)).spend.pico).toBe('0')
    // The key that takes its place has cost nothing yet.
    await harness.ask('key.replace', { connectionId: mine, key: 'sk-ant-api03-another-key-0123456789' })
    expect((await keyOf(mine)).spend.pico).toBe('0')
    harness.clock.set('2026-12-01T10:00:00Z')
    expect((await keyOf(mine)).spend.pico).toBe('0')
  })

  it('begins anew with another month', async () => {
    const id = await connect(harness, server.origin)
    await answer(id)
    expect((await keyOf(id)).spend.pico).not.toBe('0')
    // 1 December where the user is, an hour east of Greenwich.
    harness.clock.set('2026-11-30T23:00:00Z')
    expect((await keyOf(id)).spend.pico).toBe('0')
  })

  it('is when it was lent last, to the minute, and only when it was', async () => {
    const id = await connect(harness, server.origin)
    const firstMs = harness.clock.now()
    await answer(id)
    expect((await keyOf(id)).lastUsedMs).toBe(firstMs)
    harness.clock.advance(59_000)
    await answer(id)
    expect((await keyOf(id)).lastUsedMs).toBe(firstMs)
    harness.clock.advance(1_000)
    await answer(id)
    expect((await keyOf(id)).lastUsedMs).toBe(firstMs + 60_000)
    // A clock that was set back notes later uses all the same.
    harness.clock.advance(-3_600_000)
    await answer(id)
    expect((await keyOf(id)).lastUsedMs).toBe(firstMs + 60_000 - 3_600_000)
  })
})

describe('what the user says of a key', () => {
  it('is kept, told to the window, and outlives a restart; the day ends where the user is', async () => {
    const connectionId = await connect(harness, server.origin)
    const told = harness.events.length
    const said = await harness.ask('key.describe', { connectionId, ...describing })
    // Midnight an hour east of Greenwich.
    const expected = { label: 'Laptop', expiresMs: Date.parse('2026-12-01T23:00:00Z'), remindMonths: 6 }
    expect(said).toMatchObject(expected)
    expect(harness.events.slice(told).map(({ name }) => name)).toEqual(['connections.changed'])
    harness = await harness.restart()
    expect(await keyOf(connectionId)).toMatchObject(expected)
    const unsaid = { label: null, expires: null, remindMonths: null }
    expect(await harness.ask('key.describe', { connectionId, ...unsaid })).toMatchObject({
      label: null,
      expiresMs: null,
      remindMonths: null,
    })
  })

  it('stays for the key that takes its place, except when that expires', async () => {
    const connectionId = await connect(harness, server.origin)
    await harness.ask('key.describe', { connectionId, ...describing })
    await answer(connectionId)
    await harness.ask('key.replace', { connectionId, key: 'sk-ant-api03-another-key-0123456789' })
    expect(await keyOf(connectionId)).toMatchObject({
      label: 'Laptop',
      remindMonths: 6,
      expiresMs: null,
      lastUsedMs: null,
    })
    await harness.ask('key.remove', { connectionId })
    await harness.ask('key.set', { connectionId, key: 'sk-ant-api03-another-key-0123456789' })
    expect(await keyOf(connectionId)).toMatchObject({ label: null, remindMonths: null })
  })

  it('goes with the connection, and with a key that belongs to another host', async () => {
    const connectionId = await connect(harness, server.origin)
    await harness.ask('key.describe', { connectionId, ...describing })
    await harness.ask('connection.update', { connectionId, label: 'Moved', baseUrl: 'http://127.0.0.1:1' })
    expect(rows()).toEqual([])
    await harness.ask('key.set', { connectionId, key: 'sk-ant-api03-another-key-0123456789' })
    expect(rows()).toEqual([{ label: null }])
    await harness.ask('connection.remove', { connectionId })
    expect(rows()).toEqual([])
  })

  it.each(['2026-02-30', '2026-13-01', '2026-00-10'])('is refused where it is no day: %s', async (expires) => {
    const connectionId = await connect(harness, server.origin)
    const result = await harness.request('key.describe', { connectionId, ...describing, expires })
    expect(result).toEqual({ ok: false, error: { code: 'bad_request', field: 'expires' } })
    expect((await keyOf(connectionId)).label).toBeNull()
  })

  it('is refused where a key was pasted into it, which would be kept in the clear', async () => {
    const connectionId = await connect(harness, server.origin)
    const label = 'sk-ant-api03-pasted-here'
    const result = await harness.request('key.describe', { connectionId, ...describing, label })
    expect(result).toEqual({ ok: false, error: { code: 'key_misplaced', field: 'label' } })
  })

  it('is refused where there is no key', async () => {
    const { id } = await harness.ask('connection.add', { provider: 'anthropic', label: 'Empty', baseUrl: null })
    const result = await harness.request('key.describe', { connectionId: id, ...describing })
    expect(result).toEqual({ ok: false, error: { code: 'not_found', field: 'connectionId' } })
  })
})

const ROUTE = 'GET /api/v1/key'
const ROUTER_KEY = 'sk-or-v1-test-key-that-is-long-enough-0123456789'

async function router(): Promise<ConnectionId> {
  const baseUrl = `${server.origin}/api/v1`
  const { id } = await harness.ask('connection.add', { provider: 'openrouter', label: 'Router', baseUrl })
  await harness.ask('key.set', { connectionId: id, key: ROUTER_KEY })
  return id
}

/** The body as it is written: as JavaScript numbers its amounts would lose digits. */
const stated = (fields: string): Reply => ({
  kind: 'body',
  head: { status: 200, headers: { 'content-type': 'application/json' } },
  body: `{"data":{"label":"sk-or-v1-tes...789","is_free_tier":false,${fields}}}`,
})

describe('what OpenRouter lets a key spend', () => {
  it('is asked for by hand alone, over the one way out, with the key of the connection', async () => {
    server.always(stated('"limit":5,"limit_remaining":4.125,"usage":0.875,"expires_at":null'), ROUTE)
    server.always(json({ data: [{ id: 'a/b' }] }), 'GET /api/v1/models')
    const connectionId = await router()
    await harness.ask('connection.check', { connectionId })
    harness = await harness.restart()
    await harness.ask('key.status', {})
    expect(server.requests.map(({ path }) => path)).toEqual(['/api/v1/models'])
    const check = await harness.ask('key.checkLimit', { connectionId })
    const limit = { limitUsd: '5', remainingUsd: '4.125', usedUsd: '0.875', checkedMs: harness.clock.now() }
    expect(check).toMatchObject({ ok: true, key: { limit } })
    expect((await keyOf(connectionId)).limit).toEqual(limit)
    expect(server.requests).toHaveLength(2)
    expect(server.requests[1]?.headers.authorization).toBe(`Bearer ${ROUTER_KEY}`)
    expect(logRows()).toMatchObject([{ purpose: 'models' }, { purpose: 'key', path: '/api/v1/key', status: 200 }])
    // What was left then says nothing after a restart.
    harness = await harness.restart()
    expect((await keyOf(connectionId)).limit).toBeNull()
  })

  it.each([
    ['every digit', '10.10', '0.123456789012345678', '9.976543210987654322', '10.1', '0.123456789012345678'],
    ['no limit', 'null', 'null', '25.5', null, null],
    ['a limit that was passed', '1', '-1e-7', '1.0000001', '1', '-0.0000001'],
  ])('is read with %s', async (_, limit, left, used, limitUsd, remainingUsd) => {
    server.enqueue(stated(`"limit":${limit},"limit_remaining":${left},"usage":${used}`), ROUTE)
    const check = await harness.ask('key.checkLimit', { connectionId: await router() })
    expect(check).toMatchObject({ ok: true, key: { limit: { limitUsd, remainingUsd, usedUsd: used } } })
  })

  it.each([
    '"limit":5,"usage":1',
    '"limit":5,"limit_remaining":"4","usage":1',
    '"limit":1e400,"limit_remaining":4,"usage":1',
    '"limit":99999999,"limit_remaining":4,"usage":1',
    '"limit":null',
    '"limit":null,"usage":1,"expires_at":"soon"',
    '"limit":null,"usage":1,"expires_at":1735689600',
  ])('is nothing where it cannot be believed: %s', async (fields) => {
    server.enqueue(stated(fields), ROUTE)
    const connectionId = await router()
    const check = await harness.ask('key.checkLimit', { connectionId })
    expect(check).toMatchObject({ ok: false, failure: { code: 'protocol' } })
    expect(await keyOf(connectionId)).toMatchObject({ limit: null, expiresMs: null })
  })

  it('tells when the key expires, to the hour, which takes the place of what was entered', async () => {
    const connectionId = await router()
    await harness.ask('key.describe', { connectionId, ...describing })
    server.enqueue(stated('"limit":null,"usage":1,"expires_at":"2027-02-14T12:30:00Z"'), ROUTE)
    await harness.ask('key.checkLimit', { connectionId })
    const expiresMs = Date.parse('2027-02-14T12:30:00Z')
    expect(await keyOf(connectionId)).toMatchObject({ label: 'Laptop', expiresMs })
    // Another label with the same day leaves the hour as it was said.
    await harness.ask('key.describe', { connectionId, ...describing, label: 'Desk', expires: '2027-02-14' })
    expect(await keyOf(connectionId)).toMatchObject({ label: 'Desk', expiresMs })
    // That it says nothing is no reason to forget.
    server.enqueue(stated('"limit":null,"usage":1'), ROUTE)
    await harness.ask('key.checkLimit', { connectionId })
    expect(await keyOf(connectionId)).toMatchObject({ expiresMs })
  })

  it.each([
    [401, 'key_invalid'],
    [429, 'rate_limited'],
    [500, 'server'],
    [418, 'protocol'],
  ])('a refusal is a value, and what was known stays: %i', async (status, code) => {
    const connectionId = await router()
    server.enqueue(stated('"limit":5,"limit_remaining":4,"usage":1'), ROUTE)
    await harness.ask('key.checkLimit', { connectionId })
    server.enqueue(httpError(status, { error: { message: `No: ${ROUTER_KEY}` } }), ROUTE)
    const check = await harness.ask('key.checkLimit', { connectionId })
    expect(check).toMatchObject({ ok: false, failure: { code, status } })
    expect(JSON.stringify(check)).not.toContain(ROUTER_KEY)
    expect((await keyOf(connectionId)).limit?.remainingUsd).toBe('4')
  })

  it('is not told of a key that took its place while the provider thought', async () => {
    const gate = gateAfter(0)
    server.enqueue(heldBack(gate, stated('"limit":5,"limit_remaining":4,"usage":1')), ROUTE)
    const connectionId = await router()
    const checking = harness.request('key.checkLimit', { connectionId })
    await gate.reached
    await harness.ask('key.replace', { connectionId, key: `${ROUTER_KEY}-2` })
    gate.release()
    expect(await checking).toMatchObject({ ok: false, error: { code: 'not_found' } })
    expect((await keyOf(connectionId)).limit).toBeNull()
  })

  it('is asked of nobody else', async () => {
    const connectionId = await connect(harness, server.origin)
    const result = await harness.request('key.checkLimit', { connectionId })
    expect(result).toMatchObject({ ok: false, error: { code: 'not_found' } })
    expect(server.requests).toEqual([])
  })
})

describe('a file of a version before', () => {
  it('gets a row for the key of each connection, with its last use', async () => {
    const profile = await makeTempDir()
    const database = new Sqlite(profile.file('latchkey.db'))
    migrate(database, () => undefined, migrations.slice(0, 4))
    const [used, unused, keyless] = [1, 2, 3].map((number) => idOf('connection', number))
    const insert = database.prepare(
      `INSERT INTO connection (id, provider, label, base_url, key_id, created_ms) VALUES (?, 'anthropic', 'L', 'u', ?, 0)`,
    )
    insert.run(used, idOf('key', 1))
    insert.run(unused, idOf('key', 2))
    insert.run(keyless, null)
    const call = database.prepare(
      `INSERT INTO call (id, connection_id, connection_label, key_id, provider, model_requested, purpose, state, started_ms,
         utc_day, local_day, utc_offset_minutes, prompt_tokens_about, prompt_tokens_most, max_output_tokens)
       VALUES (?, ?, 'L', ?, 'anthropic', 'm', 'answer', 'done', ?, '2026-11-23', '2026-11-23', 0, 1, 1, 1)`,
    )
    call.run(idOf('call', 1), used, idOf('key', 1), 1000)
    call.run(idOf('call', 2), used, idOf('key', 1), 2000)
    // A key that was replaced since.
    call.run(idOf('call', 3), unused, idOf('key', 9), 3000)
    database.close()
    const storage = openStorage({ profile: profile.path })
    const unknown = { label: null, expiresMs: null, remindMonths: null, refusedCode: null, refusedMs: null }
    expect(storage.keys.get(idOf('key', 1))).toEqual({ ...unknown, lastUsedMs: 2000 })
    expect(storage.keys.get(idOf('key', 2))).toEqual({ ...unknown, lastUsedMs: null })
    expect(storage.keys.get(idOf('key', 9))).toBeUndefined()
    storage.close()
    await profile.remove()
  })
})

function read<Row>(sql: string): Row[] {
  const database = new Sqlite(harness.profile.file('latchkey.db'), { readonly: true })
  try {
    return database.prepare<[], Row>(sql).all()
  } finally {
    database.close()
  }
}

const rows = () => read<{ label: string | null }>('SELECT label FROM connection_key')
const logRows = () => read('SELECT purpose, path, status FROM egress_log ORDER BY at_ms, id')
