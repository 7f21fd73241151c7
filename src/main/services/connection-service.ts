import { isLoopback } from '../egress/egress'
import type { ConnectionId, KeyId } from '../../core/ids'
import { PROVIDERS, type ProviderId } from '../../core/provider'
import type { Result } from '../../shared/ipc/transport'
import type { ConnectionView, KeyView, VaultView } from '../../shared/ipc/views'
import { holdsKey } from '../log'
import type { Clock, NewId } from '../ports'
import type { Connection } from '../storage/connections'
import type { Storage } from '../storage/storage'
import type { Vault } from '../vault/vault'
import { hostRefusal, originOf, parseBaseUrl } from './base-url'
import type { EventHub } from './event-hub'
import { parseKey } from './key-shape'
import type { KeyService } from './key-service'
import type { ModelService } from './model-service'
import { done, refused } from './result'
import { connectionView, vaultView } from './views'

interface Needs {
  readonly storage: Storage
  readonly vault: Vault
  readonly hub: EventHub
  readonly clock: Clock
  readonly newId: NewId
  readonly models: ModelService
  readonly keys: KeyService
  /** A connection is gone, and its budgets with it. */
  readonly removed: () => void
}

interface NewKey {
  readonly connectionId: ConnectionId
  readonly key: string
  readonly keep?: 'disk' | 'session' | undefined
}

