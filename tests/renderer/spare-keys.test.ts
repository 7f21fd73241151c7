import { describe, expect, it } from 'vitest'
import { keyWarning } from '../../src/renderer/features/vault/key-facts'
import { keyWords } from '../../src/renderer/features/chat/message-words'
import { keyName, keysOf, movedBy, movedFirst, withKey } from '../../src/renderer/features/vault/spare-keys'
import { connection, idOf, storedKey } from './views'

const [a, b, c] = [1, 2, 3].map((number) => storedKey({ id: idOf('key', number) })) as [
  ReturnType<typeof storedKey>,
  ReturnType<typeof storedKey>,
  ReturnType<typeof storedKey>,
]
const IDS = [a.id, b.id, c.id]

describe('keys in an order', () => {
  it('begin with the one that is used', () => {
    expect(keysOf(connection(1, { key: a, spareKeys: [b, c] }))).toEqual([a, b, c])
    expect(keysOf(connection(1, { key: { state: 'none' }, spareKeys: [b] }))).toEqual([b])
  })

  it('move by one place, stay within their ends, and lose none', () => {
    expect(movedBy(IDS, c.id, -1)).toEqual([a.id, c.id, b.id])
    expect(movedBy(IDS, b.id, 1)).toEqual([a.id, c.id, b.id])
    expect(movedBy(IDS, c.id, 1)).toEqual(IDS)
    expect(movedBy(IDS, idOf('key', 9), -1)).toEqual(IDS)
    expect(movedFirst(IDS, c.id)).toEqual([c.id, a.id, b.id])
  })

  it('take in what a request has answered at the place it was asked for', () => {
    // Bug: a spare key that was replaced is shown as the one in use.
    const router = connection(1, { key: a, spareKeys: [b, c] })
    const fresh = storedKey({ id: idOf('key', 4) })
    expect(withKey(router, fresh)).toMatchObject({ key: fresh, spareKeys: [b, c] })
    expect(withKey(router, fresh, a.id)).toMatchObject({ key: fresh, spareKeys: [b, c] })
    expect(withKey(router, fresh, b.id)).toMatchObject({ key: a, spareKeys: [fresh, c] })
  })

  it('are called by their label, their end, or their place', () => {
    expect(keyName(storedKey({ label: 'Desk' }), 2)).toBe('“Desk”')
    expect(keyName(storedKey({ last4: '4f2c' }), 2)).toBe('the key that ends in 4f2c')
    expect(keyName(storedKey({ last4: null }), 2)).toBe('key 2')
  })
})

describe('a key that was refused', () => {
  const now = Date.UTC(2026, 10, 23, 12)
  const refused = (code: 'key_invalid' | 'no_credit') => storedKey({ refusal: { code, atMs: now }, addedMs: now })

  it('says so beside it, before anything else', () => {
    expect(keyWarning(refused('key_invalid'), now)).toBe('Rejected by its provider today. Replace it with a new one.')
    expect(keyWarning(refused('no_credit'), now)).toBe('Without credit when it was last asked with, today.')
    expect(keyWarning(storedKey({ addedMs: now }), now)).toBeNull()
  })

  it('is told of under the answer another key has given', () => {
    const key = { id: a.id, label: 'Desk', after: 'key_invalid' } as const
    expect(keyWords({ key })).toBe('With the key “Desk”: the one before it was rejected')
    expect(keyWords({ key: { ...key, label: null, after: 'no_credit' } })).toBe(
      'With the next key: the one before it has no credit left',
    )
    expect(keyWords({ key: { ...key, after: 'rate_limited' } })).toContain('rate limited')
    // A key that was replaced while an answer waited is no such thing.
    expect(keyWords({ key: { ...key, after: 'overloaded' } })).toBeNull()
    expect(keyWords({ key: { ...key, after: null } })).toBeNull()
    expect(keyWords({ key: null })).toBeNull()
  })
})
