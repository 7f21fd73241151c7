import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Redactor } from '../log'
import type { Cipher, Clock, Paths } from '../ports'
import { createDataKeys, probe, type System } from './data-keys'
import { newDataKey, open, seal, type Binding } from './envelope'
import { unwrapWithPassphrase, wrapWithPassphrase } from './passphrase'
import { troubleOf, type Trouble } from './trouble'
import { EMPTY, readVaultFile, writeVaultFile, type DataKeyEntry, type SealedKey, type VaultFile } from './vault-file'

/**
 * `keychain`: sealed on disk. `passphrase`: sealed on disk, and lent only after it was given. `session`: in memory until
 * quit. `unavailable`: not now, and nothing is lost. `damaged`: the file cannot be understood; it is left as it is and
 * nothing is written over it.
 */
export type Protection = 'keychain' | 'passphrase' | 'session' | 'unavailable' | 'damaged'

/** What may be known about a key. The key itself leaves only through `lend`. */
export interface KeyStatus {
  readonly state: 'sealed' | 'session' | 'locked'
  readonly last4: string | null
  readonly addedMs: number
}

/** A key for one call, or why there is none. */
export type Lent = { readonly ok: true; readonly key: string } | { readonly ok: false; readonly code: LendRefusal }
type LendRefusal = 'key_missing' | 'key_locked'

/** Asked when nothing is left but to do it; false when it is not wanted any more. */
type Settle = () => boolean
const always: Settle = () => true

/** Why nothing was changed. `passphrase_needed`: without a keychain it is all that protects what is sealed. */
export type VaultRefusal =
  | 'not_found'
  | 'vault_unavailable'
  | 'vault_locked'
  | 'passphrase_wrong'
  | 'passphrase_needed'
  /** Its user has taken it back. */
  | 'cancelled'
  | null

/** Keeps keys, and lends them for one call at a time. */
export interface Vault {
  protection(): Protection
  /** Why keys cannot be opened or kept; null when all is well. */
  trouble(): Trouble | null
  passphrase(): 'none' | 'open' | 'locked'
  readonly keychain: string
  readonly system: Cipher['system']
  /** Null when there is no such key. */
  status(keyId: string): KeyStatus | null
  /** Keeps a key for exactly this provider and origin. False when it cannot be kept at all right now. */
  store(binding: Binding, key: string, keep?: 'disk' | 'session'): Promise<boolean>
  /** Hands a key out for one call. A failed decryption says `key_locked` and leaves the sealed key where it is. */
  lend(binding: Binding): Promise<Lent>
  /** Removes a key from memory and from every byte of the file. */
  remove(keyId: string): void
  /** Removes every key but these: what a crash or a full disk left behind when it should have been removed. */
  keepOnly(keyIds: ReadonlySet<string>): void
  /** Asks the keychain once more, and looks at the file again where it could not be read. */
  retry(): Promise<void>
  /** Null from here on: done. In the place of another passphrase only with that one as `current`. */
  setPassphrase(passphrase: string, current?: string, settle?: Settle): Promise<VaultRefusal>
  removePassphrase(passphrase: string, settle?: Settle): Promise<VaultRefusal>
  unlock(passphrase: string): Promise<VaultRefusal>
  /** From now on no key is lent before the passphrase is given again. Calls that were lent theirs go on. */
  lock(): VaultRefusal
  /** Lets go of a forgotten passphrase, and with it of every key that only it opens. */
  forgetPassphrase(): Promise<VaultRefusal>
  /** Forgets every key, and writes nothing any more: its file is about to be removed. */
  destroy(): void
}

interface Needs {
  readonly cipher: Cipher
  readonly clock: Clock
  readonly paths: Paths
  readonly redactor: Redactor
}

interface SessionKey {
  readonly sealed: SealedKey
  /** Kept in memory because its user wants that, not for want of a keychain. */
  readonly chosen: boolean
}

/** Keys shorter than this show none of their characters. */
const SHOWS_LAST4_FROM = 16
/** The data key of keys that are in memory only, where there is no passphrase. Never written. */
const MEMORY = 'memory'

