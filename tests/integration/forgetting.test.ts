import { cpSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionId } from '../../src/core/ids'
import type { Retention } from '../../src/core/retention'
import { forgetting } from '../../src/main/storage/migrations/0008-forgetting'
import { filesHolding, word } from '../support/forgetting/files-holding'
import { DAY, keptIn } from '../support/forgetting/kept'
import { connect, settled, startLatchkey, TEST_MODEL, type Harness } from '../support/latchkey'
import { fixture, gateAfter, httpError, startProviderServer, type ProviderServer } from '../support/provider-server'
import { makeTempDir } from '../support/temp-dir'

// Bug: something that was to be deleted stays in some byte of some file; or a clock that is wrong for an hour deletes
// everything; or what was spent goes with what was said.

let server: ProviderServer
let harness: Harness
let connectionId: ConnectionId

beforeEach(async () => {
  server = await startProviderServer()
  server.always(fixture('anthropic/text'), 'POST /v1/messages')
  harness = await startLatchkey()
  connectionId = await connect(harness, server.origin)
})
afterEach(async () => {
  await harness.close()
  await server.close()
})

const { about, ids, restart, daysGoBy, serviceAlone } = keptIn({
  get harness() {
    return harness
  },
  set harness(next) {
    harness = next
  },
  get connectionId() {
    return connectionId
  },
})
const holding = (text: string) => filesHolding(harness.profile.path, text)
const spent = async () => (await harness.ask('spend.month', {})).spend
const general = (retention: Retention) => harness.ask('settings.setRetention', { retention })
const proven = async () => expect(await harness.ask('ledger.verify', {})).toMatchObject({ ok: true })

/** What a file from before an update looks like: whole, with everything in it. */
function copyBeforeUpdate(version: number): string {
  const name = `latchkey.db.before-v${version}`
  const database = new Sqlite(harness.profile.file('latchkey.db'))
  database.prepare('VACUUM INTO ?').run(harness.profile.file(name))
  database.close()
  return name
}

describe('a conversation that was deleted and purged', () => {
  it('takes what its provider said about it along, though the call stays', async () => {
    const secret = word('SECRET')
    server.enqueue(
      httpError(400, { type: 'error', error: { type: 'invalid_request_error', message: `not this: ${secret}` } }),
      'POST /v1/messages',
    )
    const conversationId = await about('Hi')
    expect(holding(secret)).not.toEqual([])
    await harness.ask('conversation.delete', { conversationId })
    await harness.ask('data.purge', {})
    expect(holding(secret)).toEqual([])
    expect((await harness.ask('spend.month', {})).calls).toMatchObject([{ state: 'failed' }])
  })

  it('that still answers unseen is purged all the same, and its call booked', async () => {
    const gate = gateAfter(5)
    server.enqueue(fixture('anthropic/text', { gates: [gate] }), 'POST /v1/messages')
    await harness.ask('settings.setStopMode', { stopMode: 'count' })
    const asked = { conversationId: null, connectionId, model: TEST_MODEL, text: word('SECRET') }
    const { conversationId, turnId } = await harness.ask('turn.start', asked)
    await gate.reached
    await harness.ask('turn.stop', { turnId })
    await harness.ask('conversation.delete', { conversationId })
    await harness.ask('data.purge', {})
    gate.release()
    const states = async () => (await harness.ask('spend.month', {})).calls.map(({ state }) => state)
    await expect.poll(async () => (await states()).includes('in_flight')).toBe(false)
    expect(await states()).toHaveLength(1)
    expect(holding(asked.text)).toEqual([])
    expect(harness.logged).toEqual([])
    await proven()
  })
})

/** The same profile, as a kill leaves it, started again. */
async function afterKill(): Promise<Harness> {
  const profile = await makeTempDir()
  cpSync(harness.profile.path, profile.path, { recursive: true })
  return startLatchkey({ profile, clock: harness.clock, cipher: harness.cipher })
}

