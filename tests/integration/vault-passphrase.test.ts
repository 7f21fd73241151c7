import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRedactor } from '../../src/main/log'
import { createDataKeys } from '../../src/main/vault/data-keys'
import { newDataKey } from '../../src/main/vault/envelope'
import { openVault } from '../../src/main/vault/vault'
import { EMPTY, type VaultFile } from '../../src/main/vault/vault-file'
import { testCipher, testClock, type TestCipher } from '../support/latchkey'
import { makeTempDir, type TempDir } from '../support/temp-dir'

const KEY = 'sk-ant-api03-passphrase-test-key-0123456789'
const PASSPHRASE = 'correct horse battery staple'
const binding = { provider: 'anthropic', origin: 'https://api.anthropic.com', keyId: 'key_1' }
const other = { ...binding, keyId: 'key_2' }
const LOCKED = { ok: false, code: 'key_locked' }
const LENT = { ok: true, key: KEY }

let profile: TempDir
let cipher: TestCipher

beforeEach(async () => {
  profile = await makeTempDir()
  cipher = testCipher()
})
afterEach(() => profile.remove())

const vault = () =>
  openVault({ cipher, clock: testClock(), paths: { profile: profile.path }, redactor: createRedactor() })

const text = () => readFileSync(profile.file('vault.json'), 'utf8')
const content = () => JSON.parse(text()) as VaultFile
interface Loose {
  dataKeys: readonly { readonly id: string; readonly passphrase: object }[]
}
const change = (edit: (file: Loose) => void) => {
  const file = JSON.parse(text()) as Loose
  edit(file)
  writeFileSync(profile.file('vault.json'), JSON.stringify(file))
}

