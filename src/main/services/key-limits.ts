import { failure } from '../../core/failure'
import type { ConnectionId, KeyId } from '../../core/ids'
import { tellsKeyLimit } from '../../core/key-limit'
import type { Result } from '../../shared/ipc/transport'
import type { KeyCheckView, KeyLimitView, KeyView } from '../../shared/ipc/views'
import type { Egress } from '../egress/egress'
import type { Clock } from '../ports'
import type { Connection } from '../storage/connections'
import type { Storage } from '../storage/storage'
import type { Vault } from '../vault/vault'
import { mayBePrivate, originOf } from './base-url'
import { keyOf, keysInOrder } from './key-order'
import { lendKey } from './lend-key'
import { done, refused } from './result'

/** A few lines of text; a server that needs longer is not there. */
const PATIENCE_MS = 15_000

interface Needs {
  readonly storage: Storage
  readonly vault: Vault
  readonly egress: Egress
  readonly clock: Clock
  readonly viewOf: (connection: Connection, keyId: KeyId) => KeyView
  /** Tells the window what is known of keys now. */
  readonly changed: () => void
}

/**
 * What providers say a key may spend. Asked only by hand, free, and known until Latchkey quits: what was left yesterday
 * says nothing about today. When a key expires is kept, and takes the place of what was entered.
 */
export function createKeyLimits({ storage, vault, egress, clock, viewOf, changed }: Needs) {
  const limits = new Map<KeyId, KeyLimitView>()

  const keep = (keyId: KeyId, limit: KeyLimitView, expiresMs: number | null): void => {
    limits.set(keyId, limit)
    // That it says nothing is no reason to forget what the user knows.
    if (expiresMs !== null) storage.keys.expires(keyId, expiresMs)
    changed()
  }

  return {
    of: (keyId: KeyId): KeyLimitView | null => limits.get(keyId) ?? null,

    async check(input: { connectionId: ConnectionId; keyId?: KeyId | undefined }): Promise<Result<KeyCheckView>> {
      const { connectionId } = input
      const connection = storage.connections.get(connectionId)
      const keyId = connection && keyOf({ storage, vault }, connection, input.keyId)
      if (connection === undefined || !tellsKeyLimit(connection.provider)) return refused('not_found', 'connectionId')
      if (keyId === undefined || keyId === null) return refused('not_found', 'connectionId')
      const { baseUrl } = connection
      const [lent, { askKeyLimit }] = await Promise.all([
        lendKey(vault, { ...connection, keyId }),
        // Asked for so seldom that the start need not wait for it.
        import('../providers/openai-compatible/key-limit'),
      ])
      if (!lent.ok) return done({ ok: false, failure: failure(lent.code) })
      const origin = originOf(baseUrl)
      const privateNetwork = mayBePrivate(connection.provider)
      const route = { origin, connectionId, purpose: 'key', callId: null, secret: lent.key, privateNetwork } as const
      const signal = AbortSignal.timeout(PATIENCE_MS)
      const answer = await askKeyLimit({ key: lent.key, baseUrl, fetch: egress.fetchFor(route), signal })
      if (!answer.ok) return done(answer)
      // It may have been replaced, moved or removed meanwhile: then this was said of another key.
      const now = storage.isOpen() ? storage.connections.get(connectionId) : undefined
      const isStillThere = now?.baseUrl === baseUrl && keysInOrder({ storage, vault }, now).includes(keyId)
      if (!isStillThere) return refused('not_found', 'connectionId')
      const { expiresMs, ...limit } = answer.key
      keep(keyId, { ...limit, checkedMs: clock.now() }, expiresMs)
      return done({ ok: true, key: viewOf(now, keyId) })
    },
  }
}

/** What can be asked of it. */
export type KeyLimits = ReturnType<typeof createKeyLimits>
