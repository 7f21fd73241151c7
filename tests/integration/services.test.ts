import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { migrations } from '../../src/main/storage/migrations'
import { migrate } from '../../src/main/storage/migrate'
import { eachWithProvider } from '../support/each-test'
import { connect, settled, startLatchkey, TEST_KEY, TEST_MODEL, type Harness } from '../support/latchkey'
import {
  anthropicErrors,
  anthropicModels,
  fixture,
  gateAfter,
  heldBack,
  httpError,
  type ProviderServer,
} from '../support/provider-server'
import { makeTempDir } from '../support/temp-dir'

let server: ProviderServer
let harness: Harness

eachWithProvider(
  (provider, app) => {
    server = provider
    harness = app
  },
  () => harness,
)

async function answered(text = 'Hi') {
  server.enqueue(fixture('anthropic/text'))
  const connectionId = await connect(harness, server.origin)
  const turn = await harness.ask('turn.start', { conversationId: null, connectionId, model: TEST_MODEL, text })
  await settled(harness, turn.turnId)
  return turn
}

describe('checking a connection', () => {
  it('costs nothing, says how many models there are, and offers just those from then on', async () => {
    const connectionId = await connect(harness, server.origin)
    const offered = async () => (await harness.ask('app.open', {})).connectionModels[0]
    expect((await offered())?.checkedMs).toBeNull()
    server.enqueue(anthropicModels(TEST_MODEL, 'claude-brand-new-1'), 'GET /v1/models')
    expect(await harness.ask('connection.check', { connectionId })).toEqual({ ok: true, modelCount: 2 })
    expect((await offered())?.models.map(({ id, inputPrice }) => [id, inputPrice])).toEqual([
      [TEST_MODEL, '2'],
      ['claude-brand-new-1', null],
    ])
    expect(server.requests.map(({ method, path }) => [method, path])).toEqual([['GET', '/v1/models']])
    expect((await harness.ask('spend.month', {})).callCount).toBe(0)
    expect(harness.events.some(({ name }) => name === 'models.changed')).toBe(true)
  })

  it('lets a listed model be asked that the catalogue has never heard of, and calls it unpriced', async () => {
    const connectionId = await connect(harness, server.origin)
    server.enqueue(anthropicModels('claude-brand-new-1'), 'GET /v1/models')
    await harness.ask('connection.check', { connectionId })
    server.enqueue(fixture('anthropic/text'))
    const input = { conversationId: null, connectionId, model: 'claude-brand-new-1', text: 'Hi' }
    await settled(harness, (await harness.ask('turn.start', input)).turnId)
    expect(server.requests[1]?.json).toMatchObject({ model: 'claude-brand-new-1' })
  })

  it('says why not, as a value, and keeps the list it had', async () => {
    const connectionId = await connect(harness, server.origin)
    server.enqueue(anthropicModels(TEST_MODEL), 'GET /v1/models')
    await harness.ask('connection.check', { connectionId })
    server.enqueue(anthropicErrors.invalidKey(), 'GET /v1/models')
    const check = await harness.ask('connection.check', { connectionId })
    expect(check).toMatchObject({ ok: false, failure: { code: 'key_invalid' } })
    expect((await harness.ask('app.open', {})).connectionModels[0]?.models).toHaveLength(1)
  })

  it('forgets the list of a server a connection has left', async () => {
    const connectionId = await connect(harness, server.origin)
    server.enqueue(anthropicModels(TEST_MODEL), 'GET /v1/models')
    await harness.ask('connection.check', { connectionId })
    await harness.ask('connection.update', { connectionId, label: 'Personal', baseUrl: null })
    expect((await harness.ask('app.open', {})).connectionModels[0]?.checkedMs).toBeNull()
  })

  it('does not bring a connection back that was removed while it was asked about', async () => {
    const connectionId = await connect(harness, server.origin)
    const gate = gateAfter(0)
    server.enqueue(heldBack(gate, anthropicModels(TEST_MODEL)), 'GET /v1/models')
    const check = harness.request('connection.check', { connectionId })
    await gate.reached
    await harness.ask('connection.remove', { connectionId })
    gate.release()
    expect(await check).toMatchObject({ ok: false, error: { code: 'not_found' } })
  })
})

