import type { ConnectionId, KeyId } from '../../core/ids'
import { endOfLocalDay, localDay, monthOf } from '../../core/period'
import type { Result } from '../../shared/ipc/transport'
import type { FailureCode } from '../../core/failure'
import { isAgainstKey } from '../../core/failover'
import type { ConnectionView, KeyLimitView, KeyView } from '../../shared/ipc/views'
import { holdsKey, type Log } from '../log'
import type { Clock } from '../ports'
import type { Connection } from '../storage/connections'
import type { KeyFacts } from '../storage/keys'
import type { BookedCost } from '../storage/spend'
import type { Storage } from '../storage/storage'
import type { Vault } from '../vault/vault'
import { keyOf, keysInOrder } from './key-order'
import { done, refused } from './result'
import { connectionView, costView } from './views'

interface Needs {
  readonly storage: Storage
  readonly vault: Vault
  readonly clock: Clock
  readonly log: Log
  /** What the provider last said in this run that the key may spend. */
  readonly limitOf: (keyId: KeyId) => KeyLimitView | null
  /** Tells the window what is known of keys now. */
  readonly changed: () => void
}

const NOTHING_KNOWN: KeyFacts = {
  label: null,
  expiresMs: null,
  lastUsedMs: null,
  remindMonths: null,
  refusedCode: null,
  refusedMs: null,
}

/** What is known of keys beside how they are kept: never the key. */
export function createKeyService({ storage, vault, clock, log, limitOf, changed }: Needs) {
  const spendNow = (): ((keyId: KeyId) => BookedCost) => {
    const now = clock.now()
    return storage.spend.byKey(monthOf(localDay(now, clock.offsetMinutes(now))))
  }

  type Spend = (keyId: KeyId) => BookedCost

  const keyView = (keyId: KeyId | null, createdMs: number, spend: Spend): KeyView => {
    if (keyId === null) return { state: 'none' }
    // A file that cannot be read may hold it all the same.
    const unseen = { state: 'locked', last4: null, addedMs: createdMs } as const
    const status = vault.status(keyId) ?? (vault.protection() === 'damaged' ? unseen : null)
    if (status === null) return { state: 'none' }
    const { refusedCode, refusedMs, ...facts } = storage.keys.get(keyId) ?? NOTHING_KNOWN
    const refusal = refusedCode === null || refusedMs === null ? null : { code: refusedCode, atMs: refusedMs }
    return { ...status, ...facts, id: keyId, refusal, spend: costView(spend(keyId)), limit: limitOf(keyId) }
  }

  const viewWith = (connection: Connection, spend: Spend): ConnectionView => {
    const { keyId, createdMs } = connection
    const spareKeys = keysInOrder({ storage, vault }, connection)
      .filter((id) => id !== keyId)
      .map((id) => keyView(id, createdMs, spend))
      .filter((key) => key.state !== 'none')
    return connectionView(connection, keyView(keyId, createdMs, spend), spareKeys)
  }

  /** The end of a day; what its provider has said is an hour of it, and is kept. */
  const endOf = (day: string, known: KeyFacts | undefined): number | null => {
    const lastMs = (known?.expiresMs ?? 0) - 1
    const isSame = localDay(lastMs, clock.offsetMinutes(lastMs)) === day
    return isSame ? lastMs + 1 : endOfLocalDay(day, clock.offsetMinutes)
  }

  const viewOf = (connection: Connection, keyId = connection.keyId): KeyView =>
    keyView(keyId, connection.createdMs, spendNow())

  return {
    /** A key of a connection; the one it uses where none is named. */
    viewOf,

    connectionView: (connection: Connection): ConnectionView => viewWith(connection, spendNow()),

    /** Connections with what may be known of their keys. */
    connectionViews(connections: readonly Connection[]): ConnectionView[] {
      const spend = spendNow()
      return connections.map((connection) => viewWith(connection, spend))
    },

    /** A key was lent for a call. Never throws: whether that is noted must not decide about an answer. */
    used(keyId: KeyId): void {
      try {
        if (storage.keys.used(keyId, clock.now())) changed()
      } catch (error) {
        log.error('noting the use of a key', error)
      }
    },

    /** A call with this key has ended: what its provider said against it, if anything. Never throws, as above. */
    ended(keyId: KeyId, answered: boolean, code: FailureCode | null): void {
      try {
        const against = code !== null && isAgainstKey(code) ? code : null
        if (against === null && !answered) return
        if (storage.isOpen() && storage.keys.refused(keyId, against, clock.now())) changed()
      } catch (error) {
        log.error('noting what was said of a key', error)
      }
    },

    /** Sets what the user says of a key, all of it. `expires` is its last local day. */
    describe(input: {
      connectionId: ConnectionId
      keyId?: KeyId | undefined
      label: string | null
      expires: string | null
      remindMonths: number | null
    }): Result<KeyView> {
      const connection = storage.connections.get(input.connectionId)
      const keyId = connection && keyOf({ storage, vault }, connection, input.keyId)
      if (connection === undefined || keyId === null || keyId === undefined) return refused('not_found', 'connectionId')
      if (input.label !== null && holdsKey(input.label)) return refused('key_misplaced', 'label')
      const expiresMs = input.expires === null ? null : endOf(input.expires, storage.keys.get(keyId))
      if (expiresMs === null && input.expires !== null) return refused('bad_request', 'expires')
      storage.keys.describe(keyId, { label: input.label, expiresMs, remindMonths: input.remindMonths })
      changed()
      return done(viewOf(connection, keyId))
    },
  }
}

/** What can be asked of it. */
export type KeyService = ReturnType<typeof createKeyService>
