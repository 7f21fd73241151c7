import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RequestId } from '../../src/core/ids'
import type { NetworkPageView } from '../../src/shared/ipc/network-views'
import { connect, settled, startLatchkey, TEST_MODEL, type Harness } from '../support/latchkey'
import { fixture, json, startProviderServer, type ProviderServer } from '../support/provider-server'

// Bug: a request that is in no list; a list that holds what was said; a formula that runs when the log is opened.

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

const ALL = { before: null, host: null, purpose: null } as const

async function askOnce(text = 'What is a latchkey?') {
  const connectionId = await connect(harness, server.origin)
  server.enqueue(fixture('anthropic/text'), 'POST /v1/messages')
  const turn = await harness.ask('turn.start', { conversationId: null, connectionId, model: TEST_MODEL, text })
  await settled(harness, turn.turnId)
  // The last words of an answer are not the last bytes of its response.
  await vi.waitFor(async () => expect((await harness.ask('network.list', ALL)).rows[0]?.outcome).toBe('done'))
  return { ...turn, connectionId }
}

/** Puts rows into the file as they would be after a year of use. */
async function withRows(count: number, atMs: number, host = 'api.example'): Promise<void> {
  harness.latchkey.close()
  const database = new Sqlite(harness.profile.file('latchkey.db'))
  const insert = database.prepare(
    `INSERT INTO egress_log (id, at_ms, origin, method, path, purpose, connection_id, bytes_up)
     VALUES (?, ?, ?, 'POST', '/v1/messages', 'answer', 'con_none', 10)`,
  )
  const ids = Array.from({ length: count }, (_, index) => `req_${(index + 0xf0000).toString(16).padStart(32, '0')}`)
  database.transaction(() => ids.forEach((id, index) => insert.run(id, atMs - index, `https://${host}`)))()
  database.close()
  const { profile, clock, cipher } = harness
  harness = await startLatchkey({ profile, clock, cipher })
}

describe('the log', () => {
  it('shows what left, with its key by label, and nothing of what it said', async () => {
    await askOnce('A question nobody else shall read')
    const { rows, more, hosts, total } = await harness.ask('network.list', ALL)
    expect(rows).toMatchObject([
      {
        host: new URL(server.origin).host,
        method: 'POST',
        path: '/v1/messages',
        purpose: 'answer',
        status: 200,
        outcome: 'done',
        keyLabel: 'Personal',
      },
    ])
    expect(rows[0]?.bytesUp).toBe(server.requests[0]?.body.length)
    expect(rows[0]?.bytesDown).toBeGreaterThan(100)
    expect({ more, hosts, total }).toEqual({ more: false, hosts: [new URL(server.origin).host], total: 1 })
    for (const format of ['csv', 'json'] as const) {
      expect((await harness.ask('network.export', { format })).text).not.toContain('nobody else')
    }
  })

  it('is found by host and by purpose', async () => {
    const { connectionId } = await askOnce()
    server.enqueue(json({ data: [] }), 'GET /v1/models')
    await harness.ask('connection.check', { connectionId })
    const purposes = async (filter: object) =>
      (await harness.ask('network.list', { ...ALL, ...filter })).rows.map(({ purpose }) => purpose)
    expect(await purposes({})).toEqual(['models', 'answer'])
    expect(await purposes({ purpose: 'models' })).toEqual(['models'])
    expect(await purposes({ host: new URL(server.origin).host })).toEqual(['models', 'answer'])
    expect(await purposes({ host: '127.0.0.1' })).toEqual([])
    expect(await purposes({ purpose: 'title' })).toEqual([])
  })

  it('comes two hundred at a time, each row once, whatever the clock did', async () => {
    // Of a clock that was set back all the while: an order by time would turn the log around.
    await withRows(450, harness.clock.now())
    const seen: string[] = []
    for (let before: RequestId | null = null, more = true; more;) {
      const page: NetworkPageView = await harness.ask('network.list', { ...ALL, before })
      expect(page.total).toBe(450)
      expect(page.rows.length).toBeLessThanOrEqual(200)
      seen.push(...page.rows.map(({ id }) => id))
      before = page.rows.at(-1)?.id ?? null
      more = page.more
    }
    expect(seen).toHaveLength(450)
    expect(seen).toEqual([...new Set(seen)].toSorted().toReversed())
  })

  it('keeps the name of no key that is gone, and shows the row all the same', async () => {
    const { connectionId } = await askOnce()
    await harness.ask('connection.remove', { connectionId })
    expect((await harness.ask('network.list', ALL)).rows).toMatchObject([{ keyLabel: null, status: 200 }])
  })

  it('is cleared without touching a call or a cent', async () => {
    await askOnce()
    const before = await harness.ask('spend.month', {})
    await harness.ask('network.clear', {})
    expect(await harness.ask('network.list', ALL)).toEqual({ rows: [], more: false, hosts: [], total: 0 })
    expect(await harness.ask('spend.month', {})).toEqual(before)
    expect(await harness.ask('ledger.verify', {})).toMatchObject({ ok: true })
  })

  it('forgets what is older than ninety days when it is opened, and not a day earlier', async () => {
    const day = 86_400_000
    await withRows(2, harness.clock.now() - 89 * day, 'young.example')
    expect((await harness.ask('network.list', ALL)).total).toBe(2)
    // Two days later, which are two starts: a clock that leaps by more than a day is not believed at once.
    for (const total of [1, 0]) {
      harness.clock.advance(day)
      harness = await harness.restart()
      expect((await harness.ask('network.list', ALL)).total).toBe(total)
    }
  })
})

