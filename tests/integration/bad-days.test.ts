import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { fixtureEvents } from '../support/fixtures'
import { eachWithProvider } from '../support/each-test'
import { connect, settled, startLatchkey, TEST_KEY, TEST_MODEL, type Harness } from '../support/latchkey'
import {
  fixture,
  gateAfter,
  httpError,
  startProviderServer,
  stream,
  type ProviderServer,
} from '../support/provider-server'

// What must not happen on a day on which something else goes wrong.

let server: ProviderServer
let harness: Harness

eachWithProvider(
  (provider, app) => {
    server = provider
    harness = app
  },
  () => harness,
)

async function ask(connectionId?: Awaited<ReturnType<typeof connect>>) {
  const to = connectionId ?? (await connect(harness, server.origin))
  const input = { conversationId: null, connectionId: to, model: TEST_MODEL, text: 'Hi' }
  return { ...(await harness.ask('turn.start', input)), connectionId: to }
}

/** The text fixture with its message_start or message_delta changed. */
function altered(type: 'message_start' | 'message_delta', change: (data: Record<string, unknown>) => unknown) {
  return fixtureEvents('anthropic/text').map((event) => {
    const data = JSON.parse(event.data) as Record<string, unknown>
    return data['type'] === type ? { ...event, data: JSON.stringify(change(data)) } : event
  })
}

const text = (parts: readonly { readonly text: string }[]) => parts.map((part) => part.text).join('')
const deep = (levels: number): unknown => JSON.parse('{"a":'.repeat(levels) + '1' + '}'.repeat(levels))

describe('an endpoint that breaks the dialect', () => {
  const message = (more: object) => (data: Record<string, unknown>) => ({
    ...data,
    message: { ...(data['message'] as object), ...more },
  })

  it.each([
    ['no model', altered('message_start', message({ model: undefined }))],
    ['a model that is an object', altered('message_start', message({ model: { a: 1 } }))],
    ['an id that is a list', altered('message_start', message({ id: [1] }))],
    ['usage nested past all measure', altered('message_start', message({ usage: deep(1_500) }))],
    ['more tokens than there are', altered('message_delta', (data) => ({ ...data, usage: { output_tokens: 1e15 } }))],
    [
      'a delta whose text is no text',
      altered('message_start', (data) => data).toSpliced(2, 0, {
        event: 'content_block_delta',
        data: '{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":{"a":1}}}',
      }),
    ],
  ])('still gets its answer kept, booked and left behind: %s', async (_, events) => {
    server.enqueue(stream(events))
    const turn = await ask()
    const end = await settled(harness, turn.turnId)
    expect(end.message.state).toBe('complete')
    expect(text(end.message.parts).length).toBeGreaterThan(20)
    // Nothing is stuck: the next question is taken, and the next start starts.
    server.enqueue(fixture('anthropic/text'))
    const { conversationId, connectionId } = turn
    const next = await harness.ask('turn.start', { conversationId, connectionId, model: TEST_MODEL, text: 'Next' })
    await settled(harness, next.turnId)
    harness = await harness.restart()
    expect((await harness.ask('app.open', {})).month.callCount).toBe(2)
  })

  it('cannot put a key it was given into what is kept or shown', async () => {
    const echo = altered('message_start', message({ id: TEST_KEY, usage: { input_tokens: 3, note: TEST_KEY } }))
    server.enqueue(stream(echo))
    const { connectionId, turnId } = await ask()
    await settled(harness, turnId)
    const error = { type: TEST_KEY, message: TEST_KEY, details: { error_code: TEST_KEY } }
    server.enqueue(httpError(400, { type: 'error', error }, { 'request-id': TEST_KEY }))
    await settled(harness, (await ask(connectionId)).turnId)
    expect(JSON.stringify(harness.events)).not.toContain(TEST_KEY)
    for (const name of ['latchkey.db', 'latchkey.db-wal']) {
      expect(readFileSync(harness.profile.file(name)).includes(TEST_KEY)).toBe(false)
    }
  })
})

