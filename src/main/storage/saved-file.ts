import { randomBytes } from 'node:crypto'
import { lstat, open, realpath, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'

/** Why a file was not saved; null once it was. */
export type SaveFailure = 'cancelled' | 'file_no_room' | 'file_forbidden' | 'file_gone' | 'file_failed'

interface Saving {
  /** Where its user wants it. What is there now stays until the new one is whole. */
  readonly path: string
  /** The profile: a file that is saved over one of ours would take its place. */
  readonly own: string
  readonly texts: AsyncIterable<string>
  readonly signal: AbortSignal
  /** Told of the unfinished file just before there is one. */
  readonly begun: (unfinished: string) => void
}

/**
 * Writes texts one after the other into an unfinished file beside the one that is wanted, brings it to the disk, and gives
 * it its name at the end. Whatever fails, nothing of it is left, and a file that had the name before is as it was. Throws
 * only what `texts` throw.
 */
export async function saveWhole({ path, own, texts, signal, begun }: Saving): Promise<SaveFailure | null> {
  let unfinished: string | null = null
  let file: FileHandle | null = null
  try {
    // Of a link, what it leads to is replaced, and not the link.
    const found = await realpath(path).catch(() => null)
    // One that leads nowhere would itself be replaced.
    if (found === null && (await isLink(path))) return 'file_gone'
    const target = found ?? resolve(path)
    const folder = await realpath(dirname(target))
    // A folder, or a device, which whoever may do anything would lose for a file of ours.
    if (await isNoFile(target)) return 'file_failed'
    if (`${folder}${sep}`.startsWith(`${await realpath(own)}${sep}`)) return 'file_forbidden'
    if (signal.aborted) return 'cancelled'
    unfinished = join(folder, `.latchkey-${randomBytes(8).toString('hex')}.part`)
    // Before it is there: who ends the app in between takes it away as well.
    begun(unfinished)
    file = await open(unfinished, 'wx', 0o600)
    // It may have been made after that.
    if (signal.aborted) return 'cancelled'
    for await (const text of texts) {
      if (signal.aborted) break
      await file.appendFile(text)
    }
    if (!signal.aborted) await file.sync()
    await file.close()
    file = null
    if (signal.aborted) return 'cancelled'
    await rename(unfinished, target)
    unfinished = null
    await syncFolder(folder)
    return null
  } catch (error) {
    const failure = failureOf(error)
    if (failure === null) throw error
    return failure
  } finally {
    await file?.close().catch(() => undefined)
    if (unfinished !== null) await rm(unfinished, { force: true }).catch(() => undefined)
  }
}

async function isLink(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => null)
  return found?.isSymbolicLink() === true
}

async function isNoFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null)
  return found !== null && !found.isFile()
}

/** Null for what is no error of the file system's. */
function failureOf(error: unknown): SaveFailure | null {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return null
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return 'file_no_room'
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'file_forbidden'
    case 'ENOENT':
    case 'ENOTDIR':
      return 'file_gone'
    default:
      return 'file_failed'
  }
}

/** So that the name outlives a loss of power; Windows opens no folder, and needs none. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => null)
  await folder?.sync().catch(() => undefined)
  await folder?.close().catch(() => undefined)
}
