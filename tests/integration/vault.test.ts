import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRedactor } from '../../src/main/log'
import { newDataKey, open, seal } from '../../src/main/vault/envelope'
import { openVault } from '../../src/main/vault/vault'
import { makeTempDir, type TempDir } from '../support/temp-dir'
import { testCipher, testClock, type TestCipher } from '../support/latchkey'

const KEY = 'sk-ant-api03-vault-test-key-0123456789'
const binding = { provider: 'anthropic', origin: 'https://api.anthropic.com', keyId: 'key_1' }

let profile: TempDir
let cipher: TestCipher

beforeEach(async () => {
  profile = await makeTempDir()
  cipher = testCipher()
})
afterEach(() => profile.remove())

const vault = () =>
  openVault({ cipher, clock: testClock(), paths: { profile: profile.path }, redactor: createRedactor() })

const file = () => readFileSync(profile.file('vault.json'), 'utf8')

describe('the envelope', () => {
  it('opens only what was sealed, for what it was sealed', () => {
    const dataKey = newDataKey()
    const sealed = seal(dataKey, binding, KEY)
    expect(open(dataKey, binding, sealed)).toBe(KEY)
    expect(open(newDataKey(), binding, sealed)).toBeNull()
    for (const changed of [
      { ...binding, provider: 'openai' },
      { ...binding, origin: 'https://evil.example' },
      { ...binding, keyId: 'key_2' },
    ]) {
      expect(open(dataKey, changed, sealed)).toBeNull()
    }
  })

  it('rejects every single flipped bit', () => {
    const dataKey = newDataKey()
    const sealed = seal(dataKey, binding, KEY)
    for (const field of ['nonce', 'tag', 'data'] as const) {
      const bytes = Buffer.from(sealed[field], 'base64')
      for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        const flipped = Buffer.from(bytes)
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(open(dataKey, binding, { ...sealed, [field]: flipped.toString('base64') })).toBeNull()
      }
    }
  })

  it('does not accept a shortened tag', () => {
    const dataKey = newDataKey()
    const sealed = seal(dataKey, binding, KEY)
    const tag = Buffer.from(sealed.tag, 'base64').subarray(0, 4).toString('base64')
    expect(open(dataKey, binding, { ...sealed, tag })).toBeNull()
  })

  it('never seals the same key to the same bytes', () => {
    const dataKey = newDataKey()
    expect(seal(dataKey, binding, KEY).data).not.toBe(seal(dataKey, binding, KEY).data)
  })
})

