import { create } from 'zustand'
import type { ConnectionId, PriceId } from '../../../core/ids'
import type { RequestError, Result } from '../../../shared/ipc/transport'
import type { OwnPriceView, SettledPriceView } from '../../../shared/ipc/views'
import { request } from '../../bridge/client'
import type { GivenPrice } from './price-form'

interface PricesState {
  /** Whose prices are looked at. */
  readonly connectionId: ConnectionId | null
  readonly prices: readonly OwnPriceView[]
  readonly error: RequestError | null
  load(connectionId: ConnectionId): Promise<void>
  /** Sets a price; another one keeps the days before it. */
  keep(connectionId: ConnectionId, price: GivenPrice): Promise<Result<SettledPriceView>>
  /** Whether it is gone. */
  remove(connectionId: ConnectionId, priceId: PriceId): Promise<boolean>
}

/** The prices of the user's own for the connection whose price is asked for. */
export const usePrices = create<PricesState>()((set, get) => ({
  connectionId: null,
  prices: [],
  error: null,
  async load(connectionId) {
    if (get().connectionId !== connectionId) set({ connectionId, prices: [] })
    const result = await request('price.list', { connectionId })
    if (get().connectionId !== connectionId) return
    set(result.ok ? { prices: result.value, error: null } : { error: result.error })
  },
  async keep(connectionId, price) {
    const result = await request('price.set', { connectionId, price })
    if (result.ok) await get().load(connectionId)
    return result
  },
  async remove(connectionId, priceId) {
    const result = await request('price.remove', { priceId })
    if (result.ok) await get().load(connectionId)
    else set({ error: result.error })
    return result.ok
  },
}))
