import { create } from 'zustand'
import type { RequestId } from '../../../core/ids'
import type { RequestPurpose } from '../../../core/request-purpose'
import type { RequestError } from '../../../shared/ipc/transport'
import type { NetworkRowView } from '../../../shared/ipc/network-views'
import { request } from '../../bridge/client'

interface Filter {
  readonly host: string | null
  readonly purpose: RequestPurpose | null
}

interface NetworkState extends Filter {
  /** Null until the log was asked for. */
  readonly rows: readonly NetworkRowView[] | null
  readonly more: boolean
  readonly hosts: readonly string[]
  readonly total: number
  readonly error: RequestError | null
  /** Shows the log from its newest row on. */
  load(filter?: Partial<Filter>): Promise<void>
  loadMore(): Promise<void>
  clear(): Promise<RequestError | null>
  leave(): void
}

const EMPTY = { rows: null, more: false, hosts: [], total: 0, host: null, purpose: null, error: null } as const

/** The log of requests, while its page is looked at. */
export const useNetwork = create<NetworkState>()((set, get) => {
  /** Counts questions, so that an answer that was overtaken by another filter is dropped. */
  let latest = 0

  async function ask(before: RequestId | null): Promise<void> {
    latest += 1
    const mine = latest
    const { host, purpose } = get()
    const result = await request('network.list', { before, host, purpose })
    if (mine !== latest) return
    if (!result.ok) return set({ error: result.error })
    const { rows, ...rest } = result.value
    set({ ...rest, rows: before === null ? rows : [...(get().rows ?? []), ...rows], error: null })
  }

  return {
    ...EMPTY,
    load(filter = {}) {
      set(filter)
      return ask(null)
    },
    async loadMore() {
      const last = get().rows?.at(-1)
      if (last !== undefined) await ask(last.id)
    },
    async clear() {
      const result = await request('network.clear', {})
      if (!result.ok) return result.error
      await get().load({ host: null, purpose: null })
      return null
    },
    leave() {
      latest += 1
      set(EMPTY)
    },
  }
})