describe('a connection', () => {
  it('is removed with its key, while conversations and what was spent stay', async () => {
    const { connectionId, conversationId } = { ...(await answered()), ...(await only()) }
    await harness.ask('connection.remove', { connectionId })
    expect((await harness.ask('key.status', {})).connections).toEqual([])
    const conversation = await harness.ask('conversation.open', { conversationId })
    expect(conversation.messages).toHaveLength(2)
    expect(conversation.connectionId).toBeNull()
    expect((await harness.ask('spend.month', {})).calls[0]?.connectionLabel).toBe('Personal')
    const input = { conversationId, connectionId, model: TEST_MODEL, text: 'More' }
    expect(await harness.request('turn.start', input)).toMatchObject({ error: { code: 'not_found' } })
  })

  it('to a server of one’s own needs no key and sends none', async () => {
    const baseUrl = `${server.origin}/v1`
    const { id: connectionId } = await harness.ask('connection.add', { provider: 'ollama', label: 'Mine', baseUrl })
    server.always(httpError(404, { error: 'model "x" not found' }))
    const check = await harness.ask('connection.check', { connectionId })
    expect(check.ok).toBe(false)
    expect(JSON.stringify(server.requests.map(({ headers }) => headers))).not.toMatch(/authorization|api-key/i)
  })

  it('to no particular provider needs an address', async () => {
    const answer = await harness.request('connection.add', { provider: 'compatible', label: 'Other', baseUrl: null })
    expect(answer).toMatchObject({ ok: false, error: { code: 'base_url_invalid', field: 'baseUrl' } })
  })

  it('is local only on this computer, because what is local is booked as free', async () => {
    const far = { provider: 'ollama', label: 'Far', baseUrl: 'https://models.example/v1' } as const
    const refused = { ok: false, error: { code: 'base_url_not_local', field: 'baseUrl' } }
    expect(await harness.request('connection.add', far)).toMatchObject(refused)
    const { id: connectionId } = await harness.ask('connection.add', { ...far, baseUrl: null })
    const moved = { connectionId, label: 'Far', baseUrl: far.baseUrl }
    expect(await harness.request('connection.update', moved)).toMatchObject(refused)
    expect(await harness.request('connection.add', { ...far, provider: 'compatible' })).toMatchObject({ ok: true })
  })

  async function only() {
    const [connection] = (await harness.ask('key.status', {})).connections
    if (connection === undefined) throw new Error('there is no connection')
    return { connectionId: connection.id }
  }
})

describe('a conversation', () => {
  it('is renamed, and the name is there after a restart', async () => {
    const { conversationId } = await answered()
    await harness.ask('conversation.rename', { conversationId, title: '  Another name ' })
    harness = await harness.restart()
    expect((await harness.ask('conversation.list', {})).map(({ title }) => title)).toEqual(['Another name'])
  })

  it('goes out of sight when deleted, keeps its cost in the month, and comes back whole', async () => {
    const { conversationId } = await answered()
    const before = await harness.ask('conversation.open', { conversationId })
    const { spend } = await harness.ask('spend.month', {})
    await harness.ask('conversation.delete', { conversationId })
    expect(await harness.ask('conversation.list', {})).toEqual([])
    expect(await harness.request('conversation.open', { conversationId })).toMatchObject({
      error: { code: 'not_found' },
    })
    expect((await harness.ask('spend.month', {})).spend).toEqual(spend)
    await harness.ask('conversation.restore', { conversationId })
    expect(await harness.ask('conversation.open', { conversationId })).toEqual(before)
  })

  it('stops answering when it is deleted, and what arrived is booked', async () => {
    const gate = gateAfter(30)
    server.enqueue(fixture('anthropic/long-text', { gates: [gate] }))
    const connectionId = await connect(harness, server.origin)
    const input = { conversationId: null, connectionId, model: TEST_MODEL, text: 'Hi' }
    const turn = await harness.ask('turn.start', input)
    await gate.reached
    await harness.ask('conversation.delete', { conversationId: turn.conversationId })
    await expect.poll(async () => (await harness.ask('spend.month', {})).calls[0]?.state).toBe('stopped')
    await expect(server.requests[0]?.closed).resolves.toBe('disconnected')
  })

  it('answers again in place of its last answer when asked to', async () => {
    const turn = await answered('Again?')
    server.enqueue(fixture('anthropic/thinking'))
    const again = await harness.ask('turn.retry', { turnId: turn.turnId })
    await settled(harness, again.turnId)
    const { messages } = await harness.ask('conversation.open', { conversationId: turn.conversationId })
    expect(messages.map(({ id }) => id)).toEqual([turn.userMessage.id, again.answer.id])
    expect((await harness.ask('spend.month', {})).calls).toHaveLength(2)
  })
})

