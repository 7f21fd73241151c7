/** How keys are kept on this machine. */
export interface VaultView {
  /**
   * `keychain`: sealed on disk under a data key the operating system's keychain wraps. `session`: the system offers no
   * keychain, so keys live in memory until quit. `unavailable`: the keychain exists but cannot be reached now.
   * `damaged`: the file of sealed keys cannot be read and is left as it is. `passphrase`: sealed on disk under a data key
   * that only a passphrase opens.
   */
  readonly protection: 'keychain' | 'passphrase' | 'session' | 'unavailable' | 'damaged'
  /** The keychain by the name its users know, such as "macOS Keychain". */
  readonly keychain: string
  /** Whose ways of getting a keychain back are to be told. */
  readonly system: 'mac' | 'windows' | 'linux'
  /** `locked`: no key is lent before it was given. */
  readonly passphrase: 'none' | 'open' | 'locked'
  /**
   * Why keys cannot be opened or kept now; null when all is well. `not_ready`: the system has not finished starting.
   * `unreachable`: the keychain is locked or does not answer. `no_keyring`: there is none. `keyring_gone`: there is none
   * now, and sealed keys wait for it. `keychain_changed`: sealed with another one. `key_lost`: the keychain answers and
   * does not open them. `damaged` and `newer`: the file of sealed keys.
   */
  readonly cause: VaultCause | null
  /** The keychain that sealed what does not open; null where that is not known. */
  readonly sealedWith: string | null
}

export type VaultCause =
  | 'not_ready'
  | 'unreachable'
  | 'no_keyring'
  | 'keyring_gone'
  | 'keychain_changed'
  | 'key_lost'
  | 'damaged'
  | 'newer'
