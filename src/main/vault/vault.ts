import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { CipherError, type Cipher, type Clock, type Paths } from '../ports'
import type { Redactor } from '../log'
import { newDataKey, open, seal, type Binding } from './envelope'
import { EMPTY, readVaultFile, writeVaultFile, type SealedKey, type VaultFile } from './vault-file'

/**
 * `keychain`: sealed on disk. `session`: in memory until quit. `unavailable`: not now, and nothing is lost. `damaged`:
 * the file cannot be understood; it is left as it is and nothing is written over it.
 */
export type Protection = 'keychain' | 'session' | 'unavailable' | 'damaged'

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
  /** Removes every key but these: what a crash or a full disk left behind when it should have been removed. */
  keepOnly(keyIds: ReadonlySet<string>): void
}

interface Needs {
  readonly cipher: Cipher
  readonly clock: Clock
  readonly paths: Paths
  readonly redactor: Redactor
}

/** Keys shorter than this show none of their characters. */
const SHOWS_LAST4_FROM = 16
const DATA_KEY_BYTES = 32

/** Opens the vault: probes the keychain and, when sealed keys exist, finds out whether they can be opened. */
export async function openVault(needs: Needs): Promise<Vault> {
  const path = join(needs.paths.profile, 'vault.json')
  const found = readVaultFile(path)
  let file: VaultFile = found ?? EMPTY
  const dataKeys = new Map<string, Buffer>()
  const inSession = new Map<string, { readonly binding: Binding; readonly key: string; readonly status: KeyStatus }>()
  let protection: Protection = found === null ? 'damaged' : await probe(needs.cipher)

  const write = (next: VaultFile): void => {
    writeVaultFile(path, next)
    file = next
  }

  /** The opened data key, or why not: `lost` for good, `later` when the keychain may answer another time. */
  const unwrap = async (id: string): Promise<Buffer | 'lost' | 'later'> => {
    const opened = dataKeys.get(id)
    if (opened !== undefined) return opened
    const wrapped = file.dataKeys.find((dataKey) => dataKey.id === id)?.wrapped
    // A data key wrapped with the published key is not ours: whoever put it there can open what it seals.
    if (wrapped === undefined || isPublic(needs.cipher, Buffer.from(wrapped, 'base64'))) return 'lost'
    try {
      const { text, shouldReEncrypt } = await needs.cipher.decrypt(Buffer.from(wrapped, 'base64'))
      const dataKey = Buffer.from(text, 'base64')
      // The wrap has no integrity of its own on macOS and Linux: a wrong keychain may "open" it to noise.
      if (dataKey.length !== DATA_KEY_BYTES) return 'lost'
      dataKeys.set(id, dataKey)
      if (shouldReEncrypt && opensOneOf(file, id, dataKey)) await rewrap(id, dataKey)
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

  const keepIf = (kept: (keyId: string) => boolean): void => {
    for (const keyId of [...inSession.keys()].filter((candidate) => !kept(candidate))) inSession.delete(keyId)
    const keys = file.keys.filter((sealed) => kept(sealed.keyId))
    if (keys.length !== file.keys.length) write({ ...file, keys })
  }

  for (const id of new Set(file.keys.map((sealed) => sealed.dataKeyId))) await unwrap(id)

  return {
    protection: () => protection,
    keychain: needs.cipher.keychain,
    remove: (keyId) => keepIf((candidate) => candidate !== keyId),
    keepOnly: (keyIds) => keepIf((candidate) => keyIds.has(candidate)),

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
      // Asked anew each time: a keychain may have been unlocked, or have gone, since the last one.
      if (protection !== 'damaged') protection = await probe(needs.cipher)
      if (protection === 'unavailable' || protection === 'damaged') return false
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
  const wrapped = Buffer.from(await cipher.encrypt(dataKey.toString('base64')))
  // The keyring can go away after it was probed.
  if (isPublic(cipher, wrapped)) throw new CipherError(true)
  return wrapped.toString('base64')
}

function isPublic({ publicKeyPrefix }: Cipher, wrapped: Buffer): boolean {
  return publicKeyPrefix !== null && wrapped.toString('latin1').startsWith(publicKeyPrefix)
}

/** Whether this really is the data key of that id, before anything is written over the only wrapped copy of it. */
function opensOneOf(file: VaultFile, dataKeyId: string, dataKey: Buffer): boolean {
  return file.keys.some((sealed) => sealed.dataKeyId === dataKeyId && open(dataKey, sealed, sealed) !== null)
}

/**
 * On Linux without a keyring safeStorage says it is available and encrypts with a key anyone can look up. The first
 * bytes of what it makes tell.
 */
async function probe(cipher: Cipher): Promise<Exclude<Protection, 'damaged'>> {
  try {
    if (!(await cipher.isAvailable())) return cipher.publicKeyPrefix === null ? 'unavailable' : 'session'
    return isPublic(cipher, Buffer.from(await cipher.encrypt('probe'))) ? 'session' : 'keychain'
  } catch {
    return 'unavailable'
  }
}