it('a conversation of thousands of messages is deleted like any other', async () => {
  const secret = word('SECRET')
  const conversationId = await about(secret)
  harness.latchkey.close()
  const database = new Sqlite(harness.profile.file('latchkey.db'))
  // Each the answer to the one before; and by a hand that does not overwrite what it moves, as the app's own does.
  const copy = database.prepare(
    `INSERT INTO message (id, conversation_id, parent_id, turn_id, role, parts, state, created_ms)
     SELECT ?, conversation_id, (SELECT id FROM message ORDER BY rowid DESC LIMIT 1), turn_id, role, parts, state, created_ms
     FROM message ORDER BY rowid LIMIT 1`,
  )
  database.transaction(() => {
    for (let index = 0; index < 3_000; index += 1) copy.run(`msg_${index}`)
  })()
  database.close()
  harness = await startLatchkey({ profile: harness.profile, clock: harness.clock, cipher: harness.cipher })
  await harness.ask('conversation.delete', { conversationId })
  expect(await harness.ask('data.purge', {})).toMatchObject({ conversations: 1 })
  expect(holding(secret)).toEqual([])
})

describe('how long conversations are kept', () => {
  it('is for ever before anybody has said otherwise, and is asked once', async () => {
    const conversationId = await about('Hi')
    const view = async () => (await harness.ask('app.open', {})).settings
    expect(await view()).toMatchObject({ retention: 'forever', retentionAnswered: false })
    await daysGoBy(3)
    harness.clock.advance(4000 * DAY)
    await restart()
    await daysGoBy(2)
    expect(await ids()).toEqual([conversationId])
    await general('forever')
    expect(await view()).toMatchObject({ retention: 'forever', retentionAnswered: true })
  })

  it('is so many days after the last message, each its own; nothing of what goes stays in any file', async () => {
    const [old, used, own, ever] = [word('OLD'), word('USED'), word('OWN'), word('EVER')]
    await about(old)
    const usedId = await about(used)
    const ownId = await about(own)
    const everId = await about(ever)
    await general({ days: 3 })
    await harness.ask('conversation.setRetention', { conversationId: ownId, retention: { days: 1 } })
    expect(await harness.ask('conversation.setRetention', { conversationId: everId, retention: 'forever' })).toEqual({
      own: 'forever',
      deletion: { when: 'never' },
    })
    const before = await spent()
    const { deletion } = (await harness.ask('conversation.open', { conversationId: ownId })).retention
    expect(deletion).toEqual({ when: 'at', atMs: harness.clock.now() + 2 * DAY, held: false })

    await daysGoBy(2)
    expect(holding(own)).toEqual([])
    expect(holding(old)).not.toEqual([])
    const more = { conversationId: usedId, connectionId, model: TEST_MODEL, text: 'More' }
    await settled(harness, (await harness.ask('turn.start', more)).turnId)
    await daysGoBy(2)
    expect(holding(old)).toEqual([])
    expect((await ids()).toSorted()).toEqual([usedId, everId].toSorted())
    await daysGoBy(2)
    expect(await ids()).toEqual([everId])
    expect([old, used, own].flatMap(holding)).toEqual([])
    expect(holding(ever)).toEqual(['latchkey.db'])
    expect(BigInt((await spent()).atLeast)).toBeGreaterThan(BigInt(before.atLeast))
    await proven()
  })

  it('until quit is until quit, or until the start after a kill', async () => {
    const [here, there] = [word('HERE'), word('THERE')]
    await about(here)
    const keptId = await about(there)
    await general('until_quit')
    await harness.ask('conversation.setRetention', { conversationId: keptId, retention: { days: 30 } })
    const killed = await afterKill()
    expect((await killed.ask('conversation.list', {})).map(({ id }) => id)).toEqual([keptId])
    expect(filesHolding(killed.profile.path, here)).toEqual([])
    await killed.close()
    expect(holding(here)).not.toEqual([])
    harness.latchkey.close()
    expect(holding(here)).toEqual([])
    await restart()
    expect(await ids()).toEqual([keptId])
    expect(holding(there)).not.toEqual([])
  })

  it('is told before it is set, and what is due goes at once', async () => {
    await about('One')
    await daysGoBy(5)
    const young = await about('Two')
    const preview = (retention: Retention) => harness.ask('retention.preview', { retention })
    const facts = { conversations: 2, deletedNow: 0, deletedAtQuit: 0, fromTrash: 0, held: 0 }
    expect(await preview('forever')).toEqual(facts)
    expect(await preview('until_quit')).toEqual({ ...facts, deletedAtQuit: 2 })
    expect(await preview({ days: 30 })).toEqual(facts)
    expect(await preview({ days: 3 })).toEqual({ ...facts, deletedNow: 1 })
    expect((await ids()).length).toBe(2)
    await general({ days: 3 })
    expect(await ids()).toEqual([young])
    const told = harness.events.findLast(({ name }) => name === 'conversations.changed')
    expect(told).toMatchObject({ payload: { conversations: [{ id: young }] } })
  })

  it('deletes none that answers just now', async () => {
    const conversationId = await about('One')
    await daysGoBy(5)
    const gate = gateAfter(3)
    server.enqueue(fixture('anthropic/text', { gates: [gate] }), 'POST /v1/messages')
    const more = { conversationId, connectionId, model: TEST_MODEL, text: 'More' }
    const { turnId } = await harness.ask('turn.start', more)
    await gate.reached
    // As if it had not been written to since.
    const database = new Sqlite(harness.profile.file('latchkey.db'))
    database.exec('UPDATE conversation SET active_ms = 0')
    database.close()
    await general({ days: 1 })
    expect(await ids()).toEqual([conversationId])
    gate.release()
    expect((await settled(harness, turnId)).message.state).toBe('complete')
  })
})

