import { safeStorage } from 'electron'
import { CipherError, type Cipher } from '../ports'

const KEYCHAINS: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: 'macOS Keychain',
  win32: 'Windows data protection',
}

const SYSTEMS: Readonly<Partial<Record<NodeJS.Platform, Cipher['system']>>> = { darwin: 'mac', win32: 'windows' }

const LINUX_KEYRINGS: Readonly<Record<string, string>> = {
  gnome_libsecret: 'GNOME Keyring',
  kwallet: 'KWallet',
  kwallet5: 'KWallet',
  kwallet6: 'KWallet',
}

/**
 * Electron's asynchronous safeStorage; the synchronous one is gone in Electron 46. Call after `ready`. The backend's
 * name on Linux is guessed from the desktop and only shown, never trusted: see `publicKeyPrefix`.
 */
export function systemCipher(platform: NodeJS.Platform): Cipher {
  return {
    keychain: KEYCHAINS[platform] ?? LINUX_KEYRINGS[safeStorage.getSelectedStorageBackend()] ?? 'the desktop keyring',
    system: SYSTEMS[platform] ?? 'linux',
    publicKeyPrefix: platform === 'linux' ? 'v10' : null,
    isAvailable: () => safeStorage.isAsyncEncryptionAvailable(),
    encrypt: (text) => safeStorage.encryptStringAsync(text),
    async decrypt(bytes) {
      try {
        const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(bytes))
        return { text: result, shouldReEncrypt }
      } catch (error) {
        // The message is the only thing that tells a keychain that is locked now from one that lost the key.
        throw new CipherError(error instanceof Error && /temporarily unavailable/i.test(error.message))
      }
    },
  }
}
