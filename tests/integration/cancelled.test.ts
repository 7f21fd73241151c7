import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionId } from '../../src/core/ids'
import type { VaultFile } from '../../src/main/vault/vault-file'
import { connect, startLatchkey, TEST_KEY, type Harness } from '../support/latchkey'

// Bug: Cancel closes a dialog, and what it was asked for is done all the same once a keychain or scrypt has come round.

const ORIGIN = 'http://127.0.0.1:9'
const ANOTHER = 'sk-ant-api03-another-key-that-is-long-enough-7bRt'
const PASSPHRASE = 'correct horse battery staple'
const CANCELLED = { ok: false, error: { code: 'cancelled' } }

let harness: Harness
let connectionId: ConnectionId
beforeEach(async () => {
  harness = await startLatchkey()
  connectionId = await connect(harness, ORIGIN)
})
afterEach(async () => harness.close())

const sealed = () => (JSON.parse(readFileSync(harness.profile.file('vault.json'), 'utf8')) as VaultFile).keys.length
const keyNow = async () => (await harness.ask('key.status', {})).connections[0]
const passphrase = async () => (await harness.ask('key.status', {})).vault.passphrase

/** A keychain that asks its user, and gets an answer once it is let go. */
function slowKeychain(): () => void {
  const { encrypt } = harness.cipher
  let answer = (): void => undefined
  const answered = new Promise<void>((resolve) => void (answer = resolve))
  harness.cipher.encrypt = async (text) => {
    await answered
    return encrypt.call(harness.cipher, text)
  }
  return () => {
    harness.cipher.encrypt = encrypt
    answer()
  }
}

describe('a key that is taken back while the keychain asks', () => {
  it.each(['key.set', 'key.replace', 'key.add'] as const)(
    'by %s is not kept, and the one before it stays',
    async (name) => {
      const letGo = slowKeychain()
      const entering = harness.request(name, { connectionId, key: ANOTHER })
      expect(await harness.ask('key.cancel', { connectionId })).toEqual({ cancelled: true })
      letGo()
      expect(await entering).toEqual(CANCELLED)
      expect(await keyNow()).toMatchObject({ key: { state: 'sealed', last4: '9aQe' }, spareKeys: [] })
      expect(sealed()).toBe(1)
      harness = await harness.restart()
      expect(await keyNow()).toMatchObject({ key: { state: 'sealed', last4: '9aQe' } })
    },
  )

  it('gives way to the one that is entered after it, which is not taken back', async () => {
    const letGo = slowKeychain()
    const first = harness.request('key.replace', { connectionId, key: TEST_KEY })
    await harness.ask('key.cancel', { connectionId })
    const second = harness.request('key.replace', { connectionId, key: ANOTHER })
    letGo()
    expect(await first).toEqual(CANCELLED)
    expect(await second).toMatchObject({ ok: true })
    expect(await keyNow()).toMatchObject({ key: { last4: '7bRt' } })
    expect(sealed()).toBe(1)
  })

  it('is not taken back once it is kept, nor is anything of another connection', async () => {
    await harness.ask('key.replace', { connectionId, key: ANOTHER })
    expect(await harness.ask('key.cancel', { connectionId })).toEqual({ cancelled: false })
    const other = await connect(harness, ORIGIN)
    const letGo = slowKeychain()
    const entering = harness.request('key.replace', { connectionId, key: TEST_KEY })
    expect(await harness.ask('key.cancel', { connectionId: other })).toEqual({ cancelled: false })
    letGo()
    expect(await entering).toMatchObject({ ok: true })
  })
})

describe('a passphrase that is taken back while it is made', () => {
  const cancel = () => harness.ask('vault.cancelPassphrase', {})

  it('is not set', async () => {
    const setting = harness.request('vault.setPassphrase', { passphrase: PASSPHRASE })
    expect(await cancel()).toEqual({ cancelled: true })
    expect(await setting).toEqual(CANCELLED)
    expect(await passphrase()).toBe('none')
    harness = await harness.restart()
    expect(await keyNow()).toMatchObject({ key: { state: 'sealed' } })
  })

  it('is not changed, and not removed; nor is anything unlocked by that', async () => {
    await harness.ask('vault.setPassphrase', { passphrase: PASSPHRASE })
    expect(await cancel()).toEqual({ cancelled: false })
    const changing = harness.request('vault.setPassphrase', { passphrase: 'another one', current: PASSPHRASE })
    await cancel()
    expect(await changing).toEqual(CANCELLED)
    const removing = harness.request('vault.removePassphrase', { passphrase: PASSPHRASE })
    await cancel()
    expect(await removing).toMatchObject(CANCELLED)
    expect(await passphrase()).toBe('open')
    await harness.ask('vault.lock', {})
    const again = harness.request('vault.removePassphrase', { passphrase: PASSPHRASE })
    await cancel()
    expect(await again).toMatchObject(CANCELLED)
    expect(await passphrase()).toBe('locked')
    await harness.ask('vault.unlock', { passphrase: PASSPHRASE })
  })
})
