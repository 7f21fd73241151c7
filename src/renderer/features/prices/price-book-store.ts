import { create } from 'zustand'
import type { PriceId } from '../../../core/ids'
import type { PriceBookView } from '../../../shared/ipc/price-views'
import type { RequestError } from '../../../shared/ipc/transport'
import { request } from '../../bridge/client'

interface PriceBookState {
  /** Null until it was asked for. */
  readonly book: PriceBookView | null
  readonly error: RequestError | null
  /** `unasked`: because something has changed, and not because somebody looked. */
  load(unasked?: boolean): Promise<void>
  /** Prices or sums have changed: what is shown is read again, and what is not shown is not. */
  changed(): void
  /** Why it was not removed; null when it was. */
  remove(priceId: PriceId): Promise<RequestError | null>
  /** It is no longer looked at. */
  leave(): void
}

/** Every price there is, for as long as somebody looks. */
export const usePriceBook = create<PriceBookState>()((set, get) => {
  let latest = 0
  let looking = false
  return {
    book: null,
    error: null,
    async load(unasked = false) {
      looking = true
      latest += 1
      const mine = latest
      const result = await request('price.book', unasked ? { unasked } : {})
      if (mine !== latest) return
      set(result.ok ? { book: result.value, error: null } : { error: result.error })
    },
    changed() {
      if (looking) void get().load(true)
    },
    async remove(priceId) {
      const result = await request('price.remove', { priceId })
      if (!result.ok) return result.error
      if (looking) await get().load()
      return null
    },
    leave() {
      latest += 1
      looking = false
      set({ book: null, error: null })
    },
  }
})
