import { createHash } from 'node:crypto'
import type { Result } from '../../shared/ipc/transport'
import type { Clipboard, Clock } from '../ports'
import { done } from './result'

interface Needs {
  readonly clipboard: Clipboard
  readonly clock: Clock
}

/** Later than that nobody expects the clipboard to be touched. */
const REMEMBERED_MS = 10 * 60_000

/** Takes a key off the clipboard it was pasted from, and nothing else. Remembers no key, but the digest of the last. */
export function createClipboardService({ clipboard, clock }: Needs) {
  let last: { readonly digest: string; readonly atMs: number } | null = null

  return {
    /** A key has been entered and is kept. */
    entered(key: string): void {
      last = { digest: digestOf(key), atMs: clock.now() }
    },

    async clearIf(): Promise<Result<{ cleared: boolean }>> {
      const age = last === null ? Infinity : clock.now() - last.atMs
      if (last === null || age < 0 || age > REMEMBERED_MS) {
        last = null
        return done({ cleared: false })
      }
      // A clipboard that cannot be read is one that was not cleared, which is all that is said.
      const text = await clipboard.read().catch(() => null)
      if (text === null || digestOf(text) !== last.digest) return done({ cleared: false })
      clipboard.clear()
      last = null
      return done({ cleared: true })
    },
  }
}

/** What can be asked of it. */
export type ClipboardService = ReturnType<typeof createClipboardService>

/** Without the white space that pasting brings along, as keys are kept. */
function digestOf(text: string): string {
  return createHash('sha256').update(text.trim()).digest('base64')
}
