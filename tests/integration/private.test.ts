import { spawn } from 'node:child_process'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { textOf } from '../../src/core/conversation'
import type { ConnectionId } from '../../src/core/ids'
import { PROFILE_FILES, unregistered } from '../support/canary'
import { filesHolding, word } from '../support/forgetting/files-holding'
import { connect, settled, startLatchkey, TEST_MODEL, type Harness } from '../support/latchkey'
import {
  eventsOf,
  fixture,
  gateAfter,
  httpError,
  startProviderServer,
  stream,
  type Gate,
  type ProviderServer,
  type Reply,
} from '../support/provider-server'
import { makeTempDir, type TempDir } from '../support/temp-dir'

// Bug: a word of a private conversation in any byte of any file: the database, its log, a temporary file of SQLite's, the
// rows of its calls, which stay. Or the opposite: what it cost is gone with it.

let server: ProviderServer
let profile: TempDir
let temp: TempDir
const tempBefore = process.env['TMPDIR']

beforeEach(async () => {
  server = await startProviderServer()
  profile = await makeTempDir()
  temp = await makeTempDir()
  process.env['TMPDIR'] = temp.path
})
afterEach(async () => {
  if (tempBefore === undefined) delete process.env['TMPDIR']
  else process.env['TMPDIR'] = tempBefore
  await server.close()
  await profile.remove()
  await temp.remove()
})

const everywhere = (text: string) => [...filesHolding(profile.path, text), ...filesHolding(temp.path, text)]