/** Configured endpoints and their keys. A key is bound to the origin of its connection at the moment of entry. */
export function createConnectionService(needs: Needs) {
  const { storage, vault, keys } = needs

  const viewOf = (connection: Connection): ConnectionView => connectionView(connection, keys.viewOf(connection))
  const status = (): { vault: VaultView; connections: ConnectionView[] } => ({
    vault: vaultView(vault),
    connections: keys.connectionViews(storage.connections.list()),
  })
  const keysChanged = (): void => needs.hub.emit('connections.changed', status())
  const changed = (): void => {
    keysChanged()
    needs.hub.emit('models.changed', { connectionModels: needs.models.byConnection() })
  }

  // One at a time: the keychain may ask its user for a minute, and a key removed meanwhile must stay removed.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <Value>(work: () => Promise<Value> | Value): Promise<Value> => {
    const next = last.then(work, work)
    last = next
    return next
  }

  // Only what was removed by hand, by its id: a database that is older or gone says nothing against a sealed key.
  const removed = (): KeyId[] => {
    const kept = storage.settings.get('removedKeys')
    return Array.isArray(kept) ? kept.filter((id): id is KeyId => typeof id === 'string') : []
  }
  /** Written with the row that lets go of a key, or before the one that will hold it. */
  const letGo = (...ids: readonly (KeyId | null)[]): void =>
    storage.settings.put('removedKeys', [...new Set([...removed(), ...ids.filter((id) => id !== null)])])

  /** After the rows: were we ended in between, the next start or the next removal takes away what is left. */
  const forgetUnused = (): void => {
    const used = new Set(storage.connections.list().map(({ keyId }) => keyId))
    const gone = removed()
    for (const keyId of gone) if (!used.has(keyId)) vault.remove(keyId)
    if (gone.length > 0) storage.settings.put('removedKeys', [])
  }

  /** Whether a sealed key is there that cannot be seen into now; what stands in for it must not take its place. */
  const isOutOfSight = (keyId: KeyId | null): keyId is KeyId =>
    keyId !== null && (vault.status(keyId)?.state === 'locked' || vault.protection() === 'damaged')

  /** A new key gets a new id, so that what is sealed for the old one can never be taken for it. */
  const putKey = async ({ connectionId, key: text, keep }: NewKey): Promise<Result<KeyView>> => {
    const connection = storage.connections.get(connectionId)
    if (connection === undefined) return refused('not_found', 'connectionId')
    const parsed = parseKey(text)
    if ('refusal' in parsed) return refused(parsed.refusal, 'key')
    const keyId = needs.newId('key')
    const binding = { provider: connection.provider, origin: originOf(connection.baseUrl), keyId }
    letGo(keyId)
    if (!(await vault.store(binding, parsed.key, keep))) {
      return refused(vault.passphrase() === 'locked' ? 'vault_locked' : 'vault_unavailable')
    }
    if (vault.status(keyId)?.state === 'session' && isOutOfSight(connection.keyId)) {
      // In memory until quit, and after it the sealed one is back.
      await vault.store({ ...binding, keyId: connection.keyId }, parsed.key, 'session')
      forgetUnused()
      changed()
      return done(keys.viewOf(connection))
    }
    const next = { ...connection, keyId }
    storage.transaction(() => {
      letGo(connection.keyId)
      storage.connections.update(next)
      storage.keys.replace(connectionId, keyId)
    })
    // What has begun with the old key and is about to be lent it goes first: it waits for nothing that takes longer.
    await new Promise((resolve) => setImmediate(resolve))
    if (!storage.isOpen()) return refused('shutting_down')
    forgetUnused()
    changed()
    return done(keys.viewOf(next))
  }

  return {
    status,
    /** Tells the window what is known of keys now. */
    keysChanged,

    add(input: { provider: ProviderId; label: string; baseUrl: string | null }): Result<ConnectionView> {
      const base = place(input)
      if (!base.ok) return base
      const connection: Connection = {
        id: needs.newId('connection'),
        provider: input.provider,
        label: input.label,
        baseUrl: base.value,
        keyId: null,
        createdMs: needs.clock.now(),
      }
      storage.connections.add(connection)
      changed()
      return done(viewOf(connection))
    },

    update: (input: { connectionId: ConnectionId; label: string; baseUrl: string | null }) =>
      inTurn((): Result<ConnectionView> => {
        const connection = storage.connections.get(input.connectionId)
        if (connection === undefined) return refused('not_found', 'connectionId')
        const base = place({ ...input, provider: connection.provider })
        if (!base.ok) return base
        const moved = originOf(base.value) !== originOf(connection.baseUrl)
        // What cannot be seen cannot be let go of.
        if (moved && vault.protection() === 'damaged' && connection.keyId !== null) return refused('vault_unavailable')
        const keyId = moved ? null : connection.keyId
        const next = { ...connection, label: input.label, baseUrl: base.value, keyId }
        storage.transaction(() => {
          storage.connections.update(next)
          if (moved) letGo(connection.keyId)
          if (moved) storage.keys.removeOf(next.id)
        })
        if (moved) {
          forgetUnused()
          // Another server has other models.
          storage.modelLists.remove(next.id)
        }
        changed()
        return done(viewOf(next))
      }),

    setKey: (input: NewKey) => inTurn(() => putKey(input)),

    replaceKey: (input: NewKey) => inTurn(() => putKey(input)),

    removeKey: ({ connectionId }: { connectionId: ConnectionId }) =>
      inTurn((): Result<KeyView> => {
        const connection = storage.connections.get(connectionId)
        if (connection === undefined) return refused('not_found', 'connectionId')
        storage.transaction(() => {
          letGo(connection.keyId)
          storage.connections.update({ ...connection, keyId: null })
          storage.keys.removeOf(connectionId)
        })
        changed()
        forgetUnused()
        return done({ state: 'none' })
      }),

    remove: ({ connectionId }: { connectionId: ConnectionId }) =>
      inTurn((): Result<null> => {
        const connection = storage.connections.get(connectionId)
        if (connection === undefined) return refused('not_found', 'connectionId')
        storage.transaction(() => {
          letGo(connection.keyId)
          storage.budgets.removeOf(connectionId)
          storage.connections.remove(connectionId)
        })
        changed()
        needs.removed()
        forgetUnused()
        return done(null)
      }),

    forgetUnused,
  }
}

/** The base URL as it is kept, or why not. */
function place(input: { provider: ProviderId; label: string; baseUrl: string | null }): Result<string> {
  // A key pasted into the wrong field would be stored and shown in the clear.
  if (holdsKey(input.label)) return refused('key_misplaced', 'label')
  if (holdsKey(input.baseUrl ?? '')) return refused('key_misplaced', 'baseUrl')
  const base = parseBaseUrl(input.baseUrl ?? PROVIDERS[input.provider].baseUrl ?? '')
  if (base === null) return refused('base_url_invalid', 'baseUrl')
  const refusal = hostRefusal(base.url, input.provider)
  if (refusal !== null) return refused(refusal, 'baseUrl')
  // What runs on this computer is booked as free; what runs elsewhere may not be.
  const away = PROVIDERS[input.provider].local && !isLoopback(new URL(base.origin).hostname)
  return away ? refused('base_url_not_local', 'baseUrl') : done(base.url)
}
