import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { CipherError, type Cipher, type Clock, type Paths } from '../ports'
import type { Redactor } from '../log'
import { newDataKey, open, seal, type Binding } from './envelope'
import { EMPTY, readVaultFile, writeVaultFile, type SealedKey, type VaultFile } from './vault-file'

/** `keychain`: sealed on disk. `session`: in memory until quit. `unavailable`: not now, and nothing is lost. */
export type Protection = 'keychain' | 'session' | 'unavailable'

/** What may be known about a key. The key itself leaves only through `lend`. */
export interface KeyStatus {
  readonly state: 'sealed' | 'session' | 'locked'
  readonly last4: string | null
  readonly addedMs: number
}

/** A key for one call, or why there is none. */
export type Lent = { readonly ok: true; readonly key: string } | { readonly ok: false; readonly code: LendRefusal }
type LendRefusal = 'key_missing' | 'key_locked'

/** Keeps keys, and lends them for one call at a time. */
export interface Vault {
  protection(): Protection
  readonly keychain: string
  /** Null when there is no such key. */
  status(keyId: string): KeyStatus | null
  /** Keeps a key for exactly this provider and origin. False when it cannot be kept at all right now. */
  store(binding: Binding, key: string): Promise<boolean>
  /** Hands a key out for one call. A failed decryption says `key_locked` and leaves the sealed key where it is. */
  lend(binding: Binding): Promise<Lent>
  /** Removes a key from memory and from every byte of the file. */
  remove(keyId: string): void
}

interface Needs {
  readonly cipher: Cipher
  readonly clock: Clock
  readonly paths: Paths
  readonly redactor: Redactor
}

/** Keys shorter than this show none of their characters. */
const SHOWS_LAST4_FROM = 16

/** Opens the vault: probes the keychain and, when sealed keys exist, finds out whether they can be opened. */
export async function openVault(needs: Needs): Promise<Vault> {
  const path = join(needs.paths.profile, 'vault.json')
  const found = readVaultFile(path)
  let file: VaultFile = found ?? EMPTY
  const dataKeys = new Map<string, Buffer>()
  const inSession = new Map<string, { readonly binding: Binding; readonly key: string; readonly status: KeyStatus }>()
  const protection = found === null ? 'unavailable' : await probe(needs.cipher)

  const write = (next: VaultFile): void => {
    writeVaultFile(path, next)
    file = next
  }

  /** The opened data key, or why not: `lost` for good, `later` when the keychain may answer another time. */
  const unwrap = async (id: string): Promise<Buffer | 'lost' | 'later'> => {
    const opened = dataKeys.get(id)
    if (opened !== undefined) return opened
    const wrapped = file.dataKeys.find((dataKey) => dataKey.id === id)?.wrapped
    if (wrapped === undefined) return 'lost'
    try {
      const { text, shouldReEncrypt } = await needs.cipher.decrypt(Buffer.from(wrapped, 'base64'))
      const dataKey = Buffer.from(text, 'base64')
      dataKeys.set(id, dataKey)
      if (shouldReEncrypt && protection === 'keychain') await rewrap(id, dataKey)
      return dataKey
    } catch (error) {
      return error instanceof CipherError && !error.temporary ? 'lost' : 'later'
    }
  }

  const rewrap = async (id: string, dataKey: Buffer): Promise<void> => {
    const wrapped = await wrap(needs.cipher, dataKey)
    const others = file.dataKeys.filter((other) => other.id !== id)
    write({ ...file, dataKeys: [...others, { id, wrapped }] })
  }

  /** The newest data key that opens; a fresh one beside the others when all are lost. Null: not now. */
  const dataKeyForSealing = async (): Promise<{ readonly id: string; readonly dataKey: Buffer } | null> => {
    for (const { id } of file.dataKeys.toReversed()) {
      const dataKey = await unwrap(id)
      if (dataKey === 'later') return null
      if (dataKey !== 'lost') return { id, dataKey }
    }
    const id = randomUUID()
    const dataKey = newDataKey()
    await rewrap(id, dataKey)
    dataKeys.set(id, dataKey)
    return { id, dataKey }
  }

  const remove = (keyId: string): void => {
    inSession.delete(keyId)
    const keys = file.keys.filter((sealed) => sealed.keyId !== keyId)
    if (keys.length !== file.keys.length) write({ ...file, keys })
  }

  for (const id of new Set(file.keys.map((sealed) => sealed.dataKeyId))) await unwrap(id)

  return {
    protection: () => protection,
    keychain: needs.cipher.keychain,
    remove,

    status(keyId) {
      const session = inSession.get(keyId)
      if (session !== undefined) return session.status
      const sealed = file.keys.find((candidate) => candidate.keyId === keyId)
      if (sealed === undefined) return null
      const state = dataKeys.has(sealed.dataKeyId) ? 'sealed' : 'locked'
      return { state, last4: sealed.last4, addedMs: sealed.addedMs }
    },

    async store(binding, key) {
      needs.redactor.learn(key)
      const last4 = key.length >= SHOWS_LAST4_FROM ? key.slice(-4) : null
      const addedMs = needs.clock.now()
      if (protection === 'unavailable') return false
      if (protection === 'session') {
        inSession.set(binding.keyId, { binding, key, status: { state: 'session', last4, addedMs } })
        return true
      }
      const sealing = await dataKeyForSealing().catch(() => null)
      if (sealing === null) return false
      const sealed: SealedKey = {
        ...binding,
        dataKeyId: sealing.id,
        last4,
        addedMs,
        ...seal(sealing.dataKey, binding, key),
      }
      write({ ...file, keys: [...file.keys.filter((other) => other.keyId !== binding.keyId), sealed] })
      return true
    },

    async lend(binding) {
      const session = inSession.get(binding.keyId)
      if (session !== undefined) {
        const same = session.binding.origin === binding.origin && session.binding.provider === binding.provider
        return same ? { ok: true, key: session.key } : { ok: false, code: 'key_missing' }
      }
      const sealed = file.keys.find((candidate) => candidate.keyId === binding.keyId)
      if (sealed === undefined) return { ok: false, code: 'key_missing' }
      const dataKey = await unwrap(sealed.dataKeyId)
      if (typeof dataKey === 'string') return { ok: false, code: 'key_locked' }
      const key = open(dataKey, binding, sealed)
      if (key === null) return { ok: false, code: 'key_locked' }
      needs.redactor.learn(key)
      return { ok: true, key }
    },
  }
}

async function wrap(cipher: Cipher, dataKey: Buffer): Promise<string> {
  return Buffer.from(await cipher.encrypt(dataKey.toString('base64'))).toString('base64')
}

/**
 * On Linux without a keyring safeStorage says it is available and encrypts with a key anyone can look up. The first
 * bytes of what it makes tell.
 */
async function probe(cipher: Cipher): Promise<Protection> {
  try {
    if (!(await cipher.isAvailable())) return cipher.publicKeyPrefix === null ? 'unavailable' : 'session'
    const bytes = Buffer.from(await cipher.encrypt('probe'))
    const prefix = cipher.publicKeyPrefix
    return prefix !== null && bytes.subarray(0, prefix.length).toString('latin1') === prefix ? 'session' : 'keychain'
  } catch {
    return 'unavailable'
  }
}
