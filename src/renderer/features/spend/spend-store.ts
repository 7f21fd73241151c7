import { create } from 'zustand'
import type { RequestError } from '../../../shared/ipc/transport'
import type { SpendView } from '../../../shared/ipc/spend-views'
import type { MonthView } from '../../../shared/ipc/views'
import { request } from '../../bridge/client'

/** What a month is made of. */
export type SpendDetail = Omit<SpendView, keyof MonthView>

interface SpendState {
  readonly month: MonthView | null
  /** Null until it was asked for. */
  readonly detail: SpendDetail | null
  readonly error: RequestError | null
  receive(month: MonthView): void
  /** `unasked`: because something has changed, and not because somebody looked. */
  load(unasked?: boolean): Promise<void>
  /** The detail is no longer looked at. */
  leave(): void
}

/** What this month has cost. The total arrives by itself, the detail when its page is looked at. */
export const useSpend = create<SpendState>()((set, get) => ({
  month: null,
  detail: null,
  error: null,
  receive(month) {
    set({ month })
    // The total changes with every call that is booked, and with it the detail.
    if (get().detail !== null) void get().load(true)
  },
  async load(unasked = false) {
    const result = await request('spend.month', unasked ? { unasked } : {})
    if (!result.ok) return set({ error: result.error })
    const { month, spend, callCount, ...detail } = result.value
    return set({ month: { month, spend, callCount }, detail, error: null })
  },
  leave: () => set({ detail: null, error: null }),
}))
