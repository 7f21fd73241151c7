import type { VaultView } from '../../../shared/ipc/views'

/** What went wrong with a keychain, and what to do about it. */
export interface TroubleWords {
  readonly title: string
  readonly text: string
  /** Whether trying again can help without starting Latchkey anew. */
  readonly retry: boolean
}

/** What stands where the keychain's name stands otherwise. */
export const YOUR_PASSPHRASE = 'your passphrase'

/** Who keeps keys: the keychain, or the passphrase. */
export function keeperName(vault: VaultView | null): string {
  return vault?.protection === 'passphrase' ? YOUR_PASSPHRASE : (vault?.keychain ?? '')
}

const ENTER_AGAIN = 'enter the keys again'
const KEPT = 'What is sealed stays sealed.'

/** Cause and remedy in as few words as the system allows; null when nothing is wrong. */
export function troubleWords(vault: VaultView): TroubleWords | null {
  const { cause, keychain, system } = vault
  const sealedWith = vault.sealedWith ?? 'another keychain'
  switch (cause) {
    case null:
      return null
    case 'not_ready':
      return {
        title: `${begun(keychain)} is not ready yet`,
        text: `${KEPT} Try again in a moment.`,
        retry: true,
      }
    case 'unreachable':
      return { title: `${begun(keychain)} cannot be reached now`, text: `${KEPT} ${UNLOCK[system]}`, retry: true }
    case 'no_keyring':
      return {
        title: 'This computer offers no keychain',
        text: 'Keys are kept in memory and forgotten when Latchkey quits. A passphrase, set in Settings, keeps them on disk.',
        retry: false,
      }
    case 'keyring_gone':
      return {
        title: `These keys were sealed with ${sealedWith}; this session offers no keychain`,
        text: startIt(sealedWith, system),
        retry: true,
      }
    case 'keychain_changed':
      return {
        title: `These keys were sealed with ${sealedWith}; this session offers ${keychain}`,
        text: startIt(sealedWith, system),
        retry: true,
      }
    case 'key_lost':
      return { title: `${begun(keychain)} does not open these keys any more`, text: LOST[system], retry: true }
    case 'damaged':
      return {
        title: 'The file of sealed keys cannot be read',
        text: `vault.json in the profile folder is left as it is. Put a copy of it in its place and try again, or move it away and ${ENTER_AGAIN}.`,
        retry: true,
      }
    case 'newer':
      return {
        title: 'A newer Latchkey has written the file of sealed keys',
        text: `vault.json in the profile folder is left as it is. Use that version, or move the file away and ${ENTER_AGAIN}.`,
        retry: true,
      }
  }
}

const UNLOCK: Readonly<Record<VaultView['system'], string>> = {
  mac: 'Unlock the login keychain in Keychain Access, allow Latchkey to use it, then try again.',
  windows: 'Lock Windows and sign in again, then try again.',
  linux: 'Unlock it with the password you log in with, then try again.',
}

const LOST: Readonly<Record<VaultView['system'], string>> = {
  mac: `The entry “Latchkey Safe Storage” is gone or new, as on another Mac. Bring it back and try again, or ${ENTER_AGAIN}.`,
  windows: `Windows opens them only for the account and on the computer that sealed them. Go back to these, or ${ENTER_AGAIN}.`,
  linux: `The keyring is a new one, as on another computer. Bring the old one back and try again, or ${ENTER_AGAIN}.`,
}

function startIt(sealedWith: string, system: VaultView['system']): string {
  const here = system === 'linux' && !/macOS|Windows|another/.test(sealedWith)
  return here
    ? `Start ${sealedWith} and open Latchkey again, or ${ENTER_AGAIN}.`
    : `They open only on the computer that sealed them: ${ENTER_AGAIN}.`
}

function begun(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** What protects the keys of this computer, in one sentence, for the settings. */
export function protectionWords(vault: VaultView): string {
  if (vault.passphrase === 'locked') return 'Locked. No key is sent before you enter your passphrase.'
  switch (vault.protection) {
    case 'passphrase':
      return 'Keys are encrypted with your passphrase, which is asked for when Latchkey starts.'
    case 'keychain':
      return `Keys are encrypted with ${vault.keychain}, which opens them when you are logged in.`
    case 'session':
      return 'This computer offers no keychain. Keys are kept in memory until Latchkey quits, unless you set a passphrase.'
    case 'unavailable':
      return `${begun(vault.keychain)} cannot be reached now. ${KEPT}`
    case 'damaged':
      return 'The file of sealed keys cannot be read. It is left as it is.'
  }
}
