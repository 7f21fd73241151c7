import { expect, it } from 'vitest'
import type { Request } from '../../src/renderer/bridge/client'
import { addKey, saveKey } from '../../src/renderer/features/vault/key-requests'
import { connectingWords, keepingWords, keyWords } from '../../src/renderer/features/vault/key-words'
import { connection, storedKey, vault } from './views'

const none = { state: 'none' } as const
const entered = { provider: 'anthropic', label: 'Personal', baseUrl: null, key: 'sk-ant-test' } as const

/** A bridge that makes connection 1 and answers the key with `answer`. */
function bridge(answer: unknown) {
  const asked: [string, unknown][] = []
  const request = ((name: string, input: unknown) => {
    asked.push([name, input])
    const made = { ok: true, value: connection(1, { key: none }) }
    return Promise.resolve(name.startsWith('connection.') ? made : answer)
  }) as Request
  return { asked, request }
}

const refused = { ok: false, error: { code: 'key_malformed' } }

it('a key that was refused leaves its connection, and the next try uses it instead of a second one', async () => {
  const first = bridge(refused)
  const added = await addKey(first.request, [], entered)
  expect(added.error?.code).toBe('key_malformed')
  expect(first.asked.map(([name]) => name)).toEqual(['connection.add', 'key.set'])

  const second = bridge({ ok: true, value: { state: 'sealed', last4: 'test', addedMs: 1 } })
  const again = await addKey(second.request, added.connection === null ? [] : [added.connection], entered)
  expect(second.asked.map(([name]) => name)).toEqual(['connection.update', 'key.set'])
  expect(again).toMatchObject({ error: null, connection: { key: { state: 'sealed' } } })
})

it('nothing is put before keys that wait behind one that is gone', async () => {
  // Bug: another account's key goes first on a connection that then goes on to the keys of the old one, or drops them.
  const waiting = connection(1, { key: none, spareKeys: [storedKey()] })
  const { asked, request } = bridge({ ok: true, value: none })
  await addKey(request, [waiting], entered)
  expect(asked.map(([name]) => name)).toEqual(['connection.add', 'key.set'])
})

it('a connection that was refused is asked for no key', async () => {
  const asked: string[] = []
  const request = ((name: string) => {
    asked.push(name)
    return Promise.resolve({ ok: false, error: { code: 'base_url_invalid' } })
  }) as Request
  expect(await addKey(request, [], entered)).toEqual({ connection: null, error: { code: 'base_url_invalid' } })
  expect(asked).toEqual(['connection.add'])
})

it('a key that is there is replaced, one that is not is set', async () => {
  const { asked, request } = bridge({ ok: true, value: none })
  await saveKey(request, connection(1), 'new')
  await saveKey(request, connection(1, { key: none }), 'new')
  expect(asked.map(([name]) => name)).toEqual(['key.replace', 'key.set'])
})

it('says how a key is kept, and no more of it than its end', () => {
  const now = new Date(2026, 10, 23, 12).getTime()
  const added = { last4: '4f2c', addedMs: now - 1000 }
  expect(keyWords(storedKey(added), 'GNOME Keyring', now)).toBe(
    'Encrypted with GNOME Keyring · ends in 4f2c · added today',
  )
  expect(keyWords(storedKey({ state: 'session', ...added, last4: null }), '', now)).toBe(
    'In memory until Latchkey quits · added today',
  )
  expect(keyWords(storedKey({ state: 'locked', ...added }), 'KWallet', now)).toMatch(/^Locked: KWallet/)
  expect(keyWords(none, '', now)).toBe('No key')
  expect(keyWords(none, '', now, false)).toBe('No key needed')
})

it('promises encryption only where there is a keychain', () => {
  const host = 'api.anthropic.com'
  expect(keepingWords(vault({ keychain: 'macOS Keychain' }), host)).toBe(
    'Encrypted with macOS Keychain. Sent only to api.anthropic.com.',
  )
  expect(keepingWords(vault({ protection: 'session' }), host)).not.toMatch(/encrypted/i)
  expect(keepingWords(vault({ protection: 'unavailable', keychain: 'KWallet' }), host)).toContain('cannot be saved')
})

it('a key that is to go at quit is never said to be encrypted, whoever keeps the others', () => {
  for (const protection of ['keychain', 'passphrase', 'unavailable', 'damaged'] as const) {
    expect(keepingWords(vault({ protection }), 'h', true)).toBe(
      'Kept in memory and forgotten when Latchkey quits. Sent only to h.',
    )
  }
  expect(keepingWords(vault({ protection: 'passphrase', passphrase: 'open' }), 'h')).toContain('your passphrase')
  expect(keepingWords(vault({ protection: 'passphrase', passphrase: 'locked' }), 'h')).toMatch(/locked.*Enter/)
})

it('asks to keep a key until quit only where that was chosen', async () => {
  const { asked, request } = bridge({ ok: true, value: none })
  await saveKey(request, connection(1), 'new')
  await saveKey(request, connection(1), 'new', true)
  expect(asked.map(([, input]) => input)).toEqual([
    { connectionId: connection(1).id, key: 'new' },
    { connectionId: connection(1).id, key: 'new', keep: 'session' },
  ])
})

it('a server without a key is told where nothing goes yet', () => {
  expect(connectingWords('127.0.0.1:11434')).toMatch(/^No key needed\..*press Connect.*127\.0\.0\.1:11434\.$/)
})