describe('fifty megabytes in one line', () => {
  it.each([
    ['anthropic', '', TEST_MODEL, 'anthropic/text'],
    ['openai', '/v1', 'gpt-6-sol', 'openai-responses/text'],
    ['deepseek', '/v1', 'deepseek-v4-pro', 'openai-compatible/deepseek-reasoning'],
    ['google', '', 'gemini-3.8-flash', 'google/text'],
  ] as const)('end the answer of %s with its failure named and its words kept', async (provider, path, model, name) => {
    const events = fixtureEvents(name)
    const endless = { ...events[0], data: 'x'.repeat(50_000_000) }
    server.enqueue(stream([...events.slice(0, -1), endless], { chunk: 1_000_000 }))
    const baseUrl = `${server.origin}${path}`
    const { id: connectionId } = await harness.ask('connection.add', { provider, label: 'Test', baseUrl })
    await harness.ask('key.set', { connectionId, key: TEST_KEY })
    const turn = await harness.ask('turn.start', { conversationId: null, connectionId, model, text: 'Hi' })
    const end = await settled(harness, turn.turnId)
    expect(text(end.message.parts).length).toBeGreaterThan(10)
    // Where the provider had said that it was done, it was; elsewhere the failure has a name.
    const ending = [end.message.state, end.message.failure?.code ?? null]
    expect([
      ['failed', 'protocol'],
      ['failed', 'network'],
      ['complete', null],
    ]).toContainEqual(ending)
  })
})

describe('a file that cannot be written to for a while', () => {
  it('keeps an ended answer waiting, and books it once it can', async () => {
    const gate = gateAfter(7)
    server.enqueue(fixture('anthropic/text', { gates: [gate] }))
    const turn = await ask()
    await gate.reached
    // A full disk, as SQLite sees one.
    const database = new Sqlite(harness.profile.file('latchkey.db'))
    database.exec(`CREATE TRIGGER full BEFORE INSERT ON ledger_line BEGIN SELECT RAISE(ABORT, 'disk full'); END`)
    gate.release()
    await expect.poll(() => harness.logged.join()).toContain('settling an answer')
    const waiting = await harness.ask('conversation.open', { conversationId: turn.conversationId })
    expect(waiting.runningTurn?.turnId).toBe(turn.turnId)
    database.exec('DROP TRIGGER full')
    database.close()
    const end = await settled(harness, turn.turnId)
    expect(end.message).toMatchObject({ state: 'complete', cost: { costClass: 'computed' } })
  })

  it('keeps the exact figure of an answer that had to wait for more than two tries', async () => {
    const gate = gateAfter(7)
    server.enqueue(fixture('anthropic/text', { gates: [gate] }))
    const turn = await ask()
    await gate.reached
    const database = new Sqlite(harness.profile.file('latchkey.db'))
    database.exec('BEGIN IMMEDIATE')
    gate.release()
    await expect.poll(() => harness.logged.join(), { timeout: 30_000 }).toContain('settling an answer')
    await delay(7_000)
    database.exec('ROLLBACK')
    database.close()
    const end = await settled(harness, turn.turnId)
    expect(end.message).toMatchObject({ state: 'complete', cost: { costClass: 'computed' } })
  }, 60_000)

  it('does not keep the app from starting again', async () => {
    const gate = gateAfter(7)
    server.enqueue(fixture('anthropic/text', { gates: [gate] }))
    const turn = await ask()
    await gate.reached
    const database = new Sqlite(harness.profile.file('latchkey.db'))
    database.exec(`CREATE TRIGGER full BEFORE INSERT ON ledger_line BEGIN SELECT RAISE(ABORT, 'disk full'); END`)
    harness = await harness.restart()
    expect(harness.logged.join()).toContain('disk full')
    expect((await harness.ask('app.open', {})).conversations).toHaveLength(1)
    database.exec('DROP TRIGGER full')
    database.close()
    harness = await harness.restart()
    const { messages } = await harness.ask('conversation.open', { conversationId: turn.conversationId })
    expect(messages[1]).toMatchObject({ state: 'interrupted', cost: { costClass: 'partial' } })
    gate.release()
  })
})

