import type { ConnectionId } from '../../core/ids'
import { PROVIDERS, type ProviderId } from '../../core/provider'
import type { Result } from '../../shared/ipc/transport'
import type { ConnectionView, KeyView, VaultView } from '../../shared/ipc/views'
import type { Clock, NewId } from '../ports'
import type { Connection } from '../storage/connections'
import type { Storage } from '../storage/storage'
import type { Vault } from '../vault/vault'
import { originOf, parseBaseUrl } from './base-url'
import type { EventHub } from './event-hub'
import { parseKey } from './key-shape'
import { done, refused } from './result'
import { connectionView, keyView, vaultView } from './views'

interface Needs {
  readonly storage: Storage
  readonly vault: Vault
  readonly hub: EventHub
  readonly clock: Clock
  readonly newId: NewId
}

/** Configured endpoints and their keys. A key is bound to the origin of its connection at the moment of entry. */
export function createConnectionService(needs: Needs) {
  const { storage, vault } = needs

  const views = (): ConnectionView[] => storage.connections.list().map((each) => connectionView(each, vault))
  const status = (): { vault: VaultView; connections: ConnectionView[] } => ({
    vault: vaultView(vault),
    connections: views(),
  })
  const changed = (): void => needs.hub.emit('connections.changed', status())

  /** A new key gets a new id, so that what is sealed for the old one can never be taken for it. */
  const putKey = async (connectionId: ConnectionId, text: string): Promise<Result<KeyView>> => {
    const connection = storage.connections.get(connectionId)
    if (connection === undefined) return refused('not_found', 'connectionId')
    const parsed = parseKey(text)
    if ('refusal' in parsed) return refused(parsed.refusal, 'key')
    const keyId = needs.newId('key')
    const binding = { provider: connection.provider, origin: originOf(connection.baseUrl), keyId }
    if (!(await vault.store(binding, parsed.key))) return refused('vault_unavailable')
    // Read again: the keychain may have asked the user for a while, and the connection may have changed meanwhile.
    const current = storage.connections.get(connectionId) ?? connection
    if (originOf(current.baseUrl) !== binding.origin) {
      vault.remove(keyId)
      return refused('base_url_invalid', 'connectionId')
    }
    const next = { ...current, keyId }
    // The row first: were we killed in between, a sealed key nobody refers to harms less than a lost one.
    storage.connections.update(next)
    if (current.keyId !== null) vault.remove(current.keyId)
    changed()
    return done(keyView(next, vault))
  }

  return {
    status,

    add(input: { provider: ProviderId; label: string; baseUrl: string | null }): Result<ConnectionView> {
      const base = parseBaseUrl(input.baseUrl ?? PROVIDERS[input.provider].baseUrl)
      if (base === null) return refused('base_url_invalid', 'baseUrl')
      const connection: Connection = {
        id: needs.newId('connection'),
        provider: input.provider,
        label: input.label,
        baseUrl: base.url,
        keyId: null,
        createdMs: needs.clock.now(),
      }
      storage.connections.add(connection)
      changed()
      return done(connectionView(connection, vault))
    },

    update(input: { connectionId: ConnectionId; label: string; baseUrl: string | null }): Result<ConnectionView> {
      const connection = storage.connections.get(input.connectionId)
      if (connection === undefined) return refused('not_found', 'connectionId')
      const base = parseBaseUrl(input.baseUrl ?? PROVIDERS[connection.provider].baseUrl)
      if (base === null) return refused('base_url_invalid', 'baseUrl')
      const moved = base.origin !== originOf(connection.baseUrl)
      const keyId = moved ? null : connection.keyId
      const next = { ...connection, label: input.label, baseUrl: base.url, keyId }
      storage.connections.update(next)
      if (moved && connection.keyId !== null) vault.remove(connection.keyId)
      changed()
      return done(connectionView(next, vault))
    },

    setKey: ({ connectionId, key }: { connectionId: ConnectionId; key: string }) => putKey(connectionId, key),

    replaceKey: ({ connectionId, key }: { connectionId: ConnectionId; key: string }) => putKey(connectionId, key),

    removeKey({ connectionId }: { connectionId: ConnectionId }): Result<KeyView> {
      const connection = storage.connections.get(connectionId)
      if (connection === undefined) return refused('not_found', 'connectionId')
      storage.connections.update({ ...connection, keyId: null })
      if (connection.keyId !== null) vault.remove(connection.keyId)
      changed()
      return done({ state: 'none' })
    },
  }
}
