import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { ConversationId } from '../../core/ids'
import type { BackgroundView } from '../../shared/ipc/views'

/** A page beside the sidebar. A conversation without an id has not begun. */
export type PagePlace =
  | { readonly name: 'conversation'; readonly conversationId: ConversationId | null }
  | { readonly name: 'spend' }
  | { readonly name: 'keys' }
  | { readonly name: 'network' }
  /** `at`: the switch that is looked for. */
  | { readonly name: 'settings'; readonly at?: keyof BackgroundView }

/** Where the window is. The form for a key fills it, and leads back to where it was entered from. */
export type Place = PagePlace | { readonly name: 'add-key'; readonly from: PagePlace }

interface NavigationState {
  readonly place: Place
  go(place: Place): void
  addKey(): void
}

export const NEW_CONVERSATION: PagePlace = { name: 'conversation', conversationId: null }

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