/** Answers with the word, and says it wherever else it can: as its id, its model, its tier, in its usage. */
function gossip(text: string, gate?: Gate, tells = /^(?:id|model|service_tier)$/): Reply {
  const tell = (field: string) => (tells.test(field) ? `"${field}":"${text}"` : '$&')
  return stream(
    eventsOf('anthropic/text').map((event) => ({
      ...event,
      data: event.data
        .replace(/"id":"msg[^"]*"/, tell('id'))
        .replace(/"model":"[^"]*"/, tell('model'))
        .replace(/"service_tier":"[^"]*"/, tell('service_tier'))
        .replace(/"text_delta","text":"/, `"text_delta","text":"${text} `),
    })),
    gate === undefined ? {} : { gates: [gate] },
  )
}

const refusal = (text: string): Reply =>
  httpError(
    400,
    { type: 'error', error: { type: text, code: text, message: `cannot answer “${text}”` } },
    { 'request-id': text },
  )

async function begin(harness: Harness, connectionId: ConnectionId, text: string, isPrivate: boolean) {
  const started = await harness.ask('turn.start', {
    conversationId: null,
    connectionId,
    model: TEST_MODEL,
    text,
    ...(isPrivate ? { private: true } : {}),
  })
  expect(started.isPrivate).toBe(isPrivate)
  return started
}

describe('a private conversation', () => {
  it('is a conversation like any other while it runs, and in no byte of any file, then and after quit', async () => {
    const secret = word('SECRET')
    const control = word('CONTROL')
    let harness = await startLatchkey({ profile })
    const connectionId = await connect(harness, server.origin)
    // Titles are written in the background, but not of this.
    await harness.ask('settings.setBackground', { purpose: 'titles', on: true })
    server.always(fixture('anthropic/text'), 'POST /v1/messages')
    const open = await begin(harness, connectionId, `${control} in a question`, false)
    await settled(harness, open.turnId)
    const titled = async () =>
      (await harness.ask('spend.month', {})).calls.some(({ purpose, state }) => purpose === 'title' && state === 'done')
    await expect.poll(titled).toBe(true)

    server.enqueue(gossip(secret), 'POST /v1/messages')
    const first = await begin(harness, connectionId, `${secret} in a question`, true)
    expect((await settled(harness, first.turnId)).message).toMatchObject({ state: 'complete' })
    const { conversationId } = first
    expect(textOf((await harness.ask('conversation.open', { conversationId })).messages[1]?.parts ?? [])).toContain(
      secret,
    )
    await harness.ask('conversation.rename', { conversationId, title: `About ${secret}` })
    await harness.ask('conversation.setCaching', { conversationId, caching: '1h' })
    server.enqueue(refusal(secret), 'POST /v1/messages')
    const again = { conversationId, connectionId, model: TEST_MODEL, text: `${secret} once more` }
    const failed = await harness.ask('turn.start', again)
    const { message } = await settled(harness, failed.turnId)
    // What the provider said is there to be read.
    expect(message.failure?.detail).toContain(secret)
    await harness.ask('turn.retry', { turnId: failed.turnId })
    await expect.poll(async () => (await harness.ask('conversation.open', { conversationId })).running).toBe(false)
    await harness.ask('estimate.send', { conversationId, connectionId, model: TEST_MODEL, text: secret })

    const shown = await harness.ask('conversation.open', { conversationId })
    expect(shown).toMatchObject({ isPrivate: true, title: `About ${secret}`, caching: '1h' })
    expect(shown.retention).toEqual({ own: null, deletion: { when: 'at_quit' } })
    expect(shown.messages.map(({ state }) => state)).toEqual(['complete', 'complete', 'complete', 'complete'])
    const listed = await harness.ask('conversation.list', {})
    expect(listed.map(({ id, isPrivate }) => [id, isPrivate])).toEqual([
      [conversationId, true],
      [open.conversationId, false],
    ])
    const spend = await harness.ask('spend.month', {})
    expect(spend.calls.map(({ purpose, isPrivate }) => [purpose, isPrivate])).toContainEqual(['answer', true])
    // The other one was titled, and this one was not.
    expect(spend.calls.filter(({ purpose }) => purpose === 'title')).toHaveLength(1)
    // Reports and files have its figures, under no title, although it is open and has one.
    const range = { from: '2026-11-01', to: '2026-11-30' }
    const query = { range, filter: { conversationId: 'private' }, by: 'conversation' } as const
    const report = await harness.ask('spend.report', { query })
    expect(report.groups.map(({ key, name }) => [key, name])).toEqual([['private', null]])
    const { calls } = await harness.ask('spend.calls', { range, filter: query.filter, before: null })
    expect(calls.map(({ conversationTitle }) => conversationTitle)).toEqual([null, null, null])
    const details = await Promise.all(calls.map(({ id }) => harness.ask('spend.call', { callId: id })))
    const wanted = { query, what: 'calls', after: null } as const
    const files = [
      await harness.ask('spend.export', { ...wanted, format: 'csv' }),
      await harness.ask('spend.export', { ...wanted, format: 'json' }),
    ]
    expect(files[0]?.rowCount).toBe(3)
    expect(JSON.stringify([spend, report, calls, details, files])).not.toContain(secret)
    expect(everywhere(secret)).toEqual([])
    expect(everywhere(control)).toContain('latchkey.db-wal')
    const before = await harness.ask('spend.month', {})

    harness = await harness.restart()
    expect(everywhere(secret)).toEqual([])
    expect(everywhere(control)).not.toEqual([])
    expect((await harness.ask('conversation.list', {})).map(({ id }) => id)).toEqual([open.conversationId])
    expect(await harness.request('conversation.open', { conversationId })).toMatchObject({ ok: false })
    const after = await harness.ask('spend.month', {})
    expect(after.spend).toEqual(before.spend)
    expect(after.calls.filter(({ isPrivate }) => isPrivate)).toMatchObject(
      Array.from({ length: 3 }, () => ({ conversationId: null, conversationTitle: null, modelId: TEST_MODEL })),
    )
    expect(await harness.ask('ledger.verify', {})).toMatchObject({ ok: true })
    expect(harness.logged).toEqual([])
    expect(unregistered(profile.path, PROFILE_FILES)).toEqual([])
    harness.latchkey.close()
  })

  it('cannot be made of one that is on disk already', async () => {
    const harness = await startLatchkey({ profile })
    const connectionId = await connect(harness, server.origin)
    server.always(fixture('anthropic/text'), 'POST /v1/messages')
    const open = await begin(harness, connectionId, 'Hi', false)
    await settled(harness, open.turnId)
    const { conversationId } = open
    const next = { conversationId, connectionId, model: TEST_MODEL, text: 'Hi', private: true }
    expect(await harness.request('turn.start', next)).toEqual({
      ok: false,
      error: { code: 'bad_request', field: 'private' },
    })
    harness.latchkey.close()
  })

  it('counts against budgets, its own too, which go with it', async () => {
    let harness = await startLatchkey({ profile })
    const connectionId = await connect(harness, server.origin)
    server.always(fixture('anthropic/text'), 'POST /v1/messages')
    const { conversationId, turnId } = await begin(harness, connectionId, 'Hi', true)
    await settled(harness, turnId)
    await harness.ask('budget.set', {
      scope: { kind: 'conversation', conversationId },
      period: 'total',
      limit: '0.000001',
      steps: [{ percent: 100, action: 'block' }],
    })
    const next = { conversationId, connectionId, model: TEST_MODEL, text: 'More' }
    expect(await harness.request('turn.start', next)).toMatchObject({ error: { code: 'budget_limit' } })
    harness = await harness.restart()
    expect(await harness.ask('budget.list', {})).toEqual([])
    harness.latchkey.close()
  })

  it('leaves no budget of its own behind when it is killed; other budgets stay', async () => {
    const harness = await startLatchkey({ profile })
    const connectionId = await connect(harness, server.origin)
    server.always(fixture('anthropic/text'), 'POST /v1/messages')
    const open = await begin(harness, connectionId, 'Hi', false)
    const hidden = await begin(harness, connectionId, 'Hi', true)
    for (const { turnId } of [open, hidden]) await settled(harness, turnId)
    const steps = [{ percent: 100, action: 'block' as const }]
    for (const conversationId of [open.conversationId, hidden.conversationId, null]) {
      await harness.ask('budget.set', {
        scope: { kind: 'conversation', conversationId },
        period: 'total',
        limit: '1',
        steps,
      })
    }
    const killed = await makeTempDir()
    cpSync(profile.path, killed.path, { recursive: true })
    const after = await startLatchkey({ profile: killed })
    const left = (await after.ask('budget.list', {})).map(({ scope }) => scope)
    expect(left).toMatchObject([{ conversationId: open.conversationId }, { conversationId: null }])
    await after.close()
    harness.latchkey.close()
  })

  it('keeps a key in it from another provider, and where that stands is in memory too', async () => {
    const harness = await startLatchkey({ profile })
    const other = await startProviderServer()
    for (const each of [server, other]) each.always(fixture('anthropic/text'), 'POST /v1/messages')
    const connectionId = await connect(harness, server.origin)
    const elsewhere = await connect(harness, other.origin)
    const key = `sk-ant-api03-${word('KEY')}`
    const asked = { conversationId: null, connectionId, model: TEST_MODEL, text: `Mine is ${key}`, private: true }
    const { conversationId, turnId } = await harness.ask('turn.start', { ...asked, allowSecret: true })
    await settled(harness, turnId)
    const next = { conversationId, connectionId: elsewhere, model: TEST_MODEL, text: 'And now?' }
    expect(await harness.request('turn.start', next)).toMatchObject({ error: { code: 'key_in_history' } })
    const again = await harness.ask('turn.start', { ...next, earlierKeys: 'redact' })
    expect((await settled(harness, again.turnId)).message.state).toBe('complete')
    expect(other.requests.map(({ body }) => body.includes(key))).toEqual([false])
    expect(everywhere(key)).toEqual([])
    expect(harness.logged).toEqual([])
    harness.latchkey.close()
    await other.close()
  })

  it.each(['batch', 'priority', 'claude-opus-5'])(
    'costs what it would have cost otherwise, whatever it names: %s',
    async (name) => {
      const harness = await startLatchkey({ profile })
      const connectionId = await connect(harness, server.origin)
      const field = name.startsWith('claude') ? 'model' : 'service_tier'
      const events = eventsOf('anthropic/text').map((event) => ({
        ...event,
        data: event.data.replace(new RegExp(`"${field}":"[^"]*"`), `"${field}":"${name}"`),
      }))
      for (const isPrivate of [false, true]) {
        server.enqueue(stream(events), 'POST /v1/messages')
        const { turnId } = await begin(harness, connectionId, `What is ${name}?`, isPrivate)
        await settled(harness, turnId)
      }
      const { calls } = await harness.ask('spend.month', {})
      expect(calls.map(({ isPrivate }) => isPrivate)).toEqual([true, false])
      expect(calls[0]?.cost).toEqual(calls[1]?.cost)
      harness.latchkey.close()
    },
  )

  it('is deleted, and brought back, like any other; and loses its connection with it', async () => {
    const harness = await startLatchkey({ profile })
    const connectionId = await connect(harness, server.origin)
    server.always(fixture('anthropic/text'), 'POST /v1/messages')
    const { conversationId, turnId } = await begin(harness, connectionId, 'Hi', true)
    await settled(harness, turnId)
    await harness.ask('conversation.delete', { conversationId })
    expect(await harness.ask('conversation.list', {})).toEqual([])
    await harness.ask('conversation.restore', { conversationId })
    await harness.ask('connection.remove', { connectionId })
    expect(await harness.ask('conversation.open', { conversationId })).toMatchObject({ connectionId: null })
    harness.latchkey.close()
  })
})

