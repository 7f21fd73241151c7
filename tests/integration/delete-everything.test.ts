import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeId } from '../../src/core/ids'
import { DELETE_EVERYTHING } from '../../src/core/retention'
import { createRedactor } from '../../src/main/log'
import { eraseRest, finishErasing, markForErasing } from '../../src/main/storage/erase'
import { openVault } from '../../src/main/vault/vault'
import { filesBelow, makeCanary } from '../support/canary'
import { filesHolding, word } from '../support/forgetting/files-holding'
import { connect, settled, startLatchkey, testCipher, TEST_MODEL, type Harness } from '../support/latchkey'
import { fixture, gateAfter, startProviderServer, type Gate, type ProviderServer } from '../support/provider-server'
import { makeTempDir, type TempDir } from '../support/temp-dir'

// Bug: something outlives deleting everything: a key, a line of the ledger, a file that is written a moment later, or all
// of it because the process was killed half way. Or it is deleted by a slip of the hand.

let server: ProviderServer
let profile: TempDir
let harness: Harness
let gate: Gate
const secret = word('SECRET')
const canary = makeCanary()
const confirmed = { confirm: DELETE_EVERYTHING } as const

beforeEach(async () => {
  server = await startProviderServer()
  profile = await makeTempDir()
  harness = await startLatchkey({ profile })
  const connectionId = await connect(harness, server.origin, canary)
  await harness.ask('connection.add', { provider: 'mistral', label: 'No key', baseUrl: null })
  await harness.ask('settings.setTheme', { theme: 'dark' })
  await harness.ask('settings.setRetention', { retention: { days: 30 } })
  server.enqueue(fixture('anthropic/text'))
  const asked = { conversationId: null, connectionId, model: TEST_MODEL, text: `${secret} in a question` }
  const { turnId } = await harness.ask('turn.start', asked)
  await settled(harness, turnId)
  writeFileSync(profile.file('latchkey.db.before-v3'), secret)
  // An answer runs on while everything goes.
  gate = gateAfter(4)
  server.enqueue(fixture('anthropic/text', { gates: [gate] }))
  await harness.ask('turn.start', { ...asked, private: true })
  await gate.reached
})
afterEach(async () => {
  harness.latchkey.close()
  await server.close()
  await profile.remove()
})

const start = async () => void (harness = await startLatchkey({ profile }))

async function expectFirstStart(): Promise<void> {
  const view = await harness.ask('app.open', {})
  expect(view).toMatchObject({
    connections: [],
    conversations: [],
    budgets: [],
    settings: { theme: 'system', retention: 'forever', retentionAnswered: false, recentModels: [] },
    month: { callCount: 0 },
    vault: { protection: 'keychain', passphrase: 'none', cause: null },
  })
  expect((await harness.ask('network.list', { before: null, host: null, purpose: null })).total).toBe(0)
  expect(await harness.ask('ledger.verify', {})).toMatchObject({ ok: true, entries: 0 })
  expect(existsSync(profile.file('latchkey.deleting'))).toBe(false)
  for (const text of [secret, canary]) expect(filesHolding(profile.path, text)).toEqual([])
}

