import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ConversationId } from '../../../core/ids'
import type { RequestError } from '../../../shared/ipc/transport'
import { request as askMain, type Request } from '../../bridge/client'

/** A conversation that was just deleted and can be had back. */
export interface Deleted {
  readonly id: ConversationId
  readonly title: string
  /** Whether it was the one on screen, and so is shown again with its return. */
  readonly wasShown: boolean
}

export interface ConversationActs {
  readonly deleted: Deleted | null
  /** Why the last act was refused. */
  readonly refusal: RequestError | null
  rename(conversationId: ConversationId, title: string): Promise<void>
  /** Whether it is gone. */
  remove(conversation: Deleted): Promise<boolean>
  /** What came back, or null. */
  undo(): Promise<Deleted | null>
  dismiss(): void
  /** It came back or went for good elsewhere, or with null all did: nothing offers to bring it back. */
  settled(conversationId: ConversationId | null): void
}

/** What is done to conversations as a whole. `request` is the bridge; tests answer in its place. */
export function createConversationActs(request: Request): StoreApi<ConversationActs> {
  return createStore<ConversationActs>()((set, get) => ({
    deleted: null,
    refusal: null,

    async rename(conversationId, title) {
      const result = await request('conversation.rename', { conversationId, title })
      if (!result.ok) set({ refusal: result.error, deleted: null })
    },

    async remove(conversation) {
      const result = await request('conversation.delete', { conversationId: conversation.id })
      if (result.ok) set({ deleted: conversation, refusal: null })
      else set({ deleted: null, refusal: result.error })
      return result.ok
    },

    async undo() {
      const { deleted } = get()
      if (deleted === null) return null
      // Gone from view at once: a second press must not ask again.
      set({ deleted: null })
      const result = await request('conversation.restore', { conversationId: deleted.id })
      if (result.ok) return deleted
      set({ refusal: result.error })
      return null
    },

    dismiss: () => set({ deleted: null, refusal: null }),

    settled(conversationId) {
      if (conversationId === null || get().deleted?.id === conversationId) get().dismiss()
    },
  }))
}

export const conversationActs = createConversationActs(askMain)

/** Reads what was done last by selector. */
export function useConversationActs<Selected>(select: (state: ConversationActs) => Selected): Selected {
  return useStore(conversationActs, select)
}
