import { create } from 'zustand'
import type { RequestError } from '../../../shared/ipc/transport'
import type { CallView, MonthView } from '../../../shared/ipc/views'
import { request } from '../../bridge/client'

interface SpendState {
  readonly month: MonthView | null
  /** The latest calls, newest first; null until they were asked for. */
  readonly calls: readonly CallView[] | null
  readonly error: RequestError | null
  receive(month: MonthView): void
  load(): Promise<void>
  /** The calls are no longer looked at. */
  leave(): void
}

/** What this month has cost. The total arrives by itself, the calls when their page is looked at. */
export const useSpend = create<SpendState>()((set, get) => ({
  month: null,
  calls: null,
  error: null,
  receive(month) {
    set({ month })
    // The total changes with every call that is booked, and with it the list.
    if (get().calls !== null) void get().load()
  },
  async load() {
    const result = await request('spend.month', {})
    if (!result.ok) return set({ error: result.error })
    const { calls, ...month } = result.value
    return set({ month, calls, error: null })
  },
  leave: () => set({ calls: null, error: null }),
}))