describe('deleting everything', () => {
  it('leaves nothing, says what went and what is beyond it, and refuses everything else from then on', async () => {
    const sealed = harness.profile.file('vault.json')
    expect(existsSync(sealed)).toBe(true)
    expect(filesHolding(profile.path, secret)).toContain('latchkey.db.before-v3')
    const told = await harness.ask('data.deleteEverything', confirmed)
    expect(told).toMatchObject({
      removed: { conversations: 1, privateConversations: 1, calls: 2, connections: 2, keys: 1 },
      filesLeft: [],
      keysAt: [{ provider: 'anthropic', keyPage: 'https://platform.claude.com/settings/keys' }],
      sentTo: ['anthropic'],
      keychainEntry: 'Test Keychain',
    })
    expect(told.removed.bytes).toBeGreaterThan(10_000)
    // A mark alone, until the next start has cleared what Chromium keeps.
    expect(filesBelow(profile.path)).toEqual(['latchkey.deleted'])
    for (const name of ['app.open', 'data.look', 'vault.retry'] as const) {
      expect(await harness.request(name, {})).toEqual({ ok: false, error: { code: 'shutting_down' } })
    }
    expect(await harness.request('app.restart', {})).toEqual({ ok: true, value: null })
    expect(harness.latchkey.isErased()).toBe(true)
    // The rest of the answer arrives, and the app is closed: neither brings a file back.
    gate.release()
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    harness.latchkey.close()
    expect(filesBelow(profile.path)).toEqual(['latchkey.deleted'])
    await start()
    await expectFirstStart()
  })

  it.each([{ confirm: 'delete' }, { confirm: 'Delete everything' }, { confirm: true }, {}])(
    'is done only when it was typed: %j',
    async (input) => {
      const answer = await harness.latchkey.router.dispatch('data.deleteEverything', input)
      expect(answer).toMatchObject({ ok: false, error: { code: 'bad_request' } })
      expect((await harness.ask('app.open', {})).conversations).toHaveLength(2)
    },
  )

  it('that was killed half way is finished by the next start, wherever it was', async () => {
    harness.latchkey.close()
    const whole = await makeTempDir()
    cpSync(profile.path, whole.path, { recursive: true })
    const files = readdirSync(whole.path)
    expect(files.length).toBeGreaterThan(3)
    for (const removed of [[], ...files.map((file) => [file]), files]) {
      await profile.remove()
      mkdirSync(profile.path)
      cpSync(whole.path, profile.path, { recursive: true })
      markForErasing({ profile: profile.path })
      for (const file of removed) rmSync(profile.file(file), { recursive: true, force: true })
      await start()
      await expectFirstStart()
      harness.latchkey.close()
    }
    await whole.remove()
  })

  it('is not begun by a start without the mark', async () => {
    harness.latchkey.close()
    expect(finishErasing({ profile: profile.path })).toBe(true)
    await start()
    expect((await harness.ask('app.open', {})).conversations).toHaveLength(1)
  })
})

describe('what is not deleted', () => {
  it('is what was put back from a backup once everything was gone', async () => {
    const backup = await makeTempDir()
    cpSync(profile.path, backup.path, { recursive: true })
    expect((await harness.ask('data.deleteEverything', confirmed)).filesLeft).toEqual([])
    harness.latchkey.close()
    cpSync(backup.path, profile.path, { recursive: true })
    eraseRest({ profile: profile.path })
    await start()
    expect((await harness.ask('app.open', {})).conversations).toHaveLength(1)
    expect(filesBelow(profile.path).filter((name) => name.startsWith('latchkey.delet'))).toEqual([])
    await backup.remove()
  })

  it('is what only has a name like ours, or is no file', async () => {
    const notOurs = ['vault.json.bak', 'latchkey.db.before-v3.zip', 'latchkey.dbx', 'lock.db2', 'deleting']
    for (const name of notOurs) writeFileSync(profile.file(name), 'mine')
    mkdirSync(profile.file('latchkey.db backups'))
    mkdirSync(profile.file('latchkey.db.before-v2'))
    writeFileSync(profile.file('latchkey.db backups', 'one'), 'mine')
    writeFileSync(profile.file('latchkey.db.before-v2', 'one'), 'mine')
    await harness.ask('data.purge', {})
    expect((await harness.ask('data.deleteEverything', confirmed)).filesLeft).toEqual([])
    const kept = [...notOurs, 'latchkey.db backups/one', 'latchkey.db.before-v2/one']
    expect([...filesBelow(profile.path)].toSorted()).toEqual([...kept, 'latchkey.deleted'].toSorted())
  })

  it.each(['latchkey.deleting', 'latchkey.deleted'])('is anything because of a %s that is not ours', async (name) => {
    harness.latchkey.close()
    mkdirSync(profile.file(name))
    await start()
    expect((await harness.ask('app.open', {})).conversations).toHaveLength(1)
    harness.latchkey.close()
    rmSync(profile.file(name), { recursive: true })
    writeFileSync(profile.file(name), 'notes of my own')
    writeFileSync(profile.file('Local State'), '{}')
    eraseRest({ profile: profile.path })
    await start()
    expect((await harness.ask('app.open', {})).conversations).toHaveLength(1)
    expect(filesBelow(profile.path)).toEqual(expect.arrayContaining([name, 'Local State']))
  })
})

