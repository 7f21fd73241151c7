import { readFileSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { ConnectionId } from '../../src/core/ids'
import { filesBelow, filesWith } from '../support/bytes-in'
import { eachWithProvider } from '../support/each-test'
import { connect, settled, startLatchkey, TEST_KEY, TEST_MODEL, type Harness } from '../support/latchkey'
import { fixture, gateAfter, httpError, type ProviderServer } from '../support/provider-server'

// Bug: a key that is replaced takes a running answer with it, or stays behind in some file.

const NEW_KEY = 'sk-ant-api03-the-key-that-comes-after-it-0123456789'

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

const ask = (text: string) => harness.ask('turn.start', { conversationId: null, connectionId, model: TEST_MODEL, text })
const keysSent = () => server.requests.map(({ headers }) => headers['x-api-key'])
const replace = (key = NEW_KEY) => harness.ask('key.replace', { connectionId, key })

/** What is on disk of each sealed key: nonce, tag and ciphertext, as bytes. */
function sealedParts(): Buffer[] {
  const { keys } = JSON.parse(readFileSync(harness.profile.file('vault.json'), 'utf8')) as {
    keys: { nonce: string; tag: string; data: string }[]
  }
  return keys.flatMap(({ nonce, tag, data }) => [nonce, tag, data].map((part) => Buffer.from(part, 'base64')))
}

function keyIdsByConversation(): Map<string, string> {
  const database = new Sqlite(harness.profile.file('latchkey.db'), { readonly: true })
  try {
    const rows = database.prepare<[], { id: string; key: string }>(
      'SELECT conversation_id AS id, key_id AS key FROM call',
    )
    return new Map(rows.all().map(({ id, key }) => [id, key]))
  } finally {
    database.close()
  }
}

describe('a key that is replaced while answers run', () => {
  it('ends neither of two that stream, and the next message goes out with the new one', async () => {
    const gates = [gateAfter(3), gateAfter(5)]
    for (const gate of gates) server.enqueue(fixture('anthropic/text', { gates: [gate] }))
    const running = [await ask('One'), await ask('Two')]
    await Promise.all(gates.map((gate) => gate.reached))
    await replace()
    server.enqueue(fixture('anthropic/text'))
    const next = await ask('Three')
    expect((await settled(harness, next.turnId)).message).toMatchObject({ state: 'complete', failure: null })
    for (const gate of gates) gate.release()
    for (const { turnId } of running) {
      expect((await settled(harness, turnId)).message).toMatchObject({ state: 'complete', failure: null })
    }
    expect(keysSent()).toEqual([TEST_KEY, TEST_KEY, NEW_KEY])
    expect(harness.logged).toEqual([])
  })

  it('is what an attempt that is repeated goes out with', async () => {
    server.enqueue(
      httpError(529, { type: 'error', error: { type: 'overloaded_error', message: 'Busy' } }, { 'retry-after': '60' }),
    )
    server.enqueue(fixture('anthropic/text'))
    const turn = await ask('One')
    await harness.event((event): event is typeof event => event.name === 'turn.waiting')
    await replace()
    await harness.ask('turn.retryNow', { turnId: turn.turnId })
    expect((await settled(harness, turn.turnId)).message).toMatchObject({ state: 'complete', failure: null })
    expect(keysSent()).toEqual([TEST_KEY, NEW_KEY])
  })

  it('leaves no byte of the old one, plain or sealed, in any file: not then, not after a restart', async () => {
    const gate = gateAfter(3)
    server.enqueue(fixture('anthropic/text', { gates: [gate] }))
    const running = await ask('One')
    await gate.reached
    const old = [Buffer.from(TEST_KEY), ...sealedParts()]
    expect(old.map(({ length }) => length)).toEqual([TEST_KEY.length, 12, 16, TEST_KEY.length])
    // What is looked for is found where it is.
    for (const part of old.slice(1)) expect(filesWith(harness.profile.path, part)).not.toEqual([])
    await replace()
    const traces = () => old.flatMap((part) => filesWith(harness.profile.path, part))
    expect(filesBelow(harness.profile.path).map(({ path }) => path)).toContain(harness.profile.file('latchkey.db-wal'))
    expect(traces()).toEqual([])
    gate.release()
    await settled(harness, running.turnId)
    expect(traces()).toEqual([])
    harness = await harness.restart()
    expect(traces()).toEqual([])
    expect(filesWith(harness.profile.path, Buffer.from(NEW_KEY))).toEqual([])
    for (const part of sealedParts()) expect(filesWith(harness.profile.path, part)).not.toEqual([])
  })

  it('fails no request that begins just then, and each goes out with the key its row names', async () => {
    const count = 40
    server.always(fixture('anthropic/text'))
    // What counts tokens would hold all of them back until the last replacement.
    await harness.close()
    harness = await startLatchkey({ tokenCounter: { count: () => Promise.resolve(null), close: () => undefined } })
    connectionId = await connect(harness, server.origin)
    // So many at once are what it asks about.
    await harness.ask('settings.setLoop', { on: false, calls: 30, spent: 'usd5', minutes: 5 })
    const keys = new Set([TEST_KEY])
    const begun: ReturnType<typeof ask>[] = []
    const replaced: Promise<unknown>[] = []
    for (let index = 0; index < count; index += 1) {
      begun.push(ask(`Question ${index}`))
      const key = `${NEW_KEY}-${index}`
      keys.add(key)
      // At every place within the beginning of a turn that another task can come to.
      for (let tick = 0; tick < index; tick += 1) await Promise.resolve()
      replaced.push(replace(key))
      await Promise.all(replaced)
    }
    for (const { turnId } of await Promise.all(begun)) {
      expect((await settled(harness, turnId)).message).toMatchObject({ state: 'complete', failure: null })
    }
    expect(keysSent()).toHaveLength(count)
    const pairs = new Set<string>()
    const rows = keyIdsByConversation()
    for (const [index, turn] of (await Promise.all(begun)).entries()) {
      const request = server.requests.find(({ body }) => body.includes(`"Question ${index}"`))
      const key = request?.headers['x-api-key']
      expect(keys).toContain(key)
      pairs.add(`${String(key)} ${rows.get(turn.conversationId)}`)
    }
    // One key to an id, and one id to a key.
    expect(new Set([...pairs].map((pair) => pair.split(' ')[0])).size).toBe(pairs.size)
    expect(new Set([...pairs].map((pair) => pair.split(' ')[1])).size).toBe(pairs.size)
    expect(pairs.size).toBeGreaterThan(count / 2)
    expect(harness.logged).toEqual([])
  })
})