describe('somebody who does not answer', () => {
  it('cannot keep Stop from stopping: a keychain that asks its user', async () => {
    const connectionId = await connect(harness, server.origin)
    harness.cipher.decrypt = () => new Promise(() => undefined)
    harness = await startAgain()
    const turn = await harness.ask('turn.start', { conversationId: null, connectionId, model: TEST_MODEL, text: 'Hi' })
    await harness.ask('turn.stop', { turnId: turn.turnId })
    const end = await settled(harness, turn.turnId)
    expect(end.message).toMatchObject({ state: 'stopped', cost: { pico: '0', upper: null } })
    expect(server.connections).toBe(0)
  })

  /** As `restart`, but the vault must be opened while the keychain still answers. */
  async function startAgain(): Promise<Harness> {
    const { decrypt } = harness.cipher
    harness.cipher.decrypt = () => Promise.reject(new Error('not now'))
    const again = await harness.restart()
    harness.cipher.decrypt = decrypt
    return again
  }

  it('cannot undo an answer by failing to listen', async () => {
    const unsubscribe = harness.latchkey.subscribe(() => {
      throw new Error('a window that is gone')
    })
    server.enqueue(fixture('anthropic/text'))
    const end = await settled(harness, (await ask()).turnId)
    expect(end.message.state).toBe('complete')
    unsubscribe()
  })
})

describe('asking again', () => {
  it('in the middle takes nothing away: what came after is one version back', async () => {
    server.always(fixture('anthropic/text'))
    const first = await ask()
    await settled(harness, first.turnId)
    const { conversationId, connectionId } = first
    const second = await harness.ask('turn.start', { conversationId, connectionId, model: TEST_MODEL, text: 'More' })
    await settled(harness, second.turnId)
    const again = await harness.ask('turn.retry', { turnId: first.turnId })
    const { message } = await settled(harness, again.turnId)
    expect(message.branch).toMatchObject({ at: 2, of: 2 })
    const { messages } = await harness.ask('conversation.open', { conversationId })
    expect(messages).toHaveLength(2)
    const messageId = message.branch?.before ?? message.id
    const before = await harness.ask('conversation.showBranch', { conversationId, messageId })
    expect(before.messages).toHaveLength(4)
  })
})

describe('keys that are changed at the same time', () => {
  it('stay removed when they were removed last', async () => {
    const connectionId = await connect(harness, server.origin)
    const key = 'sk-ant-api03-set-while-it-is-removed-000001'
    const answers = await Promise.all([
      harness.request('key.set', { connectionId, key }),
      harness.request('key.remove', { connectionId }),
    ])
    expect(answers.map(({ ok }) => ok)).toEqual([true, true])
    expect((await harness.ask('key.status', {})).connections[0]?.key).toEqual({ state: 'none' })
    expect(sealed()).toEqual([])
  })

  it('never reach another origin: a connection that moves drops the key entered for the old one', async () => {
    const connectionId = await connect(harness, server.origin)
    const other = await startProviderServer()
    await harness.ask('connection.update', { connectionId, label: 'Personal', baseUrl: other.origin })
    const input = { conversationId: null, connectionId, model: TEST_MODEL, text: 'Hi' }
    expect(await harness.request('turn.start', input)).toMatchObject({ error: { code: 'key_missing' } })
    expect(sealed()).toEqual([])
    await other.close()
  })

  it('leave nothing sealed that no connection wants, not even after a crash in between', async () => {
    const connectionId = await connect(harness, server.origin)
    const orphaned = readFileSync(harness.profile.file('vault.json'), 'utf8')
    harness.latchkey.close()
    const database = new Sqlite(harness.profile.file('latchkey.db'))
    const keyId = database.prepare('SELECT key_id FROM connection WHERE id = ?').pluck().get(connectionId)
    // One transaction: the rows let go of the key, and its id is written down as removed by hand.
    database.prepare('UPDATE connection SET key_id = NULL WHERE id = ?').run(connectionId)
    database.prepare('DELETE FROM connection_key WHERE key_id = ?').run(keyId)
    const removed = `INSERT INTO setting VALUES ('removedKeys', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`
    database.prepare(removed).run(JSON.stringify([keyId]))
    database.close()
    expect((JSON.parse(orphaned) as { keys: unknown[] }).keys).toHaveLength(1)
    harness = await startLatchkey({ profile: harness.profile, cipher: harness.cipher })
    expect(sealed()).toEqual([])
  })

  const sealed = () =>
    (JSON.parse(readFileSync(harness.profile.file('vault.json'), 'utf8')) as { keys: unknown[] }).keys
})

