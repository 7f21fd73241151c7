import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { request as askMain, type Request } from '../../bridge/client'

/** Whether a key may still be on the clipboard, or what came of taking it off. */
export type ClipboardState = 'quiet' | 'offered' | 'cleared' | 'left'

interface ClipboardStore {
  readonly state: ClipboardState
  /** A key field is empty again. */
  opened(): void
  /** Something was pasted into a key field. Only that it was: the page keeps no key. */
  pasted(): void
  /** What is in the field has been kept as a key. */
  entered(): void
  clear(): Promise<void>
  dismiss(): void
}

/** The clipboard after a key was pasted. `request` is the bridge; tests answer in its place. */
export function createClipboardStore(request: Request): StoreApi<ClipboardStore> {
  let wasPasted = false
  return createStore<ClipboardStore>()((set) => ({
    state: 'quiet',
    opened: () => void (wasPasted = false),
    pasted: () => void (wasPasted = true),
    entered() {
      if (wasPasted) set({ state: 'offered' })
      wasPasted = false
    },
    async clear() {
      const result = await request('clipboard.clearIf', {})
      set({ state: result.ok && result.value.cleared ? 'cleared' : 'left' })
    },
    dismiss: () => set({ state: 'quiet' }),
  }))
}

export const clipboardStore = createClipboardStore(askMain)

/** What is to be said of the clipboard. */
export function useClipboardState(): ClipboardState {
  return useStore(clipboardStore, ({ state }) => state)
}
