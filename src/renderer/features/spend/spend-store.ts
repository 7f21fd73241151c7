import { create } from 'zustand'
import type { CallId } from '../../../core/ids'
import type { RequestError } from '../../../shared/ipc/transport'
import type {
  CallDetailView,
  CallView,
  ForecastView,
  SpendPartView,
  SpendReportView,
} from '../../../shared/ipc/spend-views'
import type { MonthView } from '../../../shared/ipc/views'
import { request } from '../../bridge/client'
import type { SpendPlace } from './spend-view'

/** What a view of spend shows. */
export interface SpendDetail {
  /** What it was asked as: another is under way while this is not the place. */
  readonly place: SpendPlace
  readonly report: SpendReportView
  readonly providers: readonly SpendPartView[]
  readonly conversations: readonly SpendPartView[]
  readonly forecast: ForecastView
  /** Newest first. */
  readonly calls: readonly CallView[]
  readonly next: CallId | null
}

interface SpendState {
  readonly month: MonthView | null
  /** Null until it was asked for. */
  readonly place: SpendPlace | null
  /** What was looked at before, the last one last. */
  readonly past: readonly SpendPlace[]
  readonly detail: SpendDetail | null
  /** The call that is looked into. */
  readonly call: CallDetailView | null
  readonly error: RequestError | null
  receive(month: MonthView): void
  /** Shows a view; the one before is a step back. */
  go(place: SpendPlace): void
  back(): void
  /** `unasked`: because something has changed, and not because somebody looked. */
  load(unasked?: boolean): Promise<void>
  loadMore(): Promise<void>
  openCall(callId: CallId): Promise<void>
  closeCall(): void
  /** The detail is no longer looked at. */
  leave(): void
}

const NOTHING = { place: null, past: [], detail: null, call: null, error: null } as const
/** More steps back than anybody remembers. */
const PAST = 100

/** What has been spent. The total of the month arrives by itself, all else when the page is looked at. */
export const useSpend = create<SpendState>()((set, get) => {
  /** Counts questions, so that an answer that was overtaken by another view is dropped. */
  let latest = 0

  return {
    month: null,
    ...NOTHING,
    receive(month) {
      set({ month })
      // The total changes with every call that is booked, and with it the detail.
      if (get().detail !== null) void get().load(true)
    },
    go(place) {
      const before = get().place
      set({ place, past: before === null ? [] : [...get().past, before].slice(-PAST) })
      void get().load()
    },
    back() {
      const { past } = get()
      const place = past.at(-1)
      if (place === undefined) return
      set({ place, past: past.slice(0, -1) })
      void get().load()
    },
    async load(unasked = false) {
      const { place } = get()
      if (place === null) return
      latest += 1
      const mine = latest
      const page = await request('spend.page', { query: place.query, ...(unasked ? { unasked } : {}) })
      if (mine !== latest) return
      set(page.ok ? { detail: { place, ...page.value }, error: null } : { error: page.error })
    },
    async loadMore() {
      const { detail } = get()
      if (detail === null || detail.next === null) return
      const mine = latest
      const { range, filter } = detail.place.query
      const more = await request('spend.calls', { range, filter, before: detail.next })
      if (mine !== latest) return
      if (!more.ok) return set({ error: more.error })
      const { calls, next } = more.value
      set({ detail: { ...detail, calls: [...detail.calls, ...calls], next }, error: null })
    },
    async openCall(callId) {
      const result = await request('spend.call', { callId })
      if (get().place === null) return
      set(result.ok ? { call: result.value } : { error: result.error })
    },
    closeCall: () => set({ call: null }),
    leave() {
      latest += 1
      set(NOTHING)
    },
  }
})