describe('a key in the wrong field', () => {
  it.each([
    ['label', { label: TEST_KEY, baseUrl: null }],
    ['baseUrl', { label: 'Work', baseUrl: `https://gateway.example/${TEST_KEY}/v1` }],
  ])('is not stored as a %s', async (field, input) => {
    const answer = await harness.request('connection.add', { provider: 'anthropic', ...input })
    expect(answer).toEqual({ ok: false, error: { code: 'key_misplaced', field } })
    expect((await harness.ask('key.status', {})).connections).toEqual([])
  })
})

describe('a proxy in the environment', () => {
  it('sees no request, although Node was started to use it', async () => {
    const proxy = await startProviderServer()
    server.always(fixture('anthropic/text'))
    const environment = fileURLToPath(new URL('../../src/main/egress/environment.ts', import.meta.url))
    const script = `
      if (process.argv[2] === 'neutral') process.env = (await import(process.argv[1])).neutralEnvironment(process.env)
      const signal = AbortSignal.timeout(2000)
      await fetch(process.argv[3], { signal }).then((response) => response.text()).catch(() => undefined)
      process.exit()
    `
    const run = (how: string) =>
      spawnAsync(['--no-warnings', '--input-type=module', '-e', script, environment, how, server.origin], {
        ...process.env,
        NODE_USE_ENV_PROXY: '1',
        HTTP_PROXY: proxy.origin,
        http_proxy: proxy.origin,
        NO_PROXY: '',
        no_proxy: '',
      })
    await run('as it is')
    expect(proxy.connections).toBeGreaterThan(0)
    const before = proxy.connections
    await run('neutral')
    expect(proxy.connections).toBe(before)
    expect(server.requests).toHaveLength(1)
    await proxy.close()
  })
})

describe('a program that is opened', () => {
  // Bug: the browser gets an environment that was changed for this process, and finds no proxy or none of its user's own.
  it('inherits the environment its user has set, while nothing here reads it', async () => {
    const environment = fileURLToPath(new URL('../../src/main/egress/environment.ts', import.meta.url))
    const found = harness.profile.file('environment.json')
    const script = `
      process.env = (await import(process.argv[1])).neutralEnvironment(process.env)
      // What the system hands on, whoever starts a program: read past \`process.env\`.
      const handedOn = process.report.getReport().environmentVariables
      const { execFileSync } = await import('node:child_process')
      const started = execFileSync(process.execPath, ['-p', 'JSON.stringify(process.env)'], { encoding: 'utf8' })
      const { writeFileSync } = await import('node:fs')
      writeFileSync(process.argv[2], JSON.stringify({ handedOn, read: { ...process.env }, started: JSON.parse(started) }))
    `
    await spawnAsync(['--no-warnings', '--input-type=module', '-e', script, environment, found], {
      PATH: process.env['PATH'],
      OPENAI_BASE_URL: 'https://gateway.example',
      SSLKEYLOGFILE: '/dev/null',
      no_proxy: 'intranet.example',
    })
    type Variables = Readonly<Record<string, string>>
    const { handedOn, read, started } = JSON.parse(readFileSync(found, 'utf8')) as Record<string, Variables>
    expect(handedOn).toMatchObject({
      OPENAI_BASE_URL: 'https://gateway.example',
      SSLKEYLOGFILE: '/dev/null',
      no_proxy: 'intranet.example',
    })
    expect(handedOn).not.toHaveProperty('NO_PROXY')
    // What is started from here on purpose, such as the counter of tokens, reads what this process reads.
    for (const variables of [read, started]) {
      expect(variables).toMatchObject({ no_proxy: '*', NO_PROXY: '*' })
      expect(Object.keys(variables ?? {}).filter((name) => /OPENAI|SSLKEYLOG/.test(name))).toEqual([])
    }
  })
})

/** Not spawnSync: the servers the child talks to run in this very process. */
async function spawnAsync(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  await new Promise((resolve) => spawn(process.execPath, args, { env, stdio: 'ignore' }).on('exit', resolve))
}