describe('an export', () => {
  it('is a table in which nothing runs', async () => {
    const { connectionId } = await askOnce()
    for (const label of ['=1+1', '+1', '-1', '@SUM(A1)', '=HYPERLINK("https://evil.example","x")', 'a "b", c']) {
      await harness.ask('connection.update', { connectionId, label, baseUrl: server.origin })
      const { text, rowCount } = await harness.ask('network.export', { format: 'csv' })
      expect(rowCount).toBe(1)
      const [head, row, ...rest] = text.split('\r\n')
      expect(head).toBe('time,host,method,path,purpose,status,outcome,bytes_up,bytes_down,key_label')
      expect(rest).toEqual([''])
      const quoted = /[",]/.test(label) ? (cell: string) => `"${cell.replaceAll('"', '""')}"` : (cell: string) => cell
      expect(row?.endsWith(`,${quoted(/^[=+@-]/.test(label) ? `'${label}` : label)}`)).toBe(true)
    }
  })

  it('as JSON is the same rows', async () => {
    await askOnce()
    const { text } = await harness.ask('network.export', { format: 'json' })
    expect(JSON.parse(text)).toMatchObject([
      { time: '2026-11-23T10:00:00.000Z', purpose: 'answer', status: 200, key_label: 'Personal' },
    ])
  })
})

describe('how requests leave', () => {
  it('is kept, refused when it is no proxy, and off at first', async () => {
    expect((await harness.ask('app.open', {})).settings.network).toEqual({ systemCertificates: false, proxy: null })
    const set = (proxy: string | null) => harness.request('settings.setNetwork', { systemCertificates: true, proxy })
    expect(await set('http://name:word@proxy.example:3128')).toEqual({
      ok: false,
      error: { code: 'proxy_invalid', field: 'proxy' },
    })
    expect((await harness.ask('app.open', {})).settings.network).toEqual({ systemCertificates: false, proxy: null })
    expect(await set('http://PROXY.example:3128/')).toMatchObject({ ok: true })
    harness = await harness.restart()
    const kept = { systemCertificates: true, proxy: 'http://proxy.example:3128' }
    expect((await harness.ask('app.open', {})).settings.network).toEqual(kept)
    // This machine is spoken to directly all the same.
    await askOnce()
    expect(server.requests).toHaveLength(1)
    await harness.ask('settings.setNetwork', { systemCertificates: false, proxy: null })
  })
})

describe('a base URL', () => {
  it('that leads to a machine’s own services is refused, and nothing is asked', async () => {
    const add = (provider: 'anthropic' | 'compatible', baseUrl: string) =>
      harness.request('connection.add', { provider, label: 'Work', baseUrl })
    const forbidden = { ok: false, error: { code: 'base_url_forbidden', field: 'baseUrl' } }
    expect(await add('anthropic', 'https://169.254.169.254')).toEqual(forbidden)
    expect(await add('compatible', 'https://metadata.google.internal/v1')).toEqual(forbidden)
    expect(await add('anthropic', 'https://192.168.1.9')).toEqual({
      ok: false,
      error: { code: 'base_url_private', field: 'baseUrl' },
    })
    expect(await add('compatible', 'https://192.168.1.9/v1')).toMatchObject({ ok: true })
  })

  it('whose name leads to this machine says so instead of sending the key', async () => {
    // Resolved by every resolver's own rules, without a network (RFC 6761).
    const baseUrl = `https://key-thief.localhost:${new URL(server.origin).port}`
    const { id } = await harness.ask('connection.add', { provider: 'anthropic', label: 'Work', baseUrl })
    await harness.ask('key.set', { connectionId: id, key: 'sk-ant-api03-0123456789abcdef0123456789' })
    const check = await harness.ask('connection.check', { connectionId: id })
    const code = check.ok ? 'accepted' : check.failure.code
    // Where a resolver does not know such names, there is nobody to send it to either.
    expect(['address_refused', 'network']).toContain(code)
    expect(server.connections).toBe(0)
  })
})
