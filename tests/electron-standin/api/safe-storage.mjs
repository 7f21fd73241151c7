// safeStorage as on Linux. Which keyring there is, the environment says (ELECTRON_STANDIN_KEYRING).
import { keyring } from '../launch/options.mjs'
import { strict } from './absent.mjs'
import { app } from './app.mjs'
import { hasKeyring, seal, unseal } from './keyring.mjs'

const NOT_READY = 'safeStorage cannot be used before app is ready'
const isThere = keyring !== 'none'
let plainTextAllowed = false

const encrypting = (method) => `Error while encrypting the text provided to safeStorage.${method}.`
const decrypting = (method) => `Error while decrypting the ciphertext provided to safeStorage.${method}.`

function isEncryptionAvailable() {
  if (!app.standin.isReady || !isThere || keyring === 'locked') return false
  return hasKeyring || plainTextAllowed
}

// The synchronous methods refuse the constant key unless told otherwise; the asynchronous ones use it silently.
function requireSync(problem) {
  if (!app.standin.isReady) throw new Error(NOT_READY)
  if (!isEncryptionAvailable()) throw new Error(`${problem} Encryption is not available.`)
}

function requireAsync(method, problem) {
  if (!app.standin.isReady) throw new Error(NOT_READY)
  if (keyring === 'locked') throw new Error(`safeStorage.${method} is temporarily unavailable. Please try again.`)
  if (!isThere) throw new Error(`${problem} Encryption is not available.`)
}

function requireString(value) {
  if (typeof value !== 'string') throw new TypeError('Error processing argument at index 0, conversion failure')
}

function open(bytes, problem) {
  if (!ArrayBuffer.isView(bytes)) throw new Error('Expected the first argument to be a buffer')
  const opened = unseal(Buffer.from(bytes))
  if (!opened) throw new Error(problem)
  return opened
}

export const safeStorage = strict('safeStorage', {
  getSelectedStorageBackend() {
    if (!app.standin.isReady || !isThere) return 'unknown'
    return keyring === 'locked' ? 'gnome_libsecret' : keyring
  },
  setUsePlainTextEncryption(allowed) {
    plainTextAllowed = allowed
  },

  async isAsyncEncryptionAvailable() {
    return app.standin.isReady && isThere
  },
  async encryptStringAsync(text) {
    requireString(text)
    requireAsync('encryptStringAsync', encrypting('encryptStringAsync'))
    return seal(text)
  },
  async decryptStringAsync(bytes) {
    const problem = decrypting('decryptStringAsync')
    requireAsync('decryptStringAsync', problem)
    const { text, isOfWeakerKey } = open(bytes, problem)
    return { result: text, shouldReEncrypt: isOfWeakerKey }
  },

  // Deprecated in 45, gone in 46.
  isEncryptionAvailable,
  encryptString(text) {
    requireString(text)
    requireSync(encrypting('encryptString'))
    return seal(text)
  },
  decryptString(bytes) {
    const problem = decrypting('decryptString')
    requireSync(problem)
    return open(bytes, problem).text
  },
})
