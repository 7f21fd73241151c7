import { create } from 'zustand'
import type { ConnectionId } from '../../../core/ids'
import type { ConnectionView, VaultView } from '../../../shared/ipc/views'

interface VaultState {
  /** Null until the main process has answered. */
  readonly vault: VaultView | null
  readonly connections: readonly ConnectionView[]
  receive(vault: VaultView, connections: readonly ConnectionView[]): void
  /** Takes in one connection as a request answered it, ahead of the event that says the same. */
  keep(connection: ConnectionView): void
  /** Lets go of one that was removed, ahead of the event that says the same. */
  drop(id: ConnectionId): void
}

/** The connections and what may be known of their keys. A key itself never comes here, not even on its way in. */
export const useVault = create<VaultState>()((set) => ({
  vault: null,
  connections: [],
  receive: (vault, connections) => set({ vault, connections }),
  keep: (connection) =>
    set(({ connections }) => ({
      connections: connections.some(({ id }) => id === connection.id)
        ? connections.map((other) => (other.id === connection.id ? connection : other))
        : [...connections, connection],
    })),
  drop: (id) => set(({ connections }) => ({ connections: connections.filter((other) => other.id !== id) })),
}))
