import { create } from 'zustand'
import type { ConversationSummary } from '../../../shared/ipc/views'

interface ConversationsState {
  readonly conversations: readonly ConversationSummary[]
  receive(conversations: readonly ConversationSummary[]): void
}

/** The list in the sidebar, as the main process last told it. */
export const useConversations = create<ConversationsState>()((set) => ({
  conversations: [],
  receive: (conversations) => set({ conversations }),
}))
