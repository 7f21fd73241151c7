import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** AES-256-GCM with a random nonce, everything base64. */
export interface Sealed {
  readonly nonce: string
  readonly tag: string
  readonly data: string
}

/** What a sealed key is bound to: move the ciphertext to another provider, origin or row and it no longer opens. */
export interface Binding {
  readonly provider: string
  readonly origin: string
  readonly keyId: string
}

const NONCE_BYTES = 12
const TAG_BYTES = 16
const KEY_BYTES = 32

/** A new data key. At most 2^32 seals may be made under one (NIST SP 800-38D); a person's keys are far fewer. */
export function newDataKey(): Buffer {
  return randomBytes(KEY_BYTES)
}

/** Seals a secret so that it opens only with this data key and for this binding. */
export function seal(dataKey: Uint8Array, binding: Binding, secret: string): Sealed {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', dataKey, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(associatedData(binding))
  const data = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return { nonce: base64(nonce), tag: base64(cipher.getAuthTag()), data: base64(data) }
}

/** Null when a single bit of the ciphertext, the key or the binding is not what it was. */
export function open(dataKey: Uint8Array, binding: Binding, sealed: Sealed): string | null {
  try {
    const nonce = Buffer.from(sealed.nonce, 'base64')
    // Node would accept shorter tags, and a short tag can be guessed.
    const decipher = createDecipheriv('aes-256-gcm', dataKey, nonce, { authTagLength: TAG_BYTES })
    decipher.setAAD(associatedData(binding))
    decipher.setAuthTag(Buffer.from(sealed.tag, 'base64'))
    const data = Buffer.from(sealed.data, 'base64')
    return Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}

function associatedData({ provider, origin, keyId }: Binding): Buffer {
  return Buffer.from(`v1|${provider}|${origin}|${keyId}`, 'utf8')
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64')
}
