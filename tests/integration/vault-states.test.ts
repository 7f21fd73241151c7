import { readFileSync, writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Schedule } from '../../src/main/services/late-settlement'
import { createVaultService } from '../../src/main/services/vault-service'
import { createRedactor } from '../../src/main/log'
import { openVault } from '../../src/main/vault/vault'
import type { VaultFile } from '../../src/main/vault/vault-file'
import {
  connect,
  settled,
  startLatchkey,
  testCipher,
  TEST_KEY,
  TEST_MODEL,
  testClock,
  type Harness,
} from '../support/latchkey'
import { fixture, gateAfter, startProviderServer, type ProviderServer } from '../support/provider-server'
import { makeTempDir, type TempDir } from '../support/temp-dir'

const PASSPHRASE = 'correct horse battery staple'

let server: ProviderServer
let harness: Harness
beforeEach(async () => void (server = await startProviderServer()))
afterEach(async () => {
  await harness.close()
  await server.close()
})

const status = async () => harness.ask('key.status', {})
const keyState = async () => (await status()).connections[0]?.key.state
const file = () => readFileSync(harness.profile.file('vault.json'), 'utf8')
const restart = async () => void (harness = await harness.restart())
const start = (connectionId: string, text = 'Hello') =>
  harness.request('turn.start', { conversationId: null, connectionId, model: TEST_MODEL, text })

describe('keys that do not open', () => {
  const before = async () => {
    harness = await startLatchkey()
    const connectionId = await connect(harness, server.origin)
    const turn = await harness.ask('turn.start', {
      conversationId: null,
      connectionId,
      model: TEST_MODEL,
      text: 'Hello',
    })
    await settled(harness, turn.turnId)
    return { connectionId, conversationId: turn.conversationId, sealed: file() }
  }

  it.each([
    ['before the system is ready', 'absent', 'not_ready'],
    ['while the keychain is locked', 'locked', 'unreachable'],
    ['when the keychain has lost its key, or this is another machine', 'lost', 'key_lost'],
    ['on a desktop without its keyring', 'public', 'keyring_gone'],
  ] as const)('%s', async (_, state, cause) => {
    const { connectionId, conversationId, sealed } = await before()
    harness.cipher.state = state
    await restart()
    const { vault } = await status()
    expect(vault).toMatchObject({ cause, sealedWith: 'Test Keychain' })
    expect(await keyState()).toBe('locked')
    // What was said is there to be read, and nothing sealed was touched.
    expect((await harness.ask('conversation.open', { conversationId })).messages).toHaveLength(2)
    expect(file()).toBe(sealed)
    // A key for now gets in whatever the keychain does.
    const kept = await harness.ask('key.replace', { connectionId, key: `${TEST_KEY}-2`, keep: 'session' })
    expect(kept.state).toBe('session')
  })

  it('under another keychain are told by the one that sealed them', async () => {
    await before()
    harness.cipher.state = 'lost'
    harness.cipher.keychain = 'KWallet'
    await restart()
    expect((await status()).vault).toMatchObject({
      cause: 'keychain_changed',
      keychain: 'KWallet',
      sealedWith: 'Test Keychain',
    })
  })

  it('open again without a restart once the keychain answers', async () => {
    const { connectionId } = await before()
    harness.cipher.state = 'locked'
    await restart()
    expect(await keyState()).toBe('locked')
    harness.cipher.state = 'open'
    expect((await harness.ask('vault.retry', {})).cause).toBeNull()
    expect(await keyState()).toBe('sealed')
    expect((await start(connectionId)).ok).toBe(true)
  })

  it('are entered again, and the sentence goes', async () => {
    const { connectionId } = await before()
    harness.cipher.state = 'lost'
    await restart()
    await harness.ask('key.replace', { connectionId, key: TEST_KEY })
    expect((await status()).vault.cause).toBeNull()
    expect(await keyState()).toBe('sealed')
  })

  it('in a damaged file come back when it was put right', async () => {
    const { conversationId, sealed } = await before()
    writeFileSync(harness.profile.file('vault.json'), sealed.slice(0, 200))
    await restart()
    expect((await status()).vault).toMatchObject({ protection: 'damaged', cause: 'damaged' })
    expect((await harness.ask('conversation.open', { conversationId })).messages).toHaveLength(2)
    writeFileSync(harness.profile.file('vault.json'), sealed)
    expect(await harness.ask('vault.retry', {})).toMatchObject({ protection: 'keychain', cause: null })
    expect(await keyState()).toBe('sealed')
  })

  it('of a vault from before passphrases still open, with the name of who sealed them', async () => {
    await before()
    const { dataKeys, keys } = JSON.parse(file()) as VaultFile
    const old = dataKeys.map(({ id, keychain }) => ({ id, wrapped: keychain?.wrapped }))
    writeFileSync(harness.profile.file('vault.json'), JSON.stringify({ version: 1, dataKeys: old, keys }))
    await restart()
    expect(await keyState()).toBe('sealed')
    expect((JSON.parse(file()) as VaultFile).dataKeys).toEqual(dataKeys)
  })
})

it('a key that is kept until quit is in no file, and gone after it', async () => {
  harness = await startLatchkey()
  const connectionId = await connect(harness, server.origin)
  expect((await harness.ask('key.replace', { connectionId, key: TEST_KEY, keep: 'session' })).state).toBe('session')
  expect((JSON.parse(file()) as VaultFile).keys).toEqual([])
  server.enqueue(fixture('anthropic/text'))
  const turn = await harness.ask('turn.start', { conversationId: null, connectionId, model: TEST_MODEL, text: 'Hello' })
  expect((await settled(harness, turn.turnId)).message.state).toBe('complete')
  await restart()
  expect(await keyState()).toBe('none')
})

