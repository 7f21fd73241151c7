import { create } from 'zustand'
import { DELETE_EVERYTHING } from '../../../core/retention'
import type { RequestError } from '../../../shared/ipc/transport'
import type { DataView, DeletedEverythingView, PurgedView } from '../../../shared/ipc/data-views'
import { request } from '../../bridge/client'

interface DataState {
  /** What is on this computer, as it was looked at last. */
  readonly data: DataView | null
  /** Why it could not be looked at. */
  readonly error: RequestError | null
  /** What was removed for good last. */
  readonly purged: PurgedView | null
  /** What deleting everything has removed: then there is nothing else to show. */
  readonly erased: DeletedEverythingView | null
  /** What is there now, or null where that could not be seen. */
  look(): Promise<DataView | null>
  /** Null once it is done, or why it is not. */
  purge(): Promise<RequestError | null>
  erase(): Promise<RequestError | null>
  /** What was said of the last removal is not said any more. */
  forgetPurged(): void
}

/** What Latchkey keeps on this computer, and its going. */
export const useData = create<DataState>()((set, get) => ({
  data: null,
  error: null,
  purged: null,
  erased: null,

  async look() {
    const result = await request('data.look', {})
    set(result.ok ? { data: result.value, error: null } : { error: result.error })
    return result.ok ? result.value : null
  },

  async purge() {
    const result = await request('data.purge', {})
    if (!result.ok) return result.error
    set({ purged: result.value })
    await get().look()
    return null
  },

  async erase() {
    const result = await request('data.deleteEverything', { confirm: DELETE_EVERYTHING })
    if (!result.ok) return result.error
    set({ erased: result.value })
    return null
  },

  forgetPurged: () => set({ purged: null }),
}))
