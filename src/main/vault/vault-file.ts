import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import * as z from 'zod/mini'

// Keys live in a small file of their own: no write-ahead log, search index or database backup ever holds one.

const base64 = z.string().check(z.regex(/^[A-Za-z0-9+/]*={0,2}$/))

const vaultFile = z.strictObject({
  version: z.literal(1),
  /** Each data key as the system's keychain wrapped it. A new one is added, never swapped in, when the old is lost. */
  dataKeys: z.array(z.strictObject({ id: z.string(), wrapped: base64 })),
  keys: z.array(
    z.strictObject({
      keyId: z.string(),
      dataKeyId: z.string(),
      provider: z.string(),
      origin: z.string(),
      last4: z.nullable(z.string()),
      addedMs: z.number(),
      nonce: base64,
      tag: base64,
      data: base64,
    }),
  ),
})

/** What lies in `vault.json`. */
export type VaultFile = z.infer<typeof vaultFile>
/** One key in it, ciphertext only. */
export type SealedKey = VaultFile['keys'][number]

/** A vault without keys. */
export const EMPTY: VaultFile = { version: 1, dataKeys: [], keys: [] }

/** `null` for a file that cannot be understood: it is left alone and nothing is written over it. */
export function readVaultFile(path: string): VaultFile | null {
  if (!existsSync(path)) return EMPTY
  try {
    return vaultFile.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return null
  }
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
