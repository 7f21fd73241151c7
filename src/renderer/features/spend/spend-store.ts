import { create } from 'zustand'
import type { CallId } from '../../../core/ids'
import type { SpendQuery } from '../../../core/spend-query'
import type { RequestError, Result } from '../../../shared/ipc/transport'
import type {
  CallDetailView,
  CallsView,
  CallView,
  ForecastView,
  SpendPageView,
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
  /** Shows a view with nothing before it. */
  begin(place: SpendPlace): void
  /** The page is out of sight, and may be come back to. */
  pause(): void
  /** It is looked at again, as it was. */
  resume(): void
}

const NOTHING = { place: null, past: [], detail: null, call: null, error: null } as const
/** More steps back than anybody remembers. */
const PAST = 100

/** What has been spent. The total of the month arrives by itself, all else when the page is looked at. */
export const useSpend = create<SpendState>()((set, get) => {
  /** Counts questions, so that an answer that was overtaken by another view is dropped. */
  let latest = 0
  /** Whether anybody looks, and whether there is news that is not shown. */
  let shown = false
  let stale = false

  return {
    month: null,
    ...NOTHING,
    receive(month) {
      set({ month })
      // The total changes with every call that is booked, and with it the detail.
      stale = true
      if (shown && get().detail !== null) void get().load(true)
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
      // Until the answer is here: it may be refused, or overtaken by nobody looking any more.
      stale = true
      const asked = unasked ? { unasked } : {}
      const least = isSame(get().detail, place) ? (get().detail?.calls.length ?? 0) : 0
      const first = await request('spend.page', { query: place.query, ...asked })
      const page = first.ok ? await withCalls(first.value, place.query, least, asked) : first
      if (mine !== latest) return
      stale = !page.ok
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
      if (!shown) return
      set(result.ok ? { call: result.value } : { error: result.error })
    },
    closeCall: () => set({ call: null }),
    begin(place) {
      shown = true
      set(NOTHING)
      get().go(place)
    },
    pause() {
      shown = false
      latest += 1
      set({ call: null, error: null })
    },
    resume() {
      shown = true
      // Read in vain when it is as it was, and pages of calls with it.
      if (stale || get().detail?.place !== get().place) void get().load()
    },
  }
})

function isSame(detail: SpendDetail | null, place: SpendPlace): boolean {
  return detail !== null && detail.place.query === place.query
}

/** A page with as many calls as are shown already at least: what is read further down stays. */
async function withCalls(
  page: SpendPageView,
  { range, filter }: SpendQuery,
  least: number,
  asked: { readonly unasked?: true },
): Promise<Result<SpendPageView>> {
  let { calls, next } = page
  while (next !== null && calls.length < least) {
    // oxlint-disable-next-line no-await-in-loop -- each page says where the next begins.
    const more: Result<CallsView> = await request('spend.calls', { range, filter, before: next, ...asked })
    if (!more.ok) return more
    calls = [...calls, ...more.value.calls]
    next = more.value.next
  }
  return { ok: true, value: { ...page, calls, next } }
}
