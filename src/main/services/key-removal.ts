import type { KeyId } from '../../core/ids'
import type { Storage } from '../storage/storage'
import type { Vault } from '../vault/vault'

/**
 * Keys that were let go of by hand, by their ids, until nothing of them is left in the vault. Only these are ever removed
 * from it: a database that is older or gone says nothing against a sealed key.
 */
export function createKeyRemoval({ storage, vault }: { readonly storage: Storage; readonly vault: Vault }) {
  const removed = (): KeyId[] => {
    const kept = storage.settings.get('removedKeys')
    return Array.isArray(kept) ? kept.filter((id): id is KeyId => typeof id === 'string') : []
  }

  return {
    /** Written with the row that lets go of a key, or before the one that will hold it. */
    letGo: (...ids: readonly (KeyId | null)[]): void =>
      storage.settings.put('removedKeys', [...new Set([...removed(), ...ids.filter((id) => id !== null)])]),

    /** After the rows: were we ended in between, the next start or the next removal takes away what is left. */
    forgetUnused(): void {
      const used = new Set([...storage.keys.all(), ...storage.connections.list().map(({ keyId }) => keyId)])
      const gone = removed()
      for (const keyId of gone) if (!used.has(keyId)) vault.remove(keyId)
      // What a file that cannot be read holds of them is removed once it can.
      if (gone.length > 0 && vault.protection() !== 'damaged') storage.settings.put('removedKeys', [])
    },
  }
}

/** What can be asked of it. */
export type KeyRemoval = ReturnType<typeof createKeyRemoval>
