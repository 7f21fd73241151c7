import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder of one test, removed with everything in it. */
export interface TempDir {
  readonly path: string
  /** A path inside the folder; nothing is created. */
  file(...parts: string[]): string
  remove(): Promise<void>
}

/** Makes an empty folder under the system's temporary one. The caller removes it. */
export async function makeTempDir(): Promise<TempDir> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'latchkey-test-')))
  return {
    path,
    file: (...parts) => join(path, ...parts),
    // Windows refuses to remove files that a process just let go of; a few tries outlast that.
    remove: () => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }),
  }
}

/** Does `work` with an empty folder and removes the folder, however `work` ends. */
export async function withTempDir<Result>(work: (dir: TempDir) => Promise<Result>): Promise<Result> {
  const dir = await makeTempDir()
  try {
    return await work(dir)
  } finally {
    await dir.remove()
  }
}