describe('in the middle of a private answer', () => {
  it('what a crash leaves holds nothing of it; the call is settled, as a range, by the next start', async () => {
    const secret = word('SECRET')
    const gate = gateAfter(8)
    // By the model it was asked of, at its price: a name nobody knows has none.
    server.enqueue(gossip(secret, gate, /^id$/))
    const harness = await startLatchkey({ profile })
    const connectionId = await connect(harness, server.origin)
    const { conversationId } = await begin(harness, connectionId, secret, true)
    await gate.reached
    const said = () =>
      harness.events.flatMap((event) => (event.name === 'turn.delta' ? event.payload.deltas : [])).length > 0
    await expect.poll(said).toBe(true)
    // Saved by now, if it were: twice a second.
    await new Promise((resolve) => setTimeout(resolve, 1_200))
    const crashed = await makeTempDir()
    cpSync(profile.path, crashed.path, { recursive: true })
    expect(everywhere(secret)).toEqual([])
    const after = await startLatchkey({ profile: crashed })
    expect(await after.ask('conversation.list', {})).toEqual([])
    const { calls } = await after.ask('spend.month', {})
    expect(calls).toMatchObject([{ isPrivate: true, state: 'interrupted', conversationTitle: null }])
    expect(calls[0]?.cost.costClass).toBe('partial')
    expect(BigInt(calls[0]?.cost.atLeast ?? 0)).toBeGreaterThan(0n)
    expect(filesHolding(crashed.path, secret)).toEqual([])
    expect(await after.ask('ledger.verify', {})).toMatchObject({ ok: true })
    expect(after.logged).toEqual([])
    gate.release()
    await expect
      .poll(async () => (await harness.ask('conversation.open', { conversationId })).messages[1]?.state)
      .toBe('complete')
    harness.latchkey.close()
    await after.close()
  })

  it('kill -9 leaves nothing of it, and all of another one', async () => {
    const secret = word('SECRET')
    const control = word('CONTROL')
    const root = fileURLToPath(new URL('../..', import.meta.url))
    const typescript = pathToFileURL(join(root, 'scripts/lib/typescript.mjs')).href
    const gate = gateAfter(8)
    server.enqueue(fixture('anthropic/text'))
    server.enqueue(gossip(secret, gate))
    const script = join(root, 'tests/support/forgetting/until-killed.ts')
    const args = ['--no-warnings', '--import', typescript, script, profile.path, server.origin, control, secret]
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
    const ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)))
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (text: Buffer) => text.toString().includes('running') && resolve())
      child.once('exit', () => reject(new Error('it ended by itself')))
    })
    child.kill('SIGKILL')
    expect(await ended).toBe('SIGKILL')
    gate.release()
    expect(everywhere(secret)).toEqual([])
    expect(everywhere(control)).not.toEqual([])
    const after = await startLatchkey({ profile })
    expect(await after.ask('conversation.list', {})).toMatchObject([{ title: control.slice(0, 60), isPrivate: false }])
    const { calls } = await after.ask('spend.month', {})
    expect(calls.map(({ state, isPrivate }) => [state, isPrivate])).toEqual([
      ['interrupted', true],
      ['done', false],
    ])
    expect(everywhere(secret)).toEqual([])
    after.latchkey.close()
  })
})