describe('a file that lies elsewhere', () => {
  it('is deleted where it lies, with what SQLite keeps beside it', async () => {
    const elsewhere = await makeTempDir()
    harness.latchkey.close()
    for (const name of ['latchkey.db', 'vault.json', 'latchkey.db.before-v3']) {
      renameSync(profile.file(name), elsewhere.file(`my ${name}`))
      symlinkSync(elsewhere.file(`my ${name}`), profile.file(name))
    }
    symlinkSync(elsewhere.file('nothing'), profile.file('latchkey.db.before-v2'))
    await start()
    await harness.ask('settings.setTheme', { theme: 'light' })
    expect(filesBelow(elsewhere.path)).toContain('my latchkey.db-wal')
    expect((await harness.ask('data.deleteEverything', confirmed)).filesLeft).toEqual([])
    expect(filesBelow(profile.path)).toEqual(['latchkey.deleted'])
    expect(filesBelow(elsewhere.path)).toEqual([])
    await elsewhere.remove()
  })

  it('that cannot be deleted is named, and keeps nobody from starting', async () => {
    const folder = await makeTempDir()
    symlinkSync(folder.path, profile.file('latchkey.db.before-v2'))
    const { filesLeft } = await harness.ask('data.deleteEverything', confirmed)
    expect(filesLeft).toEqual([realpathSync(folder.path)])
    harness.latchkey.close()
    // Nor does it at the start after a kill, which is the first to find it.
    symlinkSync(folder.path, profile.file('latchkey.db.before-v2'))
    await start()
    await expectFirstStart()
    await folder.remove()
  })
})

describe('what Chromium keeps', () => {
  it('stays where Chromium has never been', () => {
    mkdirSync(profile.file('Cache'))
    writeFileSync(profile.file('Cookies'), 'a recipe')
    markForErasing({ profile: profile.path })
    eraseRest({ profile: profile.path })
    expect(readdirSync(profile.path)).toEqual(expect.arrayContaining(['Cache', 'Cookies']))
  })

  it('goes before the next start holds it, and only then; everything else stays', () => {
    const other = profile.path
    // Whoever starts it with a folder of their own as profile keeps what else is in it.
    for (const name of ['Cookies', 'Local State', 'SingletonLock', 'lockfile', 'taxes.ods']) {
      writeFileSync(profile.file(name), name)
    }
    mkdirSync(profile.file('Pictures'))
    mkdirSync(profile.file('Local Storage'))
    writeFileSync(profile.file('Local Storage', 'log'), 'x')
    const before = readdirSync(other)
    eraseRest({ profile: other })
    expect(readdirSync(other)).toEqual(before)
    markForErasing({ profile: other })
    eraseRest({ profile: other })
    const gone = ['Cookies', 'Local State', 'Local Storage']
    expect(readdirSync(other)).toEqual(
      [...before, 'latchkey.deleting'].filter((name) => !gone.includes(name)).toSorted(),
    )
  })
})

it('a vault that was destroyed lends nothing and writes nothing', async () => {
  const folder = await makeTempDir()
  const cipher = testCipher()
  const vault = await openVault({
    cipher,
    clock: harness.clock,
    paths: { profile: folder.path },
    redactor: createRedactor(),
  })
  const binding = { provider: 'anthropic', origin: server.origin, keyId: makeId('key', '0'.repeat(32)) } as const
  const storing = vault.store(binding, canary)
  vault.destroy()
  await storing.catch(() => undefined)
  await vault.store(binding, canary).catch(() => undefined)
  expect(await vault.lend(binding)).toMatchObject({ ok: false })
  expect(filesBelow(folder.path)).toEqual([])
  await folder.remove()
})