/** Opens the vault: probes the keychain and, when sealed keys exist, finds out whether they can be opened. */
export async function openVault(needs: Needs): Promise<Vault> {
  const { cipher } = needs
  const path = join(needs.paths.profile, 'vault.json')
  const found = readVaultFile(path)
  let broken: 'damaged' | 'newer' | null = typeof found === 'string' ? found : null
  let file: VaultFile = typeof found === 'string' ? EMPTY : found
  let system: System = await probe(cipher)
  // Sealed too, although only in memory, so that a lock holds for them and gives them back.
  const inSession = new Map<string, SessionKey>()
  let destroyed = false
  const write = (next: VaultFile): void => {
    if (destroyed) throw new Error('the vault is gone')
    writeVaultFile(path, next)
    file = next
  }
  const dataKeys = createDataKeys(cipher, { current: () => file, write })
  const { guard, locked, unwrap } = dataKeys

  // One change at a time: the keychain may ask its user for a minute, and scrypt takes its time.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const next = last.then(work, work)
    last = next
    return next
  }

  const unwrapAll = async (): Promise<boolean> => {
    let later = false
    for (const id of new Set(file.keys.map((sealed) => sealed.dataKeyId)))
      later = (await unwrap(id)) === 'later' || later
    return !later
  }

  const protectionNow = (): Protection => {
    if (broken !== null) return 'damaged'
    if (guard() !== undefined) return 'passphrase'
    return system === 'keychain' || system === 'session' ? system : 'unavailable'
  }

  /** The data key new keys are sealed with; a fresh one beside the others when all are lost. Null: not now. */
  const dataKeyForSealing = async (): Promise<string | null> => {
    const guarding = guard()
    if (guarding !== undefined) return locked() ? null : guarding.id
    for (const { id } of file.dataKeys.toReversed()) {
      const dataKey = await unwrap(id)
      if (dataKey === 'later') return null
      if (dataKey !== 'lost') return id
    }
    const id = randomUUID()
    const dataKey = newDataKey()
    const keychain = await dataKeys.wrap(dataKey)
    write({ ...file, dataKeys: [...file.dataKeys, { id, keychain, passphrase: null }] })
    dataKeys.put(id, dataKey)
    return id
  }

  const dataKeyForMemory = (): string => {
    const guarding = guard()
    if (guarding !== undefined) return guarding.id
    if (dataKeys.get(MEMORY) === undefined) dataKeys.put(MEMORY, newDataKey())
    return MEMORY
  }

  /** Null when the data key is not open any more: a lock may have come while something was waited for. */
  const sealedWith = (id: string, binding: Binding, key: string): SealedKey | null => {
    const dataKey = dataKeys.get(id)
    if (dataKey === undefined) return null
    const { provider, origin, keyId } = binding
    const last4 = key.length >= SHOWS_LAST4_FROM ? key.slice(-4) : null
    const addedMs = needs.clock.now()
    return { keyId, dataKeyId: id, provider, origin, last4, addedMs, ...seal(dataKey, binding, key) }
  }

  /** The same key under another data key; what does not open stays as it is. */
  const resealed = (sealed: SealedKey, id: string, dataKey: Buffer): SealedKey => {
    const from = dataKeys.get(sealed.dataKeyId)
    const key = from === undefined ? null : open(from, sealed, sealed)
    return key === null ? sealed : { ...sealed, dataKeyId: id, ...seal(dataKey, sealed, key) }
  }

  /**
   * Seals every key anew under a new data key: one that was wrapped otherwise before, in a copy of the file perhaps,
   * opens nothing that is written from now on.
   */
  const moveTo = (entry: DataKeyEntry, dataKey: Buffer): void => {
    const onDisk = [...file.keys, ...[...inSession.values()].flatMap((each) => (each.chosen ? [] : [each.sealed]))]
    const keys = onDisk.map((sealed) => resealed(sealed, entry.id, dataKey))
    const unopened = file.dataKeys.filter(
      ({ id, passphrase }) => passphrase === null && keys.some((sealed) => sealed.dataKeyId === id),
    )
    const forMemory = entry.passphrase === null ? { id: MEMORY, dataKey: newDataKey() } : { id: entry.id, dataKey }
    const stays = [...inSession].filter(([, { chosen }]) => chosen)
    const moved = stays.map(([keyId, { sealed }]): [string, SessionKey] => [
      keyId,
      { chosen: true, sealed: resealed(sealed, forMemory.id, forMemory.dataKey) },
    ])
    write({ ...file, dataKeys: [...unopened, entry], keys })
    inSession.clear()
    for (const [keyId, each] of moved) inSession.set(keyId, each)
    dataKeys.keepOnly(new Set(unopened.map(({ id }) => id)))
    dataKeys.put(entry.id, dataKey)
    dataKeys.put(forMemory.id, forMemory.dataKey)
  }

  /**
   * What was entered while the file could not be read is under a data key of its own, which no passphrase brings back: it
   * comes under the one that is open now, so that the next lock keeps it too.
   */
  const takeInMemoryKeys = (): void => {
    const guarding = guard()
    const dataKey = guarding === undefined ? undefined : dataKeys.get(guarding.id)
    if (guarding === undefined || dataKey === undefined || dataKeys.get(MEMORY) === undefined) return
    for (const [keyId, { sealed, chosen }] of inSession) {
      if (sealed.dataKeyId === MEMORY) {
        inSession.set(keyId, { chosen, sealed: resealed(sealed, guarding.id, dataKey) })
      }
    }
    dataKeys.drop(MEMORY)
  }

  const keepIf = (kept: (keyId: string) => boolean): void => {
    for (const keyId of [...inSession.keys()].filter((candidate) => !kept(candidate))) inSession.delete(keyId)
    const keys = file.keys.filter((sealed) => kept(sealed.keyId))
    if (keys.length !== file.keys.length) write({ ...file, keys })
  }

  const find = (keyId: string): SealedKey | undefined =>
    inSession.get(keyId)?.sealed ?? file.keys.find((candidate) => candidate.keyId === keyId)

  await unwrapAll()

  return {
    protection: protectionNow,
    trouble: () => (broken === null ? troubleOf(file, dataKeys, system, cipher.keychain) : alone(broken)),
    passphrase: () => (guard() === undefined ? 'none' : locked() ? 'locked' : 'open'),
    keychain: cipher.keychain,
    system: cipher.system,
    remove: (keyId) => keepIf((candidate) => candidate !== keyId),
    keepOnly: (keyIds) => keepIf((candidate) => keyIds.has(candidate)),

    status(keyId) {
      const sealed = find(keyId)
      if (sealed === undefined) return null
      const { last4, addedMs, dataKeyId } = sealed
      if (locked() || dataKeys.get(dataKeyId) === undefined) return { state: 'locked', last4, addedMs }
      return { state: inSession.has(keyId) ? 'session' : 'sealed', last4, addedMs }
    },

    store: (binding, key, keep = 'disk') =>
      inTurn(async () => {
        needs.redactor.learn(key)
        // Asked anew each time: a keychain may have been unlocked, or have gone, since the last one.
        if (keep === 'disk' && broken === null && guard() === undefined) system = await probe(cipher)
        const chosen = keep === 'session'
        if (chosen || protectionNow() === 'session') {
          const sealed = locked() ? null : sealedWith(dataKeyForMemory(), binding, key)
          if (sealed !== null) inSession.set(binding.keyId, { sealed, chosen })
          return sealed !== null
        }
        if (protectionNow() === 'unavailable' || protectionNow() === 'damaged') return false
        const id = await dataKeyForSealing().catch(() => null)
        const sealed = id === null ? null : sealedWith(id, binding, key)
        if (sealed === null) return false
        write({ ...file, keys: [...file.keys.filter((other) => other.keyId !== binding.keyId), sealed] })
        return true
      }),

    async lend(binding) {
      const sealed = find(binding.keyId)
      if (sealed === undefined) return { ok: false, code: 'key_missing' }
      const dataKey = locked() ? 'later' : await unwrap(sealed.dataKeyId)
      if (typeof dataKey === 'string') return { ok: false, code: 'key_locked' }
      // Sealed for what was asked for, and said to be: either alone was changed by somebody.
      const same = sealed.provider === binding.provider && sealed.origin === binding.origin
      const key = same ? open(dataKey, binding, sealed) : null
      if (key === null) return { ok: false, code: 'key_locked' }
      needs.redactor.learn(key)
      return { ok: true, key }
    },

    retry: () =>
      inTurn(async () => {
        if (broken !== null) {
          const again = readVaultFile(path)
          broken = typeof again === 'string' ? again : null
          if (typeof again !== 'string') file = again
        }
        system = await probe(cipher)
        await unwrapAll()
      }),

    setPassphrase: (passphrase, current, settle = always) =>
      inTurn(async () => {
        if (broken !== null) return 'vault_unavailable'
        const before = guard()
        if (locked()) return 'vault_locked'
        if (before !== undefined) {
          const opened = current === undefined ? null : await opens(before, current)
          if (opened === null) return 'passphrase_wrong'
          opened.fill(0)
        }
        // A key that the keychain opens another time would be left outside.
        if (!(await unwrapAll())) return locked() ? 'vault_locked' : 'vault_unavailable'
        const id = randomUUID()
        const dataKey = newDataKey()
        const wrap = await wrapWithPassphrase(passphrase, id, dataKey)
        if (locked()) return 'vault_locked'
        if (!settle()) return 'cancelled'
        moveTo({ id, keychain: null, passphrase: wrap }, dataKey)
        return null
      }),

    removePassphrase: (passphrase, settle = always) =>
      inTurn(async () => {
        const before = guard()
        if (before === undefined) return 'not_found'
        const opened = await opens(before, passphrase)
        if (opened === null) return 'passphrase_wrong'
        const wasLocked = locked()
        if (wasLocked) {
          dataKeys.put(before.id, opened)
          takeInMemoryKeys()
        } else opened.fill(0)
        system = await probe(cipher)
        if (system !== 'keychain') return 'passphrase_needed'
        const id = randomUUID()
        const dataKey = newDataKey()
        const keychain = await dataKeys.wrap(dataKey).catch(() => null)
        if (keychain === null) return 'passphrase_needed'
        if (locked()) return 'vault_locked'
        if (!settle()) {
          if (wasLocked) dataKeys.keepOnly(new Set())
          return 'cancelled'
        }
        moveTo({ id, keychain, passphrase: null }, dataKey)
        return null
      }),

    unlock: (passphrase) =>
      inTurn(async () => {
        const guarding = guard()
        if (guarding === undefined) return 'not_found'
        if (!locked()) return null
        const dataKey = await opens(guarding, passphrase)
        if (dataKey === null) return 'passphrase_wrong'
        dataKeys.put(guarding.id, dataKey)
        takeInMemoryKeys()
        await unwrapAll()
        return null
      }),

    destroy() {
      destroyed = true
      file = EMPTY
      inSession.clear()
      dataKeys.keepOnly(new Set())
    },

    lock() {
      if (guard() === undefined) return 'not_found'
      // Locked since before it could be read: what waits in memory to be taken in stays.
      if (!locked()) dataKeys.keepOnly(new Set())
      return null
    },

    forgetPassphrase: () =>
      inTurn(async () => {
        const gone = guard()
        if (gone === undefined) return 'not_found'
        const others = file.keys.filter((sealed) => sealed.dataKeyId !== gone.id)
        write({ ...file, dataKeys: file.dataKeys.filter(({ id }) => id !== gone.id), keys: others })
        inSession.clear()
        dataKeys.keepOnly(new Set())
        system = await probe(cipher)
        await unwrapAll()
        return null
      }),
  }
}

async function opens({ id, passphrase: wrap }: DataKeyEntry, passphrase: string): Promise<Buffer | null> {
  return wrap === null ? null : unwrapWithPassphrase(passphrase, id, wrap)
}

function alone(cause: Trouble['cause']): Trouble {
  return { cause, sealedWith: null }
}
