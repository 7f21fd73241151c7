import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { RequestError } from '../../shared/ipc/transport'
import { request as askMain, type Request } from '../bridge/client'
import type { LinkActs } from '../markdown/link-acts'
import type { SafeLink } from '../markdown/link-policy'

/** A link that waits for a word of the user's. */
export interface AskedLink {
  readonly link: SafeLink
  /** What it says of itself. */
  readonly text: string
  /** Who wrote it: a model, or whoever keeps the price book, where a price was read. */
  readonly by: 'model' | 'book'
}

interface LinkState {
  /** One at a time: while one is asked about, others are not. */
  readonly asked: AskedLink | null
  /** Where the link under the pointer or the focus leads. */
  readonly pointed: string | null
  /** Why it was not opened: the main process would not, or too many were. */
  readonly refusal: RequestError | 'too_many' | null
  ask(link: SafeLink, text: string, by?: AskedLink['by']): void
  point(link: SafeLink | null): void
  dismiss(): void
  /** Opens what is asked about. */
  confirm(): Promise<void>
}

/** So many links may be opened within so many milliseconds. */
export const OPENINGS = { most: 5, withinMs: 60_000 } as const

/**
 * Links that a model wrote, on their way to the browser. `request` is the bridge, `nowMs` a clock that only goes
 * forward; tests stand in for both.
 */
export function createLinkStore(request: Request, nowMs: () => number): StoreApi<LinkState> {
  let openedMs: readonly number[] = []
  let opening: AskedLink | null = null
  return createStore<LinkState>()((set, get) => ({
    asked: null,
    pointed: null,
    refusal: null,

    ask: (link, text, by = 'model') =>
      set(({ asked }) => (asked === null ? { asked: { link, text, by }, refusal: null } : {})),
    point: (link) => set({ pointed: link?.leadsTo ?? null }),
    dismiss: () => set({ asked: null, refusal: null }),

    async confirm() {
      const { asked } = get()
      if (asked === null || asked === opening) return
      const now = nowMs()
      openedMs = openedMs.filter((atMs) => atMs > now - OPENINGS.withinMs)
      if (openedMs.length >= OPENINGS.most) return set({ refusal: 'too_many' })
      openedMs = [...openedMs, now]
      opening = asked
      const result = await request('link.open', { url: asked.link.url })
      opening = null
      // What is asked about by now may be another one.
      if (get().asked !== asked) return
      set(result.ok ? { asked: null, refusal: null } : { refusal: result.error })
    },
  }))
}

const linkStore = createLinkStore(askMain, () => performance.now())

/** The links of the window. */
export function useLinks<T>(select: (state: LinkState) => T): T {
  return useStore(linkStore, select)
}

/** What links in answers ask of it. */
export const linkActs: LinkActs = {
  open: (link, text) => linkStore.getState().ask(link, text),
  point: linkStore.getState().point,
}

/** What links to the sources of prices ask of it. */
export const sourceActs: LinkActs = {
  open: (link, text) => linkStore.getState().ask(link, text, 'book'),
  point: linkStore.getState().point,
}