describe('what cannot be taken away at once', () => {
  it('is tried again: a copy that stays keeps the row that says so, and no other copy', async () => {
    const secret = word('SECRET')
    const deleted = await about(secret)
    const name = copyBeforeUpdate(3)
    const folder = await makeTempDir()
    // What it leads to cannot be removed as a file is: it fails once.
    symlinkSync(folder.path, harness.profile.file('latchkey.db.before-v2'))
    const { storage, service, told, left, hours, end } = serviceAlone()
    service.start()
    storage.conversations.setKeep(deleted, { days: 1 })
    await hours(48)
    expect(left()).toEqual([deleted])
    expect(readdirSync(harness.profile.path)).not.toContain(name)
    expect(told.join()).toContain('copies from before an update')
    await hours(1)
    expect(left()).toEqual([])
    expect(holding(secret)).toEqual([])
    await end()
    await folder.remove()
  })

  it('makes purging fail, though it does all the rest', async () => {
    const secret = word('SECRET')
    const conversationId = await about(secret)
    await harness.ask('conversation.delete', { conversationId })
    const folder = await makeTempDir()
    harness.latchkey.close()
    harness = await startLatchkey({ profile: harness.profile, clock: harness.clock, cipher: harness.cipher })
    copyBeforeUpdate(3)
    symlinkSync(folder.path, harness.profile.file('latchkey.db.before-v2'))
    expect(await harness.request('data.purge', {})).toMatchObject({ ok: false })
    expect(readdirSync(harness.profile.path).filter((name) => name.includes('before'))).toEqual([])
    expect(await harness.request('data.purge', {})).toMatchObject({ ok: true })
    await folder.remove()
  })

  it('goes from the log of the file once nobody reads it, though nothing else is to be deleted by then', async () => {
    const secret = word('SECRET')
    const deleted = await about(secret)
    const { storage, service, left, hours, end } = serviceAlone()
    service.start()
    // Into the log, where nothing that is deleted from the file is overwritten.
    storage.conversations.rename(deleted, secret)
    const reader = new Sqlite(harness.profile.file('latchkey.db'), { readonly: true })
    reader.exec('BEGIN')
    reader.prepare('SELECT COUNT(*) FROM message').get()
    storage.conversations.setKeep(deleted, { days: 1 })
    await hours(48)
    expect(left()).toEqual([])
    expect(holding(secret)).not.toEqual([])
    reader.close()
    await hours(1)
    expect(holding(secret)).toEqual([])
    await end()
  })
})