describe('a locked vault', () => {
  it('lets no message out, and lets it out once the passphrase was given', async () => {
    harness = await startLatchkey()
    const connectionId = await connect(harness, server.origin)
    await harness.ask('vault.setPassphrase', { passphrase: PASSPHRASE })
    await harness.ask('vault.lock', {})
    expect(await start(connectionId)).toMatchObject({ ok: false, error: { code: 'key_locked' } })
    expect(server.requests).toHaveLength(0)
    expect(await harness.ask('conversation.list', {})).toEqual([])
    expect(await harness.request('key.replace', { connectionId, key: TEST_KEY })).toMatchObject({
      error: { code: 'vault_locked' },
    })
    expect(await harness.request('vault.unlock', { passphrase: 'wrong' })).toMatchObject({
      error: { code: 'passphrase_wrong', field: 'passphrase' },
    })
    expect(await harness.ask('vault.unlock', { passphrase: PASSPHRASE })).toMatchObject({ passphrase: 'open' })
    const sent = await start(connectionId)
    expect(sent.ok).toBe(true)
    const told = JSON.stringify(harness.events) + harness.logged.join('\n')
    for (const secret of [PASSPHRASE, TEST_KEY]) expect(told).not.toContain(secret)
  })

  it('does not cut off an answer that runs', async () => {
    harness = await startLatchkey()
    const connectionId = await connect(harness, server.origin)
    await harness.ask('vault.setPassphrase', { passphrase: PASSPHRASE })
    const gate = gateAfter(20)
    server.enqueue(fixture('anthropic/long-text', { gates: [gate] }))
    const turn = await harness.ask('turn.start', {
      conversationId: null,
      connectionId,
      model: TEST_MODEL,
      text: 'Hello',
    })
    await gate.reached
    await harness.ask('vault.lock', {})
    gate.release()
    expect((await settled(harness, turn.turnId)).message.state).toBe('complete')
  })

  it('was locked by the time the first request comes after a sleep, whatever timers did', async () => {
    harness = await startLatchkey()
    const connectionId = await connect(harness, server.origin)
    await harness.ask('vault.setPassphrase', { passphrase: PASSPHRASE })
    harness.clock.advance(24 * 3_600_000)
    expect((await status()).vault.passphrase).toBe('open')
    await harness.ask('settings.setLockAfter', { minutes: 5 })
    harness.clock.advance(5 * 60_000 - 1)
    expect((await status()).vault.passphrase).toBe('open')
    harness.clock.advance(5 * 60_000)
    expect(await start(connectionId)).toMatchObject({ error: { code: 'key_locked' } })
    await restart()
    expect((await harness.ask('app.open', {})).settings.lockAfterMinutes).toBe(5)
  })
})

describe('the idle lock', () => {
  let profile: TempDir
  beforeEach(async () => {
    profile = await makeTempDir()
    harness = await startLatchkey()
  })
  afterEach(() => profile.remove())

  // Bug: what costs money in the background makes the window ask, and keeps the vault open for ever.
  it.each([
    ['stays open while somebody looks', {}, 'open'],
    ['locks although the window goes on asking by itself', { unasked: true }, 'locked'],
  ] as const)('%s', async (_, input, expected) => {
    await harness.ask('vault.setPassphrase', { passphrase: PASSPHRASE })
    await harness.ask('settings.setLockAfter', { minutes: 5 })
    for (let minute = 0; minute < 5; minute += 1) {
      harness.clock.advance(60_000)
      await harness.ask('key.status', input)
      await harness.ask('spend.month', input)
    }
    expect((await harness.ask('key.status', {})).vault.passphrase).toBe(expected)
  })

  it('locks by itself when nobody asked for anything, once, and tells the window', async () => {
    const clock = testClock()
    const vault = await openVault({
      cipher: testCipher(),
      clock,
      paths: { profile: profile.path },
      redactor: createRedactor(),
    })
    await vault.setPassphrase(PASSPHRASE)
    let timer: { work: () => Promise<void> } | null = null
    const schedule: Schedule = (_, work) => {
      timer = { work }
      return () => void (timer = null)
    }
    const tick = async (ms: number) => {
      clock.advance(ms)
      await timer?.work()
    }
    let told = 0
    let minutes: 0 | 15 = 0
    const errors: unknown[] = []
    const log = { error: (_: string, error: unknown) => void errors.push(error) }
    const service = createVaultService({
      vault,
      clock,
      log,
      schedule,
      lockAfterMinutes: () => minutes,
      changed: () => void (told += 1),
      unlocked: () => undefined,
    })
    await tick(3_600_000)
    expect(vault.passphrase()).toBe('open')
    service.noteRequest()
    minutes = 15
    await tick(14 * 60_000)
    service.noteRequest()
    await tick(14 * 60_000)
    expect(vault.passphrase()).toBe('open')
    // Bug: what costs money in the background makes the window ask, and keeps the vault open for ever.
    service.noteRequest(true)
    await tick(60_000)
    expect(vault.passphrase()).toBe('locked')
    await tick(60_000)
    expect(told).toBe(1)
    expect(errors).toEqual([])
    service.close()
    expect(timer).toBeNull()
  })
})
