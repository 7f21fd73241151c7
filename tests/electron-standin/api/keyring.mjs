// Chromium's sealing on Linux: AES-128-CBC with a fixed IV, so equal texts give equal ciphertexts, behind a prefix that
// names the key: v11 from the keyring, v10 the constant that every Chromium has (no protection at all).
import { createCipheriv, createDecipheriv, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto'
import { keyring, keyringSecret } from '../launch/options.mjs'

const FIXED_IV = Buffer.alloc(16, ' ')
const CHECK_LENGTH = 8
const derive = (password) => pbkdf2Sync(password, 'saltysalt', 1, 16, 'sha1')
const keys = { v10: derive('peanuts'), v11: derive(keyringSecret) }

/** Whether there is a real keyring, as opposed to the constant. */
export const hasKeyring = keyring === 'gnome_libsecret' || keyring.startsWith('kwallet') || keyring === 'locked'
const prefix = hasKeyring ? 'v11' : 'v10'

/** @param {string} text */
export function seal(text) {
  const key = keys[prefix]
  const cipher = createCipheriv('aes-128-cbc', key, FIXED_IV)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.from(prefix), sealed, check(key, sealed)])
}

/** @param {Buffer} bytes @returns {{ text: string, isOfWeakerKey: boolean } | undefined} undefined when it does not open */
export function unseal(bytes) {
  const found = bytes.subarray(0, 3).toString('latin1')
  const key = found === 'v11' && !hasKeyring ? undefined : keys[found]
  const sealed = bytes.subarray(3, -CHECK_LENGTH)
  if (!key || bytes.length < 3 + 16 + CHECK_LENGTH) return undefined
  if (!timingSafeEqual(check(key, sealed), bytes.subarray(-CHECK_LENGTH))) return undefined
  const decipher = createDecipheriv('aes-128-cbc', key, FIXED_IV)
  return { text: decipher.update(sealed, undefined, 'utf8') + decipher.final('utf8'), isOfWeakerKey: found !== prefix }
}

// Chromium has no check: there a wrong key opens one ciphertext in some 256, to garbage. Tests need it never to.
function check(key, sealed) {
  return createHmac('sha256', key).update(sealed).digest().subarray(0, CHECK_LENGTH)
}
