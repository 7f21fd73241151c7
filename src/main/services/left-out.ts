import type { ConversationId } from '../../core/ids'
import type { Result } from '../../shared/ipc/transport'
import type { Storage } from '../storage/storage'
import { done } from './result'

/** The setting it is kept in, so that the next start knows it, however this one ends. */
const SETTING = 'leftOutConversation'

/**
 * Which conversation the window shows, and which one it could not: a page that hung or ended with it is not to open it by
 * itself again. Of a private one that is known in memory alone.
 */
export function createLeftOut(storage: Pick<Storage, 'conversations' | 'isOpen' | 'settings'>) {
  let shown: ConversationId | null = null
  let failed: ConversationId | null = null

  const put = (id: ConversationId | null): void => {
    failed = id
    // One that is gone may have been private.
    const isKept = id !== null && storage.conversations.get(id)?.isPrivate === false
    const kept = isKept ? id : null
    if ((storage.settings.get(SETTING) ?? null) !== kept) storage.settings.put(SETTING, kept)
  }

  /** What lies in the file is not trusted to be what was written. */
  const leftOut = (): ConversationId | null => {
    const id = failed ?? storage.settings.get(SETTING)
    if (typeof id !== 'string') return null
    return storage.conversations.get(id as ConversationId)?.id ?? null
  }

  return {
    leftOut,

    /** A page begins, and shows nothing yet. Returns what it is to leave out. */
    begin(): ConversationId | null {
      shown = null
      return leftOut()
    },

    /** Said before it is drawn; null for anything but a conversation. */
    shows({ conversationId }: { conversationId: ConversationId | null }): Result<null> {
      shown = conversationId
      return done(null)
    },

    /** It has been drawn after all, or its user does not want to be told of it any more. */
    forget(): Result<null> {
      put(null)
      return done(null)
    },

    /** The page does not answer, or has ended. Whatever it showed is what it could not show. */
    windowFailed(): void {
      if (shown !== null && storage.isOpen()) put(shown)
    },

    /** It only took long. */
    windowRecovered(): void {
      if (storage.isOpen() && leftOut() === shown) put(null)
    },
  }
}

/** What can be asked of it. */
export type LeftOut = ReturnType<typeof createLeftOut>
