import type { ConversationId } from '../../../core/ids'
import type { Request } from '../../bridge/client'
import { draftsStore, writtenIn, type DraftKey } from './drafts-store'
import { isEdit } from './edits-store'

/** How long what is written may wait for the disk. */
const PAUSE_MS = 500
/** Handing over a text of this many characters takes a while itself. */
const LONG_TEXT = 200_000
const LONG_PAUSE_MS = 2000

export interface DraftSaver {
  /** Hands over at once what waits, such as before the window closes. */
  flush(): void
  end(): void
}

/**
 * Hands over each draft that has changed, never more often than twice a second and never one twice at a time. What is in
 * the store when it begins is kept already. The draft of a private conversation that has not begun never leaves the window,
 * nor does an edit: what it was made of is kept.
 */
export function createDraftSaver(request: Request): DraftSaver {
  let kept = written()
  let timer: ReturnType<typeof setTimeout> | undefined
  const busy = new Set<DraftKey>()

  const changed = (): DraftKey[] => {
    const now = written()
    const keys = new Set([...Object.keys(kept), ...Object.keys(now)]) as Set<DraftKey>
    return [...keys].filter((key) => key !== 'private' && !isEdit(key) && (kept[key] ?? '') !== (now[key] ?? ''))
  }

  async function hand(key: DraftKey): Promise<void> {
    const text = writtenIn(draftsStore.getState(), key)
    kept = { ...kept, [key]: text }
    busy.add(key)
    await request('draft.keep', { conversationId: key === 'new' ? null : (key as ConversationId), text })
    busy.delete(key)
    wait()
  }

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    for (const key of changed()) if (!busy.has(key)) void hand(key)
  }

  function wait(): void {
    if (timer !== undefined) return
    const waiting = changed()
    if (waiting.length === 0) return
    const isLong = waiting.some((key) => writtenIn(draftsStore.getState(), key).length > LONG_TEXT)
    timer = setTimeout(flush, isLong ? LONG_PAUSE_MS : PAUSE_MS)
  }

  const unsubscribe = draftsStore.subscribe(wait)
  return {
    flush,
    end() {
      unsubscribe()
      clearTimeout(timer)
    },
  }
}

/** What waits to be sent is written too. */
function written(): Readonly<Partial<Record<DraftKey, string>>> {
  const state = draftsStore.getState()
  const keys = [...Object.keys(state.drafts), ...Object.keys(state.queued)] as DraftKey[]
  return Object.fromEntries(keys.map((key) => [key, writtenIn(state, key)]))
}
