import { create } from 'zustand'
import type { ConnectionId } from '../../../core/ids'
import type { ConnectionView, VaultView } from '../../../shared/ipc/views'
import { request as ask, type Request } from '../../bridge/client'

interface VaultState {
  /** Null until the main process has answered. */
  readonly vault: VaultView | null
  readonly connections: readonly ConnectionView[]
  receive(vault: VaultView, connections: readonly ConnectionView[]): void
  /** Asks anew what is known of keys: what they cost changes with every answer. */
  refresh(request?: Request, unasked?: boolean): Promise<void>
  /** Takes in one connection as a request answered it, ahead of the event that says the same. */
  keep(connection: ConnectionView): void
  /** Takes in what a request answered about the vault; the event that follows tells the keys. */
  learn(vault: VaultView): void
  /** Lets go of one that was removed, ahead of the event that says the same. */
  drop(id: ConnectionId): void
}

/** The connections and what may be known of their keys. A key itself never comes here, not even on its way in. */
export const useVault = create<VaultState>()((set, get) => ({
  vault: null,
  connections: [],
  receive: (vault, connections) => set({ vault, connections }),
  async refresh(request = ask, unasked = false) {
    const result = await request('key.status', unasked ? { unasked } : {})
    if (result.ok) get().receive(result.value.vault, result.value.connections)
  },
  keep: (connection) =>
    set(({ connections }) => ({
      connections: connections.some(({ id }) => id === connection.id)
        ? connections.map((other) => (other.id === connection.id ? connection : other))
        : [...connections, connection],
    })),
  learn: (vault) => set({ vault }),
  drop: (id) => set(({ connections }) => ({ connections: connections.filter((other) => other.id !== id) })),
}))