describe('a passphrase', () => {
  it('is asked for after a restart, opens what was sealed before it, and lies in no byte of any file', async () => {
    const first = await vault()
    await first.store(binding, KEY)
    expect(first.passphrase()).toBe('none')
    expect(await first.setPassphrase(PASSPHRASE)).toBeNull()
    expect(first.protection()).toBe('passphrase')
    expect(await first.lend(binding)).toEqual(LENT)

    const second = await vault()
    expect(second.passphrase()).toBe('locked')
    expect(second.status('key_1')?.state).toBe('locked')
    expect(await second.lend(binding)).toEqual(LOCKED)
    expect(await second.unlock('wrong horse battery staple')).toBe('passphrase_wrong')
    expect(await second.lend(binding)).toEqual(LOCKED)
    expect(await second.unlock(PASSPHRASE)).toBeNull()
    expect(second.status('key_1')?.state).toBe('sealed')
    expect(await second.lend(binding)).toEqual(LENT)
    expect(await second.store(other, KEY)).toBe(true)
    const everything = readdirSync(profile.path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
      .join('\n')
    for (const secret of [PASSPHRASE, KEY]) {
      expect(everything).not.toContain(secret)
      expect(everything).not.toContain(Buffer.from(secret).toString('base64').slice(0, 20))
    }
  })

  it('leaves no way in by the keychain: the data key is a new one, and only the passphrase wraps it', async () => {
    const opened = await vault()
    await opened.store(binding, KEY)
    const [before] = content().dataKeys
    await opened.setPassphrase(PASSPHRASE)
    const { dataKeys, keys } = content()
    expect(dataKeys).toHaveLength(1)
    expect(dataKeys[0]).toMatchObject({ keychain: null, passphrase: { kdf: 'scrypt', n: 131_072, r: 8, p: 1 } })
    expect(dataKeys[0]?.id).not.toBe(before?.id)
    expect(keys[0]?.dataKeyId).toBe(dataKeys[0]?.id)
    expect(text()).not.toContain(before?.keychain?.wrapped)
  })

  it('opens on another machine, where the keychain is another', async () => {
    const first = await vault()
    await first.store(binding, KEY)
    await first.setPassphrase(PASSPHRASE)
    cipher = testCipher()
    const elsewhere = await vault()
    expect(await elsewhere.unlock(PASSPHRASE)).toBeNull()
    expect(await elsewhere.lend(binding)).toEqual(LENT)
    expect(elsewhere.trouble()).toBeNull()
  })

  it('is the same passphrase however its accents are typed', async () => {
    const opened = await vault()
    await opened.setPassphrase('cl\u00e9 secr\u00e8te')
    opened.lock()
    expect(await opened.unlock('cle\u0301 secre\u0300te')).toBeNull()
  })

  it('is changed only by who knows it, and the old one opens nothing afterwards', async () => {
    const opened = await vault()
    await opened.store(binding, KEY)
    await opened.setPassphrase(PASSPHRASE)
    const before = text()
    expect(await opened.setPassphrase('another passphrase')).toBe('passphrase_wrong')
    expect(await opened.setPassphrase('another passphrase', 'not the old one')).toBe('passphrase_wrong')
    expect(text()).toBe(before)
    expect(await opened.setPassphrase('another passphrase', PASSPHRASE)).toBeNull()
    const again = await vault()
    expect(await again.setPassphrase('a third one', 'another passphrase')).toBe('vault_locked')
    expect(await again.unlock(PASSPHRASE)).toBe('passphrase_wrong')
    expect(await again.unlock('another passphrase')).toBeNull()
    expect(await again.lend(binding)).toEqual(LENT)
  })

  it('gives way to the keychain again', async () => {
    const opened = await vault()
    await opened.store(binding, KEY)
    await opened.setPassphrase(PASSPHRASE)
    opened.lock()
    expect(await opened.removePassphrase('wrong')).toBe('passphrase_wrong')
    expect(opened.passphrase()).toBe('locked')
    expect(await opened.removePassphrase(PASSPHRASE)).toBeNull()
    const after = await vault()
    expect(after.protection()).toBe('keychain')
    expect(await after.lend(binding)).toEqual(LENT)
    expect(await after.removePassphrase(PASSPHRASE)).toBe('not_found')
  })

  it.each(['public', 'locked', 'absent'] as const)('stays where no keychain can take its place (%s)', async (state) => {
    const opened = await vault()
    await opened.store(binding, KEY)
    await opened.setPassphrase(PASSPHRASE)
    cipher.state = state
    const before = text()
    expect(await opened.removePassphrase(PASSPHRASE)).toBe('passphrase_needed')
    expect(text()).toBe(before)
  })

  it('keeps keys on disk where there is no keyring, with those that were in memory for want of one', async () => {
    cipher.state = 'public'
    const opened = await vault()
    await opened.store(binding, KEY)
    await opened.store(other, KEY, 'session')
    expect(opened.protection()).toBe('session')
    expect(await opened.setPassphrase(PASSPHRASE)).toBeNull()
    expect(opened.protection()).toBe('passphrase')
    expect(opened.status('key_1')?.state).toBe('sealed')
    expect(opened.status('key_2')?.state).toBe('session')
    expect(await opened.lend(other)).toEqual(LENT)
    const after = await vault()
    expect(await after.unlock(PASSPHRASE)).toBeNull()
    expect(await after.lend(binding)).toEqual(LENT)
    // It was to be kept until quit, and no longer.
    expect(await after.lend(other)).toEqual({ ok: false, code: 'key_missing' })
  })

  it('is not set while keys wait for a keychain that is locked: they would open without it later', async () => {
    await (await vault()).store(binding, KEY)
    cipher.state = 'locked'
    const opened = await vault()
    const before = text()
    expect(await opened.setPassphrase(PASSPHRASE)).toBe('vault_unavailable')
    expect(text()).toBe(before)
  })

  it('leaves alone what it cannot open, and lends that only while unlocked when it comes back', async () => {
    await (await vault()).store(binding, KEY)
    cipher.state = 'lost'
    const opened = await vault()
    expect(await opened.setPassphrase(PASSPHRASE)).toBeNull()
    expect(content().keys).toHaveLength(1)
    cipher.state = 'open'
    opened.lock()
    expect(await opened.lend(binding)).toEqual(LOCKED)
    await opened.retry()
    expect(await opened.lend(binding)).toEqual(LOCKED)
    await opened.unlock(PASSPHRASE)
    expect(await opened.lend(binding)).toEqual(LENT)
  })

  it('opens nothing when its parameters, its salt or the id beside it were changed', async () => {
    const first = await vault()
    await first.store(binding, KEY)
    await first.setPassphrase(PASSPHRASE)
    const before = text()
    const wrapped = (over: object) => (file: Loose) =>
      void (file.dataKeys = file.dataKeys.map((each) => ({ ...each, passphrase: { ...each.passphrase, ...over } })))
    const edits = [
      wrapped({ n: 2 ** 16 }),
      wrapped({ p: 2 }),
      wrapped({ salt: Buffer.alloc(16).toString('base64') }),
      (file: Loose) => void (file.dataKeys = file.dataKeys.map((each) => ({ ...each, id: 'another' }))),
    ]
    for (const edit of edits) {
      writeFileSync(profile.file('vault.json'), before)
      change(edit)
      expect(await (await vault()).unlock(PASSPHRASE)).toBe('passphrase_wrong')
    }
    // Past all bounds: it would ask for more memory than there is.
    writeFileSync(profile.file('vault.json'), before.replace('131072', '1073741824'))
    expect((await vault()).protection()).toBe('damaged')
  })

  it('takes its keys along when it is forgotten, and nothing else', async () => {
    await (await vault()).store(binding, KEY)
    cipher.state = 'lost'
    const opened = await vault()
    await opened.store(other, KEY)
    await opened.setPassphrase(PASSPHRASE)
    opened.lock()
    cipher.state = 'open'
    expect(await opened.forgetPassphrase()).toBeNull()
    expect(opened.passphrase()).toBe('none')
    expect(await opened.lend(other)).toEqual({ ok: false, code: 'key_missing' })
    expect(await opened.lend(binding)).toEqual(LENT)
    expect(await opened.store(other, KEY)).toBe(true)
  })
})

describe('a lock', () => {
  it('leaves nothing of a data key in its buffer', () => {
    const dataKeys = createDataKeys(cipher, { current: () => EMPTY, write: () => undefined })
    const [wiped, kept] = [newDataKey(), newDataKey()]
    dataKeys.put('wiped', wiped)
    dataKeys.put('kept', kept)
    dataKeys.keepOnly(new Set(['kept']))
    expect(wiped.equals(Buffer.alloc(32))).toBe(true)
    expect(kept.equals(Buffer.alloc(32))).toBe(false)
    expect(dataKeys.get('wiped')).toBeUndefined()
  })

  it('is not offered without a passphrase: keys in memory would be gone', async () => {
    const opened = await vault()
    await opened.store(binding, KEY)
    expect(opened.lock()).toBe('not_found')
    expect(await opened.lend(binding)).toEqual(LENT)
  })

  it('holds for keys in memory too, and gives them back', async () => {
    const opened = await vault()
    await opened.setPassphrase(PASSPHRASE)
    await opened.store(binding, KEY, 'session')
    expect(opened.status('key_1')?.state).toBe('session')
    opened.lock()
    expect(opened.status('key_1')?.state).toBe('locked')
    expect(await opened.lend(binding)).toEqual(LOCKED)
    await opened.unlock(PASSPHRASE)
    expect(await opened.lend(binding)).toEqual(LENT)
    expect(text()).not.toContain('"keyId"')
  })

  it('takes no new key, on disk or in memory', async () => {
    const opened = await vault()
    await opened.setPassphrase(PASSPHRASE)
    opened.lock()
    expect(await opened.store(binding, KEY)).toBe(false)
    expect(await opened.store(binding, KEY, 'session')).toBe(false)
  })

  it('wins over what began before it: nothing is sealed with a wiped data key', async () => {
    const opened = await vault()
    await opened.store(binding, KEY)
    await opened.setPassphrase(PASSPHRASE)
    const storing = opened.store(other, KEY)
    const changing = opened.setPassphrase('another passphrase', PASSPHRASE)
    opened.lock()
    expect(await storing).toBe(false)
    expect(await changing).toBe('vault_locked')
    expect(await opened.unlock(PASSPHRASE)).toBeNull()
    expect(await opened.lend(binding)).toEqual(LENT)
  })

  it('that comes while a passphrase is being changed keeps the old one', async () => {
    const opened = await vault()
    await opened.store(binding, KEY)
    await opened.setPassphrase(PASSPHRASE)
    const { encrypt } = cipher
    cipher.encrypt = (plain) => {
      // While the keychain is asked for a wrap of the new data key.
      if (plain !== 'probe') opened.lock()
      return encrypt.call(cipher, plain)
    }
    const before = text()
    expect(await opened.removePassphrase(PASSPHRASE)).toBe('vault_locked')
    expect(text()).toBe(before)
    expect(await opened.unlock(PASSPHRASE)).toBeNull()
    expect(await opened.lend(binding)).toEqual(LENT)
  })
})
