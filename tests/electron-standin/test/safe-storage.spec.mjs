import { expect, it } from 'vitest'
import { describeStandin, DrivenProbe, temporaryFolder } from './support/launch.mjs'

const start = (env) => new DrivenProbe({ userData: temporaryFolder(), env })
const withKeyring = (keyring, more = {}) => start({ ELECTRON_STANDIN_KEYRING: keyring, ...more })

const seal = async ({ safeStorage, app }, text) => {
  await app.whenReady()
  return (await safeStorage.encryptStringAsync(text)).toString('base64')
}
const open = async ({ safeStorage, app }, sealed) => {
  await app.whenReady()
  return safeStorage.decryptStringAsync(Buffer.from(sealed, 'base64')).catch((error) => error.message)
}
const prefixOf = (sealed) => Buffer.from(sealed, 'base64').toString('latin1', 0, 3)

describeStandin('safeStorage', () => {
  it('seals with the keyring: v11, the same ciphertext for the same text, and opens again', async () => {
    const probe = withKeyring('gnome_libsecret')
    const sealed = await probe.evaluate(seal, 'a key ✓')
    expect(prefixOf(sealed)).toBe('v11')
    expect(await probe.evaluate(seal, 'a key ✓')).toBe(sealed)
    expect(await probe.evaluate(seal, 'another')).not.toBe(sealed)
    expect(await probe.evaluate(open, sealed)).toEqual({ result: 'a key ✓', shouldReEncrypt: false })
    expect(await probe.evaluate(({ safeStorage }) => safeStorage.getSelectedStorageBackend())).toBe('gnome_libsecret')
    expect(await probe.evaluate(({ safeStorage }) => safeStorage.isEncryptionAvailable())).toBe(true)
  })

  it('seals with the constant key when there is no keyring, silently only in the asynchronous methods', async () => {
    const probe = withKeyring('basic_text')
    expect(prefixOf(await probe.evaluate(seal, 'a key'))).toBe('v10')
    const answers = await probe.evaluate(async ({ safeStorage }) => {
      const available = [await safeStorage.isAsyncEncryptionAvailable(), safeStorage.isEncryptionAvailable()]
      let refused
      try {
        safeStorage.encryptString('a key')
      } catch (error) {
        refused = error.message
      }
      safeStorage.setUsePlainTextEncryption(true)
      const sealed = safeStorage.encryptString('a key')
      const backend = safeStorage.getSelectedStorageBackend()
      return {
        available,
        refused,
        prefix: sealed.toString('latin1', 0, 3),
        opened: safeStorage.decryptString(sealed),
        backend,
      }
    })
    expect(answers).toEqual({
      available: [true, false],
      refused: expect.stringMatching(/^Error while encrypting .*Encryption is not available\.$/),
      prefix: 'v10',
      opened: 'a key',
      backend: 'basic_text',
    })
  })

  it('opens what was sealed without a keyring and asks to seal it again', async () => {
    const sealed = await withKeyring('basic_text').evaluate(seal, 'a key')
    const answer = await withKeyring('kwallet6').evaluate(open, sealed)
    expect(answer).toEqual({ result: 'a key', shouldReEncrypt: true })
  })

  it('does not open what another keyring sealed, nor what is damaged, nor what was never sealed', async () => {
    const sealed = await withKeyring('gnome_libsecret').evaluate(seal, 'a key')
    const other = withKeyring('gnome_libsecret', { ELECTRON_STANDIN_KEYRING_SECRET: 'another machine' })
    const damaged = Buffer.from(sealed, 'base64')
    damaged[10] ^= 1
    for (const text of [sealed, damaged.toString('base64'), Buffer.from('plain').toString('base64'), '']) {
      expect(await other.evaluate(open, text)).toMatch(/^Error while decrypting /)
    }
    expect(await withKeyring('basic_text').evaluate(open, sealed)).toMatch(/^Error while decrypting /)
  })

  it('says that a locked keyring is temporarily unavailable', async () => {
    const probe = withKeyring('locked')
    const retry = /temporarily unavailable\. Please try again\.$/
    await expect(probe.evaluate(seal, 'a key')).rejects.toThrow(retry)
    expect(await probe.evaluate(open, 'djExMTIz')).toMatch(retry)
  })

  it('has nothing to offer where there is no encryption at all', async () => {
    const probe = withKeyring('none')
    await expect(probe.evaluate(seal, 'a key')).rejects.toThrow(/Encryption is not available/)
    expect(await probe.evaluate(({ safeStorage }) => safeStorage.isAsyncEncryptionAvailable())).toBe(false)
  })

  it('refuses to work before the app is ready', async () => {
    const early = await start({ PROBE_EARLY: '1' }).evaluate(() => globalThis.beforeReady)
    const notReady = 'safeStorage cannot be used before app is ready'
    expect(early).toEqual({
      available: false,
      backend: 'unknown',
      encrypt: notReady,
      decrypt: notReady,
      sync: notReady,
    })
  })
})
