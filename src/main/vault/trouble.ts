import type { DataKeys, System } from './data-keys'
import type { VaultFile } from './vault-file'

/**
 * `not_ready`: the system has not finished starting. `unreachable`: the keychain is locked or does not answer.
 * `no_keyring`: the desktop offers none, and nothing waits for one. `keyring_gone`: the same, and sealed keys wait.
 * `keychain_changed`: sealed with another keychain than this one. `key_lost`: the keychain answers and does not open it,
 * as after a restore on another machine; which of the two cannot be told. `damaged` and `newer`: the file.
 */
export type Cause =
  | 'not_ready'
  | 'unreachable'
  | 'no_keyring'
  | 'keyring_gone'
  | 'keychain_changed'
  | 'key_lost'
  | 'damaged'
  | 'newer'

/** Why keys cannot be opened or kept now. */
export interface Trouble {
  readonly cause: Cause
  /** The keychain that sealed what does not open, by the name its users know; null where that is not known. */
  readonly sealedWith: string | null
}

/** What keeps sealed keys shut, or new ones from being kept; null when nothing does but a passphrase. */
export function troubleOf(file: VaultFile, dataKeys: DataKeys, system: System, keychain: string): Trouble | null {
  if (dataKeys.locked()) return null
  const shut = file.keys.find(({ dataKeyId }) => dataKeys.get(dataKeyId) === undefined)
  const away = system === 'not_ready' || system === 'unreachable' ? system : null
  if (shut === undefined) {
    if (dataKeys.guard() !== undefined || system === 'keychain') return null
    return { cause: away ?? 'no_keyring', sealedWith: null }
  }
  const sealedWith = file.dataKeys.find(({ id }) => id === shut.dataKeyId)?.keychain?.name ?? null
  if (system === 'session') return { cause: 'keyring_gone', sealedWith }
  if (sealedWith !== null && sealedWith !== keychain) return { cause: 'keychain_changed', sealedWith }
  if (away !== null) return { cause: away, sealedWith }
  return { cause: dataKeys.failure(shut.dataKeyId) === 'later' ? 'unreachable' : 'key_lost', sealedWith }
}
