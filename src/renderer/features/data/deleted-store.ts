import { create } from 'zustand'
import type { ConversationId } from '../../../core/ids'
import type { DeletedListView, DeletedView } from '../../../shared/ipc/data-views'
import type { RequestError } from '../../../shared/ipc/transport'
import { request } from '../../bridge/client'

interface DeletedState {
  /** Null until it was asked for. */
  readonly list: DeletedListView | null
  /** Why it could not be read, or the last act was refused. */
  readonly error: RequestError | null
  /** What was brought back last, while its page is looked at. */
  readonly restored: DeletedView | null
  load(): Promise<void>
  /** Whether it is back. */
  restore(conversation: DeletedView): Promise<boolean>
  /** Null once it is gone, or why it is not. */
  deleteForGood(conversationId: ConversationId): Promise<RequestError | null>
  leave(): void
}

const EMPTY = { list: null, error: null, restored: null } as const

/** Deleted conversations, while their page is looked at. */
export const useDeleted = create<DeletedState>()((set, get) => {
  /** Counts questions, so that an answer that was overtaken by another one is dropped. */
  let latest = 0
  return {
    ...EMPTY,

    async load() {
      latest += 1
      const mine = latest
      const result = await request('conversation.deleted', {})
      if (mine !== latest) return
      set(result.ok ? { list: result.value, error: null } : { error: result.error })
    },

    async restore(conversation) {
      const result = await request('conversation.restore', { conversationId: conversation.id })
      await get().load()
      set(result.ok ? { restored: conversation } : { error: result.error, restored: null })
      return result.ok
    },

    async deleteForGood(conversationId) {
      set({ restored: null })
      const result = await request('conversation.deleteForGood', { conversationId })
      // Whatever came of it: what stays of it may be only its traces.
      await get().load()
      return result.ok ? null : result.error
    },

    leave() {
      latest += 1
      set(EMPTY)
    },
  }
})