describe('purging', () => {
  it('says what it takes away, and takes it out of every byte: deleted ones, copies, the log of the file', async () => {
    const [secret, held, control] = [word('SECRET'), word('HELD'), word('CONTROL')]
    const secretId = await about(secret)
    await about(`${held} `.repeat(2000))
    await about(control)
    const name = copyBeforeUpdate(3)
    writeFileSync(harness.profile.file('latchkey.db.before-v4.new'), `cut short: ${secret}`)
    await harness.ask('conversation.rename', { conversationId: secretId, title: `Named ${secret}` })
    await harness.ask('conversation.delete', { conversationId: secretId })
    const calls = 3
    const look = await harness.ask('data.look', {})
    expect(look).toMatchObject({ conversations: 2, privateConversations: 0, deleted: 1, held: 0, copies: 1, calls })
    expect(look).toMatchObject({ connections: 1, keys: 1 })
    expect(holding(secret).length).toBeGreaterThan(2)
    const before = await spent()
    const purged = await harness.ask('data.purge', {})
    expect(purged).toMatchObject({ conversations: 1, copies: 1, held: 0, bytesBefore: look.bytes })
    expect(purged.bytesAfter).toBeLessThan(purged.bytesBefore)
    expect(holding(secret)).toEqual([])
    expect(readdirSync(harness.profile.path)).not.toContain(name)
    expect(holding(control)).toEqual(['latchkey.db'])
    expect(await spent()).toEqual(before)
    await proven()
    await about('It goes on')
    expect(await harness.ask('data.look', {})).toMatchObject({ conversations: 3, deleted: 0, copies: 0 })
    expect(harness.logged).toEqual([])
  })

  it('of one that is past its time takes the copies that hold it, and leaves the others', async () => {
    const before = copyBeforeUpdate(3)
    const secret = word('SECRET')
    const conversationId = await about(secret)
    const after = copyBeforeUpdate(4)
    await harness.ask('conversation.setRetention', { conversationId, retention: { days: 1 } })
    await daysGoBy(2)
    const files = readdirSync(harness.profile.path)
    expect(files).toContain(before)
    expect(files).not.toContain(after)
    expect(holding(secret)).toEqual([])
  })

  it('fails rather than says what is not so while somebody else reads, and can be done again', async () => {
    const secret = word('SECRET')
    const conversationId = await about(secret)
    await harness.ask('conversation.delete', { conversationId })
    const reader = new Sqlite(harness.profile.file('latchkey.db'), { readonly: true })
    reader.exec('BEGIN')
    reader.prepare('SELECT COUNT(*) FROM message').get()
    expect(await harness.request('data.purge', {})).toMatchObject({ ok: false })
    reader.close()
    await harness.ask('data.purge', {})
    expect(holding(secret)).toEqual([])
  })
})

it('the words of providers are off the rows of calls of older versions', async () => {
  // As a row of a call was written before: with the words in it.
  const secret = word('SECRET')
  server.enqueue(httpError(400, { type: 'error', error: { type: 'x', message: secret } }), 'POST /v1/messages')
  const conversationId = await about('Hi')
  harness.latchkey.close()
  const database = new Sqlite(harness.profile.file('latchkey.db'))
  database.exec(`DROP TRIGGER call_settles_once;
    UPDATE call SET failure = json_set(failure, '$.detail', '${secret}');`)
  database.close()
  const cleaning = forgetting.slice(forgetting.indexOf('UPDATE call SET failure'))
  const again = new Sqlite(harness.profile.file('latchkey.db'))
  again.exec(cleaning)
  again.close()
  harness = await startLatchkey({ profile: harness.profile, clock: harness.clock, cipher: harness.cipher })
  await harness.ask('conversation.delete', { conversationId })
  await harness.ask('data.purge', {})
  expect(holding(secret)).toEqual([])
})
