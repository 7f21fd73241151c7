import type { Result } from '../../shared/ipc/transport'
import type { SettingsView, VaultView } from '../../shared/ipc/views'
import type { Log } from '../log'
import type { Clock } from '../ports'
import type { Vault, VaultRefusal } from '../vault/vault'
import type { Schedule } from './late-settlement'
import { done, refused } from './result'
import { createUnderWay } from './under-way'
import { vaultView } from './views'

const MINUTE_MS = 60_000
/** Timers stand still while a computer sleeps, so none is trusted for longer. */
const LOOK_MS = 30_000

interface Needs {
  readonly vault: Vault
  readonly clock: Clock
  readonly log: Log
  readonly schedule: Schedule
  readonly lockAfterMinutes: () => SettingsView['lockAfterMinutes']
  /** Tells the window what may be known of the vault now. */
  readonly changed: () => void
  /** Keys can be lent again. */
  readonly unlocked: () => void
}

/** The passphrase, the lock, and another try at a keychain that did not answer. */
export function createVaultService(needs: Needs) {
  const { vault, clock } = needs
  let lastMs = clock.now()
  let cancel: (() => void) | null = null
  const changes = createUnderWay<'passphrase'>()

  const answer = (refusal: VaultRefusal, field?: string): Result<VaultView> => {
    needs.changed()
    return refusal === null ? done(vaultView(vault)) : refused(refusal, field)
  }

  /** A clock that went back says nothing about how long, so it counts as long enough. */
  const idleFor = (minutes: number): boolean =>
    minutes > 0 && (clock.now() < lastMs || clock.now() - lastMs >= minutes * MINUTE_MS)

  const lockWhenIdle = (): void => {
    if (!idleFor(needs.lockAfterMinutes()) || vault.passphrase() !== 'open') return
    vault.lock()
    needs.changed()
  }

  const look = (): void => {
    cancel = needs.schedule(LOOK_MS, () => {
      try {
        lockWhenIdle()
      } catch (error) {
        needs.log.error('locking when idle', error)
      }
      look()
      return Promise.resolve()
    })
  }
  look()

  /** Whoever has just opened the vault has earned the retries that waited for it. */
  const opened = (refusal: VaultRefusal): Result<VaultView> => {
    if (refusal === null) needs.unlocked()
    return answer(refusal, 'passphrase')
  }

  return {
    /**
     * The page has asked for something; `unasked` by itself, which keeps nothing open. A computer that slept has been idle,
     * whatever its timers say: call it first.
     */
    noteRequest(unasked = false): void {
      lockWhenIdle()
      if (!unasked) lastMs = clock.now()
    },

    async retry(): Promise<Result<VaultView>> {
      await vault.retry()
      if (vault.passphrase() !== 'locked') needs.unlocked()
      return answer(null)
    },

    setPassphrase: async (input: { passphrase: string; current?: string | undefined }): Promise<Result<VaultView>> => {
      const { passphrase, current } = input
      const refusal = await changes.run('passphrase', ({ settle }) => vault.setPassphrase(passphrase, current, settle))
      return answer(refusal, refusal === 'passphrase_wrong' ? 'current' : undefined)
    },

    removePassphrase: async ({ passphrase }: { passphrase: string }): Promise<Result<VaultView>> =>
      answer(await changes.run('passphrase', ({ settle }) => vault.removePassphrase(passphrase, settle)), 'passphrase'),

    /** Takes back a passphrase that is being set, changed or removed; too late once it is. */
    cancelPassphrase: () => done({ cancelled: changes.cancel('passphrase') }),

    unlock: async (input: { passphrase: string }): Promise<Result<VaultView>> =>
      opened(await vault.unlock(input.passphrase)),

    lock: (): Result<VaultView> => answer(vault.lock()),

    forgetPassphrase: async (): Promise<Result<VaultView>> => answer(await vault.forgetPassphrase()),

    close(): void {
      cancel?.()
    },
  }
}

/** Whether the window says that nobody asked for this. Read before the input is checked: whatever it is. */
export function isUnasked(input: unknown): boolean {
  return typeof input === 'object' && input !== null && 'unasked' in input && input.unasked === true
}

/** What can be asked of it. */
export type VaultService = ReturnType<typeof createVaultService>
