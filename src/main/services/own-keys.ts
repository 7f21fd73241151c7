import { findSecrets, joined, type SecretRange } from '../../core/secret-guard'
import type { Redactor } from '../log'
import type { Storage } from '../storage/storage'
import type { Vault } from '../vault/vault'
import { originOf } from './base-url'
import { keysInOrder } from './key-order'

interface Needs {
  readonly storage: Storage
  readonly vault: Vault
  readonly redactor: Redactor
}

/** Anything a stored key could be part of. Most messages have no such word, and then no key is opened. */
const LONG_WORD = /[\x21-\x7e]{16,}/

/** Whether a text has room for a key at all; asks nobody. */
export function mayHoldKey(text: string): boolean {
  return LONG_WORD.test(text)
}

/**
 * Where a text holds a key of the vault, whatever its shape, or one that was used since the start. Keys that are locked
 * are not asked for.
 */
export async function ownKeysIn({ storage, vault, redactor }: Needs, text: string): Promise<readonly SecretRange[]> {
  if (!mayHoldKey(text)) return []
  for (const connection of storage.connections.list()) {
    const binding = { provider: connection.provider, origin: originOf(connection.baseUrl) }
    for (const keyId of keysInOrder({ storage, vault }, connection)) {
      if (vault.status(keyId)?.state !== 'sealed') continue
      // Lending is what teaches the redactor a key; after the first time there is nothing new in it.
      await vault.lend({ ...binding, keyId })
    }
  }
  return redactor.find(text)
}

/** Where a text holds anything that looks like a key, or a key that was used since the start. */
export function keysIn({ redactor }: Pick<Needs, 'redactor'>, text: string): readonly SecretRange[] {
  return joined([...findSecrets(text), ...redactor.find(text)])
}
