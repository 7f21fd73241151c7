import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import * as z from 'zod/mini'

// Keys live in a small file of their own: no write-ahead log, search index or database backup ever holds one.

const base64 = z.string().check(z.regex(/^[A-Za-z0-9+/]*={0,2}$/))

const sealedKey = z.strictObject({
  keyId: z.string(),
  dataKeyId: z.string(),
  provider: z.string(),
  origin: z.string(),
  last4: z.nullable(z.string()),
  addedMs: z.number(),
  nonce: base64,
  tag: base64,
  data: base64,
})

/** A data key under a key that scrypt makes of a passphrase. Bounded: a hostile file must not ask for all memory. */
const passphraseWrap = z.strictObject({
  kdf: z.literal('scrypt'),
  n: z.literal([2 ** 15, 2 ** 16, 2 ** 17, 2 ** 18]),
  r: z.literal(8),
  p: z.literal([1, 2]),
  salt: base64,
  nonce: base64,
  tag: base64,
  data: base64,
})

const dataKey = z.strictObject({
  id: z.string(),
  /** As the system's keychain wrapped it, and the keychain's name then, if it is known. */
  keychain: z.nullable(z.strictObject({ name: z.nullable(z.string()), wrapped: base64 })),
  passphrase: z.nullable(passphraseWrap),
})

const vaultFile = z.strictObject({
  version: z.literal(2),
  /** A new one is added, never swapped in, when an old one is lost. */
  dataKeys: z.array(dataKey),
  keys: z.array(sealedKey),
})

/** Before there were passphrases. */
const firstVersion = z.strictObject({
  version: z.literal(1),
  dataKeys: z.array(z.strictObject({ id: z.string(), wrapped: base64 })),
  keys: z.array(sealedKey),
})

const VERSION = 2

/** What lies in `vault.json`. */
export type VaultFile = z.infer<typeof vaultFile>
/** One key in it, ciphertext only. */
export type SealedKey = z.infer<typeof sealedKey>
/** One data key, wrapped. */
export type DataKeyEntry = z.infer<typeof dataKey>
export type PassphraseWrap = z.infer<typeof passphraseWrap>

/** A vault without keys. */
export const EMPTY: VaultFile = { version: VERSION, dataKeys: [], keys: [] }

/** `damaged` and `newer` files cannot be understood: they are left alone and nothing is written over them. */
export function readVaultFile(path: string): VaultFile | 'damaged' | 'newer' {
  if (!existsSync(path)) return EMPTY
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'))
    const { version } = z.object({ version: z.number() }).parse(content)
    if (version > VERSION) return 'newer'
    return version === 1 ? upgraded(firstVersion.parse(content)) : vaultFile.parse(content)
  } catch {
    return 'damaged'
  }
}

function upgraded({ dataKeys, keys }: z.infer<typeof firstVersion>): VaultFile {
  const entries = dataKeys.map(({ id, wrapped }) => ({ id, keychain: { name: null, wrapped }, passphrase: null }))
  return { version: VERSION, dataKeys: entries, keys }
}

/** Replaces the file whole, so that a key taken out of it is in no byte of it afterwards. Readable by the user only. */
export function writeVaultFile(path: string, content: VaultFile): void {
  const temporary = `${path}.new`
  // A left-over of a killed process could be readable by others; a new file gets its own mode.
  rmSync(temporary, { force: true })
  try {
    const file = openSync(temporary, 'wx', 0o600)
    try {
      // Not writeSync: on a full disk it writes a part and returns as if all were well.
      writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
  syncFolder(dirname(path))
}

/** Makes the rename itself survive a power loss. Windows cannot open folders and needs no such call. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
