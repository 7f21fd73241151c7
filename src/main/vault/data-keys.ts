import { CipherError, type Cipher } from '../ports'
import { KEY_BYTES, open } from './envelope'
import type { DataKeyEntry, VaultFile } from './vault-file'

/** What the system offers now; `not_ready` before it has finished starting. */
export type System = 'keychain' | 'session' | 'unreachable' | 'not_ready'

/** The file as it is now, and the one way to change it. */
export interface KeptFile {
  current(): VaultFile
  write(next: VaultFile): void
}

/** The data keys that are open, in buffers that can be wiped. */
export function createDataKeys(cipher: Cipher, file: KeptFile) {
  const opened = new Map<string, Buffer>()
  const failed = new Map<string, 'lost' | 'later'>()

  const entry = (id: string): DataKeyEntry | undefined => file.current().dataKeys.find((each) => each.id === id)
  const guard = (): DataKeyEntry | undefined => file.current().dataKeys.find(({ passphrase }) => passphrase !== null)
  const locked = (): boolean => {
    const needed = guard()
    return needed !== undefined && !opened.has(needed.id)
  }

  /** The opened data key, or why not: `lost` for good, `later` when the keychain may answer another time. */
  const unwrap = async (id: string): Promise<Buffer | 'lost' | 'later'> => {
    const known = opened.get(id)
    if (known !== undefined) return known
    // While a passphrase is wanted nothing opens without it, not even what the keychain alone has wrapped.
    if (locked()) return 'later'
    const found = await openWrap(id)
    // Another request, or a lock, may have been quicker.
    const since = opened.get(id)
    if (since !== undefined || locked()) {
      if (Buffer.isBuffer(found)) found.fill(0)
      return since ?? 'later'
    }
    if (!Buffer.isBuffer(found)) {
      failed.set(id, found)
      return found
    }
    opened.set(id, found)
    failed.delete(id)
    return found
  }

  const openWrap = async (id: string): Promise<Buffer | 'lost' | 'later'> => {
    const wrap = entry(id)?.keychain ?? null
    if (wrap === null) return 'lost'
    const bytes = Buffer.from(wrap.wrapped, 'base64')
    // A data key wrapped with the published key is not ours: whoever put it there can open what it seals.
    if (isPublic(cipher, bytes)) return 'lost'
    try {
      const { text, shouldReEncrypt } = await cipher.decrypt(bytes)
      const dataKey = Buffer.from(text, 'base64')
      // The wrap has no integrity of its own on macOS and Linux: a wrong keychain may "open" it to noise.
      if (dataKey.length !== KEY_BYTES || dataKey.toString('base64') !== text) return 'lost'
      if (!opensItsKeys(file.current(), id, dataKey)) return 'lost'
      if (shouldReEncrypt || wrap.name !== cipher.keychain) await renew(id, dataKey, shouldReEncrypt)
      return dataKey
    } catch (error) {
      return error instanceof CipherError && !error.temporary ? 'lost' : 'later'
    }
  }

  /** Wraps anew where the keychain asks for it, and notes whose wrap it is. It opens without that as well. */
  const renew = async (id: string, dataKey: Buffer, anew: boolean): Promise<void> => {
    try {
      const fresh = anew ? await wrap(dataKey) : null
      const before = entry(id)
      if (before === undefined || before.keychain === null) return
      const keychain = fresh ?? { ...before.keychain, name: cipher.keychain }
      const { dataKeys } = file.current()
      file.write({
        ...file.current(),
        dataKeys: dataKeys.map((each) => (each.id === id ? { ...each, keychain } : each)),
      })
    } catch {
      // Tried again at the next start.
    }
  }

  const wrap = async (dataKey: Buffer): Promise<NonNullable<DataKeyEntry['keychain']>> => {
    const wrapped = Buffer.from(await cipher.encrypt(dataKey.toString('base64')))
    // The keyring can go away after it was probed.
    if (isPublic(cipher, wrapped)) throw new CipherError(true)
    return { name: cipher.keychain, wrapped: wrapped.toString('base64') }
  }

  const drop = (id: string): void => {
    opened.get(id)?.fill(0)
    opened.delete(id)
  }

  return {
    guard,
    locked,
    unwrap,
    wrap,
    get: (id: string): Buffer | undefined => opened.get(id),
    put: (id: string, dataKey: Buffer): void => void opened.set(id, dataKey),
    /** Why a data key is not open, as far as it was tried. */
    failure: (id: string): 'lost' | 'later' | undefined => failed.get(id),

    /** Wipes all but these: a buffer can be wiped, a string cannot. */
    keepOnly(kept: ReadonlySet<string>): void {
      for (const id of opened.keys()) if (!kept.has(id)) drop(id)
    },
    drop,
  }
}

/** What can be asked of them. */
export type DataKeys = ReturnType<typeof createDataKeys>

/**
 * On Linux without a keyring safeStorage says it is available and encrypts with a key anyone can look up. The first
 * bytes of what it makes tell.
 */
export async function probe(cipher: Cipher): Promise<System> {
  try {
    if (!(await cipher.isAvailable())) return 'not_ready'
    return isPublic(cipher, Buffer.from(await cipher.encrypt('probe'))) ? 'session' : 'keychain'
  } catch {
    return 'unreachable'
  }
}

function isPublic({ publicKeyPrefix }: Cipher, wrapped: Buffer): boolean {
  return publicKeyPrefix !== null && wrapped.toString('latin1').startsWith(publicKeyPrefix)
}

/** Whether this really is the data key of that id: it opens one of its keys, or there is none to tell by. */
function opensItsKeys(file: VaultFile, dataKeyId: string, dataKey: Buffer): boolean {
  const own = file.keys.filter((sealed) => sealed.dataKeyId === dataKeyId)
  return own.length === 0 || own.some((sealed) => open(dataKey, sealed, sealed) !== null)
}