describe('the vault', () => {
  it('lends a key again after a restart, and holds it in no readable byte', async () => {
    await (await vault()).store(binding, KEY)
    expect(await (await vault()).lend(binding)).toEqual({ ok: true, key: KEY })
    expect(file()).not.toContain(KEY)
    expect(file()).not.toContain(Buffer.from(KEY).toString('base64').slice(0, 20))
    expect(statSync(profile.file('vault.json')).mode & 0o777).toBe(0o600)
  })

  it('lends a key to no other origin and no other provider', async () => {
    const opened = await vault()
    await opened.store(binding, KEY)
    expect((await opened.lend({ ...binding, origin: 'https://evil.example' })).ok).toBe(false)
    expect((await opened.lend({ ...binding, provider: 'openai' })).ok).toBe(false)
  })

  it('shows the last four characters of a long key and nothing of a short one', async () => {
    const opened = await vault()
    await opened.store(binding, KEY)
    await opened.store({ ...binding, keyId: 'key_2' }, 'short-key-15-ch')
    expect(opened.status('key_1')).toMatchObject({ state: 'sealed', last4: '6789' })
    expect(opened.status('key_2')).toMatchObject({ last4: null })
  })

  it('leaves no byte of a removed key, plain or sealed, in any file', async () => {
    const opened = await vault()
    await opened.store(binding, KEY)
    const [sealed] = (JSON.parse(file()) as { keys: { data: string; tag: string }[] }).keys
    opened.remove('key_1')
    const everything = readdirSync(profile.path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
      .join('\n')
    expect(sealed?.data.length).toBeGreaterThan(20)
    for (const trace of [KEY, sealed?.data ?? '', sealed?.tag ?? '']) expect(everything).not.toContain(trace)
    expect(await opened.lend(binding)).toEqual({ ok: false, code: 'key_missing' })
  })

  it('wraps its data key anew when the keychain asks for it, and still opens', async () => {
    await (await vault()).store(binding, KEY)
    const before = file()
    cipher.shouldReEncrypt = true
    expect((await (await vault()).lend(binding)).ok).toBe(true)
    expect(JSON.parse(file())).toMatchObject({ keys: (JSON.parse(before) as { keys: unknown }).keys })
  })
})

describe('a keychain that cannot help', () => {
  it('is no keychain when its ciphertext is made with a published key: keys stay in memory', async () => {
    cipher.state = 'public'
    const opened = await vault()
    expect(opened.protection()).toBe('session')
    expect(await opened.store(binding, KEY)).toBe(true)
    expect(await opened.lend(binding)).toEqual({ ok: true, key: KEY })
    expect(opened.status('key_1')?.state).toBe('session')
    expect(readdirSync(profile.path)).toEqual([])
    expect(await (await vault()).lend(binding)).toEqual({ ok: false, code: 'key_missing' })
  })

  it.each(['locked', 'lost'] as const)('keeps every sealed key while it is %s', async (state) => {
    await (await vault()).store(binding, KEY)
    const before = file()
    cipher.state = state
    const opened = await vault()
    expect(await opened.lend(binding)).toEqual({ ok: false, code: 'key_locked' })
    expect(opened.status('key_1')?.state).toBe('locked')
    expect(file()).toBe(before)
    cipher.state = 'open'
    expect(await opened.lend(binding)).toEqual({ ok: true, key: KEY })
  })

  it('takes a new key under a new data key after the old one is lost, without touching what is sealed', async () => {
    await (await vault()).store(binding, KEY)
    cipher.state = 'lost'
    const opened = await vault()
    const next = { ...binding, keyId: 'key_2' }
    expect(await opened.store(next, `${KEY}-new`)).toBe(true)
    expect(await opened.lend(next)).toEqual({ ok: true, key: `${KEY}-new` })
    cipher.state = 'open'
    expect(await (await vault()).lend(binding)).toEqual({ ok: true, key: KEY })
  })

  it('takes no new key while it is locked, rather than keeping one it could not protect', async () => {
    await (await vault()).store(binding, KEY)
    cipher.state = 'locked'
    const opened = await vault()
    const before = file()
    expect(await opened.store({ ...binding, keyId: 'key_2' }, KEY)).toBe(false)
    expect(file()).toBe(before)
  })
})

describe('a data key that is not what it should be', () => {
  const planted = (wrapped: string) => {
    const content = JSON.parse(file()) as { dataKeys: unknown[] }
    content.dataKeys.push({ id: 'planted', keychain: { name: null, wrapped }, passphrase: null })
    writeFileSync(profile.file('vault.json'), JSON.stringify(content))
  }

  it('is never used when it is wrapped with the published key, whoever put it there', async () => {
    await (await vault()).store(binding, KEY)
    cipher.state = 'public'
    planted(Buffer.from(await cipher.encrypt(newDataKey().toString('base64'))).toString('base64'))
    cipher.state = 'open'
    const opened = await vault()
    await opened.store({ ...binding, keyId: 'key_2' }, KEY)
    const { keys } = JSON.parse(file()) as { keys: { dataKeyId: string }[] }
    expect(keys.map(({ dataKeyId }) => dataKeyId)).not.toContain('planted')
  })

  it('is lost, and nothing is written over it, when a wrong keychain opens it to noise', async () => {
    await (await vault()).store(binding, KEY)
    const before = file()
    const { decrypt } = cipher
    for (const text of ['bm9pc2U=', Buffer.alloc(32, 7).toString('base64')]) {
      cipher.decrypt = () => Promise.resolve({ text, shouldReEncrypt: true })
      expect(await (await vault()).lend(binding)).toEqual({ ok: false, code: 'key_locked' })
      expect(file()).toBe(before)
    }
    cipher.decrypt = decrypt
    expect(await (await vault()).lend(binding)).toEqual({ ok: true, key: KEY })
  })

  it('is not written down when the keyring goes away after it was asked for', async () => {
    const opened = await vault()
    const { encrypt } = cipher
    let calls = 0
    cipher.encrypt = (text) => {
      calls += 1
      if (calls === 2) cipher.state = 'public'
      return encrypt.call(cipher, text)
    }
    expect(await opened.store(binding, KEY)).toBe(false)
    expect(readdirSync(profile.path)).toEqual([])
  })
})

describe('a keychain that comes back', () => {
  it('takes the next key without a restart', async () => {
    cipher.state = 'locked'
    const opened = await vault()
    expect(opened.protection()).toBe('unavailable')
    cipher.state = 'open'
    expect(await opened.store(binding, KEY)).toBe(true)
    expect(opened.protection()).toBe('keychain')
  })
})

describe('a vault file that cannot be understood', () => {
  it.each([
    ['random bytes', randomBytes(64).toString('latin1')],
    ['half a file', '{"version":1,"dataKeys":['],
    ['an unknown field', '{"version":2,"dataKeys":[],"keys":[],"more":1}'],
    ['a version nobody wrote', '{"version":0,"dataKeys":[],"keys":[]}'],
    ['a newer version', '{"version":3,"dataKeys":[],"keys":[]}'],
  ])('is left as it is (%s)', async (what, content) => {
    writeFileSync(profile.file('vault.json'), content)
    const opened = await vault()
    expect(opened.protection()).toBe('damaged')
    expect(opened.trouble()?.cause).toBe(what === 'a newer version' ? 'newer' : 'damaged')
    expect(await opened.store(binding, KEY)).toBe(false)
    expect(await opened.setPassphrase('correct horse')).toBe('vault_unavailable')
    opened.keepOnly(new Set())
    expect(await opened.lend(binding)).toEqual({ ok: false, code: 'key_missing' })
    expect(file()).toBe(content)
  })
})
