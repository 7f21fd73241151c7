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
import { keyOf, keysInOrder, MOST_KEYS } from './key-order'
import { createKeyRemoval } from './key-removal'
import type { KeyService } from './key-service'
import type { ModelService } from './model-service'
import { done, refused } from './result'
import { createUnderWay, type UnderWay } from './under-way'
import { vaultView } from './views'

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

/** A key that its user can take back until it is the connection's. */
type Entered = NewKey & { readonly underWay: UnderWay }

/** Configured endpoints and their keys. A key is bound to the origin of its connection at the moment of entry. */
export function createConnectionService(needs: Needs) {
  const { storage, vault, keys } = needs

  const viewOf = (connection: Connection): ConnectionView => keys.connectionView(connection)
  const viewOfId = (id: ConnectionId): Result<ConnectionView> => {
    const connection = storage.connections.get(id)
    return connection === undefined ? refused('not_found', 'connectionId') : done(viewOf(connection))
  }
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

  const entries = createUnderWay<ConnectionId>()
  /** In turn, and until its turn and its keychain have come to be taken back. */
  const entering =
    <Input extends NewKey, Value>(work: (input: Input & Entered) => Promise<Result<Value>> | Result<Value>) =>
    (input: Input): Promise<Result<Value>> =>
      entries.run(input.connectionId, (underWay) => inTurn(() => work({ ...input, underWay })))

  const { letGo, forgetUnused } = createKeyRemoval(needs)

  /** Whether a sealed key is there that cannot be seen into now; what stands in for it must not take its place. */
  const isOutOfSight = (keyId: KeyId | null): keyId is KeyId =>
    keyId !== null && (vault.status(keyId)?.state === 'locked' || vault.protection() === 'damaged')

  const putInOrder = (connection: Connection, keyIds: readonly KeyId[]): void => {
    storage.connections.update({ ...connection, keyId: keyIds[0] ?? null })
    storage.keys.order(connection.id, keyIds)
  }

  /** A key in the vault under an id of its own, so that what is sealed for another one can never be taken for it. */
  const sealed = async (connection: Connection, { key: text, keep, underWay }: Entered): Promise<Result<KeyId>> => {
    const parsed = parseKey(text)
    if ('refusal' in parsed) return refused(parsed.refusal, 'key')
    const keyId = needs.newId('key')
    const binding = { provider: connection.provider, origin: originOf(connection.baseUrl), keyId }
    if (!underWay.isWanted()) return refused('cancelled')
    letGo(keyId)
    const stored = await vault.store(binding, parsed.key, keep)
    if (!underWay.settle()) {
      forgetUnused()
      return refused('cancelled')
    }
    if (stored) return done(keyId)
    return refused(vault.passphrase() === 'locked' ? 'vault_locked' : 'vault_unavailable')
  }

  const newKey = (of: ConnectionId, id: KeyId) => ({ id, of, session: vault.status(id)?.state === 'session' })

  /** In the place of `old`; null where the connection has none. */
  const putKey = async (input: Entered, old: KeyId | null): Promise<Result<KeyView>> => {
    const { connectionId } = input
    const connection = storage.connections.get(connectionId)
    if (connection === undefined) return refused('not_found', 'connectionId')
    const stored = await sealed(connection, input)
    if (!stored.ok) return stored
    const keyId = stored.value
    if (vault.status(keyId)?.state === 'session' && isOutOfSight(old)) {
      // In memory until quit, and after it the sealed one is back.
      const binding = { provider: connection.provider, origin: originOf(connection.baseUrl), keyId: old }
      await vault.store(binding, input.key.trim(), 'session')
      forgetUnused()
      changed()
      return done(keys.viewOf(connection, old))
    }
    const next = old === connection.keyId ? { ...connection, keyId } : connection
    storage.transaction(() => {
      letGo(old)
      storage.connections.update(next)
      storage.keys.replace(newKey(connectionId, keyId), old)
    })
    // What has begun with the old key and is about to be lent it goes first: it waits for nothing that takes longer.
    await new Promise((resolve) => setImmediate(resolve))
    if (!storage.isOpen()) return refused('shutting_down')
    forgetUnused()
    changed()
    return done(keys.viewOf(next, keyId))
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
        failover: false,
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
        const hasKeys = connection.keyId !== null || storage.keys.of(connection.id).length > 0
        if (moved && vault.protection() === 'damaged' && hasKeys) return refused('vault_unavailable')
        const keyId = moved ? null : connection.keyId
        const next = { ...connection, label: input.label, baseUrl: base.value, keyId }
        storage.transaction(() => {
          storage.connections.update(next)
          if (moved) letGo(connection.keyId, ...storage.keys.of(next.id))
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

    setKey: entering((input: Entered) => putKey(input, storage.connections.get(input.connectionId)?.keyId ?? null)),

    replaceKey: entering((input: Entered & { readonly keyId?: KeyId | undefined }) => {
      const connection = storage.connections.get(input.connectionId)
      const old = connection && keyOf(needs, connection, input.keyId)
      return old === undefined ? refused('not_found', 'connectionId') : putKey(input, old)
    }),

    /** One more key, behind those that are there; the first of them where there is none. */
    addKey: entering(async (input: Entered): Promise<Result<ConnectionView>> => {
      const { connectionId } = input
      const connection = storage.connections.get(connectionId)
      if (connection === undefined) return refused('not_found', 'connectionId')
      if (connection.keyId === null) {
        const put = await putKey(input, null)
        return put.ok ? viewOfId(connectionId) : put
      }
      if (keysInOrder(needs, connection).length >= MOST_KEYS) return refused('too_many_keys')
      const stored = await sealed(connection, input)
      if (!stored.ok) return stored
      storage.keys.append(newKey(connectionId, stored.value))
      forgetUnused()
      changed()
      return viewOfId(connectionId)
    }),

    /** Takes back a key that is being entered; too late once it is the connection's. */
    cancelKey: ({ connectionId }: { connectionId: ConnectionId }) => done({ cancelled: entries.cancel(connectionId) }),

    /** Puts the keys of a connection into this order, all of them: the first is the one it uses. */
    orderKeys: ({ connectionId, keyIds }: { connectionId: ConnectionId; keyIds: readonly KeyId[] }) =>
      inTurn((): Result<ConnectionView> => {
        const connection = storage.connections.get(connectionId)
        if (connection === undefined) return refused('not_found', 'connectionId')
        const there = keysInOrder(needs, connection)
        const wanted = new Set(keyIds)
        if (wanted.size !== keyIds.length || wanted.size !== there.length || !there.every((id) => wanted.has(id))) {
          return refused('not_found', 'keyIds')
        }
        storage.transaction(() => putInOrder(connection, keyIds))
        changed()
        return viewOfId(connectionId)
      }),

    setFailover: ({ connectionId, on }: { connectionId: ConnectionId; on: boolean }) =>
      inTurn((): Result<ConnectionView> => {
        const connection = storage.connections.get(connectionId)
        if (connection === undefined) return refused('not_found', 'connectionId')
        storage.connections.update({ ...connection, failover: on })
        changed()
        return viewOfId(connectionId)
      }),

    /** Removed by hand, the key that is used gives way to the next, as its user was told. */
    removeKey: ({ connectionId, keyId }: { connectionId: ConnectionId; keyId?: KeyId | undefined }) =>
      inTurn((): Result<ConnectionView> => {
        const connection = storage.connections.get(connectionId)
        if (connection === undefined) return refused('not_found', 'connectionId')
        const gone = keyOf(needs, connection, keyId)
        if (gone === undefined) return refused('not_found', 'keyId')
        if (gone !== null) {
          const others = keysInOrder(needs, connection).filter((id) => id !== gone)
          storage.transaction(() => {
            letGo(gone)
            storage.keys.remove(gone)
            // One that only waited leaves the used one as it is, even where there is none.
            if (gone === connection.keyId) putInOrder(connection, others)
          })
        }
        changed()
        forgetUnused()
        return viewOfId(connectionId)
      }),

    remove: ({ connectionId }: { connectionId: ConnectionId }) =>
      inTurn((): Result<null> => {
        const connection = storage.connections.get(connectionId)
        if (connection === undefined) return refused('not_found', 'connectionId')
        storage.transaction(() => {
          letGo(connection.keyId, ...storage.keys.of(connectionId))
          storage.budgets.removeOf(connectionId, needs.clock.now())
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
