import type { KeyView, VaultView } from '../../../shared/ipc/views'
import { formatAge } from '../../lib/format'
import { YOUR_PASSPHRASE } from './vault-words'

/** How a key is kept: `Encrypted with GNOME Keyring · ends in 4f2c · added today`. */
export function keyWords(key: KeyView, keychain: string, nowMs: number, missing = true): string {
  if (key.state === 'none') return missing ? 'No key' : 'No key needed'
  const ends = key.last4 === null ? [] : [`ends in ${key.last4}`]
  const added = `added ${formatAge(key.addedMs, nowMs)}`
  switch (key.state) {
    case 'sealed':
      return [`Encrypted with ${keychain}`, ...ends, added].join(' · ')
    case 'session':
      return ['In memory until Latchkey quits', ...ends, added].join(' · ')
    case 'locked':
      return [
        keychain === YOUR_PASSPHRASE ? 'Locked: enter your passphrase' : `Locked: ${keychain} does not open it now`,
        ...ends,
      ].join(' · ')
  }
}

/** The honest sentence about a key that is about to be entered. */
export function keepingWords(vault: VaultView, host: string | null, forSession = false): string {
  if (vault.passphrase === 'locked') return 'Your keys are locked. Enter your passphrase first, on the Keys page.'
  if (forSession) return `Kept in memory and forgotten when Latchkey quits. ${sentOnlyTo(host)}`
  switch (vault.protection) {
    case 'keychain':
      return `Encrypted with ${vault.keychain}. ${sentOnlyTo(host)}`
    case 'passphrase':
      return `Encrypted with your passphrase. ${sentOnlyTo(host)}`
    case 'session':
      return `This computer offers no keychain. The key is kept in memory and forgotten when Latchkey quits. ${sentOnlyTo(host)}`
    case 'unavailable':
      return `${vault.keychain} cannot be reached now, so a key cannot be saved. Unlock it and try again, or keep the key only until Latchkey quits.`
    case 'damaged':
      return 'The file vault.json in the profile folder cannot be read, so a key cannot be saved. Restore a copy of it, or keep the key only until Latchkey quits.'
  }
}

/** The honest sentence about a server that is about to be connected without a key. */
export function connectingWords(host: string | null): string {
  return `No key needed. Nothing is sent before you press Connect, and then only to ${host ?? 'the host you enter'}.`
}

function sentOnlyTo(host: string | null): string {
  return host === null ? 'Sent only to the host you enter.' : `Sent only to ${host}.`
}
