import { PROVIDERS } from '../../core/provider'
import type { DeletedEverythingView } from '../../shared/ipc/data-views'
import type { Result } from '../../shared/ipc/transport'
import type { Log } from '../log'
import type { Paths } from '../ports'
import { eraseOwn, markErased, markForErasing } from '../storage/erase'
import type { Storage } from '../storage/storage'
import type { Vault } from '../vault/vault'
import type { DataService } from './data-service'
import { done } from './result'

interface Needs {
  readonly storage: Storage
  readonly vault: Vault
  readonly data: DataService
  readonly paths: Paths
  readonly log: Log
  /** Ends all that runs and closes every file. */
  readonly closeAll: () => void
  /** Empties what the window's engine keeps. */
  readonly clearWindowData: () => Promise<void>
}

/** Deletes everything there is, so that the next start is the first. */
export function createEraseService(needs: Needs) {
  const { storage, vault, data, paths, log } = needs

  /** What is told is asked for before there is nothing left to ask. */
  const account = (): Omit<DeletedEverythingView, 'filesLeft'> => {
    const { conversations, privateConversations, deleted, calls, connections, keys, bytes } = data.look()
    const withKeys = storage.connections
      .list()
      .filter(({ id }) => storage.keys.of(id).some((keyId) => vault.status(keyId) !== null))
      .map(({ provider }) => provider)
    return {
      removed: { conversations, privateConversations, deleted, calls, connections, keys, bytes },
      keysAt: [...new Set(withKeys)].map((provider) => ({ provider, keyPage: PROVIDERS[provider].keyPage })),
      sentTo: storage.calls.providers().filter((provider) => !PROVIDERS[provider].local),
      keychainEntry: vault.protection() === 'keychain' ? vault.keychain : null,
    }
  }

  return {
    async deleteEverything(): Promise<Result<DeletedEverythingView>> {
      const told = account()
      markForErasing(paths)
      needs.closeAll()
      vault.destroy()
      const filesLeft = eraseOwn(paths)
      if (filesLeft.length === 0) markErased(paths)
      await needs.clearWindowData().catch((error: unknown) => log.error('emptying what the window keeps', error))
      return done({ ...told, filesLeft })
    },
  }
}

/** What can be asked of it. */
export type EraseService = ReturnType<typeof createEraseService>
