import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { ConversationId, MessageId } from '../../core/ids'
import type { BackgroundView } from '../../shared/ipc/views'
import type { SpendPlace } from '../features/spend/spend-view'

/** What has led to a conversation, and is gone back to as it was left. Another object is another way there. */
export interface Lead {
  readonly from: 'spend'
  /** The message that was meant; null for the conversation as it is. */
  readonly messageId: MessageId | null
}

/** A page beside the sidebar. A conversation without an id has not begun, and is private or not from the first message. */
export type PagePlace =
  | {
      readonly name: 'conversation'
      readonly conversationId: ConversationId | null
      readonly isPrivate?: true
      readonly lead?: Lead
    }
  /** `show`: what is looked at there; left out for this month. */
  | { readonly name: 'spend'; readonly show?: SpendPlace }
  /** `at`: the id of the price that is looked for there, as a line of a call names it. */
  | { readonly name: 'prices'; readonly at?: string }
  | { readonly name: 'keys' }
  | { readonly name: 'network' }
  | { readonly name: 'deleted' }
  /** `at`: what is looked for there. */
  | { readonly name: 'settings'; readonly at?: keyof BackgroundView | 'retention' | 'loop' }

/** The question how long conversations are kept, and what follows its answer. */
export interface QuestionPlace {
  readonly name: 'retention'
  readonly from: PagePlace
}

/** Where the window is. The form for a key fills it, and leads back to where it was entered from. */
export type Place = PagePlace | QuestionPlace | { readonly name: 'add-key'; readonly from: PagePlace | QuestionPlace }

interface NavigationState {
  readonly place: Place
  go(place: Place): void
  addKey(): void
}

export const NEW_CONVERSATION: PagePlace = { name: 'conversation', conversationId: null }
export const NEW_PRIVATE: PagePlace = { name: 'conversation', conversationId: null, isPrivate: true }

/** What the window shows. */
export const navigation = createStore<NavigationState>()((set) => ({
  place: NEW_CONVERSATION,
  go: (place) => set({ place }),
  addKey: () =>
    set(({ place }) => ({ place: { name: 'add-key', from: place.name === 'add-key' ? place.from : place } })),
}))

/** Where the window is now. */
export function usePlace(): Place {
  return useStore(navigation, (state) => state.place)
}