describe('settings', () => {
  it('are kept, and what was asked last is remembered', async () => {
    await answered()
    await harness.ask('settings.setTheme', { theme: 'dark' })
    const favourite = { provider: 'openai', model: 'gpt-6-sol', favourite: true } as const
    await harness.ask('settings.setFavourite', favourite)
    await harness.ask('settings.setStopMode', { stopMode: 'count' })
    await harness.ask('settings.setBudgetDays', { budgetDays: 'utc' })
    await harness.ask('settings.setBackground', { purpose: 'titles', on: true })
    await harness.ask('settings.setBackground', { purpose: 'retries', on: false })
    await harness.ask('settings.setAskAbove', { askAbove: 'usd5' })
    await harness.ask('settings.setSendKey', { sendKey: 'mod_enter' })
    await harness.ask('settings.setLockAfter', { minutes: 15 })
    await harness.ask('settings.setLoop', { on: false, calls: 100, spent: 'usd20', minutes: 60 })
    harness = await harness.restart()
    expect((await harness.ask('app.open', {})).settings).toEqual({
      theme: 'dark',
      favouriteModels: ['openai/gpt-6-sol'],
      recentModels: [`anthropic/${TEST_MODEL}`],
      stopMode: 'count',
      budgetDays: 'utc',
      background: { titles: true, retries: false, keyChecks: true, lateCosts: true },
      network: { systemCertificates: false, proxy: null },
      lockAfterMinutes: 15,
      retention: 'forever',
      retentionAnswered: false,
      sendKey: 'mod_enter',
      askAbove: 'usd5',
      loop: { on: false, calls: 100, spent: 'usd20', minutes: 60 },
    })
    await harness.ask('settings.setFavourite', { ...favourite, favourite: false })
    expect((await harness.ask('app.open', {})).settings.favouriteModels).toEqual([])
  })

  it('that were spoiled in the file are as if never made', async () => {
    harness.latchkey.close()
    const database = new Sqlite(harness.profile.file('latchkey.db'))
    database.exec(
      `INSERT INTO setting VALUES ('theme', '{"a":1}'), ('favouriteModels', '"x"'), ('recentModels', '[1]'),
         ('stopMode', '7'), ('budgetDays', '[]'), ('background.titles', '"on"'), ('background.retries', 'null'),
         ('lockAfterMinutes', '7'), ('sendKey', '"space"'), ('askAbove', '2'), ('network.proxy', '"http://a:b@proxy.example"'),
         ('network.systemCertificates', '"yes"'), ('loop.on', '0'), ('loop.calls', '1000000'), ('loop.spent', '5'),
         ('loop.minutes', '0')`,
    )
    database.close()
    harness = await startLatchkey({ profile: harness.profile, cipher: harness.cipher })
    const { settings } = await harness.ask('app.open', {})
    expect(settings).toEqual({
      theme: 'system',
      favouriteModels: [],
      recentModels: [],
      stopMode: 'end',
      budgetDays: 'local',
      // What costs money unasked stays off, whatever the file says.
      background: { titles: false, retries: true, keyChecks: true, lateCosts: true },
      network: { systemCertificates: false, proxy: null },
      lockAfterMinutes: 0,
      retention: 'forever',
      retentionAnswered: false,
      sendKey: 'enter',
      askAbove: 'usd1',
      loop: { on: true, calls: 30, spent: 'usd5', minutes: 5 },
    })
  })
})

describe('the month taken apart', () => {
  it('adds up to the month by day, by model and by provider', async () => {
    for (const day of ['2026-11-02', '2026-11-02', '2026-11-30']) {
      harness.clock.set(`${day}T12:00:00Z`)
      await answered()
    }
    // An hour east of Greenwich this is the first of December already.
    harness.clock.set('2026-11-30T23:30:00Z')
    await answered()
    harness.clock.set('2026-11-30T13:00:00Z')
    const month = await harness.ask('spend.month', {})
    expect(month.month).toBe('2026-11')
    expect(month.byDay.map(({ key, callCount }) => [key, callCount])).toEqual([
      ['2026-11-02', 2],
      ['2026-11-30', 1],
    ])
    for (const parts of [month.byDay, month.byModel, month.byProvider]) {
      const sum = parts.reduce((total, { spend }) => total + BigInt(spend.pico ?? 'no'), 0n)
      expect(sum.toString()).toBe(month.spend.pico)
      expect(parts.reduce((total, { callCount }) => total + callCount, 0)).toBe(month.callCount)
    }
  })
})

describe('a file of the version before', () => {
  it('is brought up with what is in it, and a copy of it is kept', async () => {
    const profile = await makeTempDir()
    const database = new Sqlite(profile.file('latchkey.db'))
    migrate(database, () => undefined, migrations.slice(0, 1))
    const id = `cnv_${'a'.repeat(32)}`
    database.prepare('INSERT INTO conversation VALUES (?, ?, NULL, NULL, NULL, 1, 2)').run(id, 'Old')
    database.close()
    const old = await startLatchkey({ profile })
    expect((await old.ask('conversation.list', {})).map(({ title }) => title)).toEqual(['Old'])
    const copy = new Sqlite(profile.file('latchkey.db.before-v2'), { readonly: true })
    expect(copy.pragma('user_version', { simple: true })).toBe(1)
    expect(copy.prepare('SELECT title FROM conversation').pluck().get()).toBe('Old')
    copy.close()
    await old.close()
  })
})

it('a key is never part of what a check keeps', async () => {
  const connectionId = await connect(harness, server.origin)
  server.enqueue(anthropicModels(TEST_KEY), 'GET /v1/models')
  await harness.ask('connection.check', { connectionId })
  expect(JSON.stringify(await harness.ask('app.open', {}))).not.toContain(TEST_KEY)
})
