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
/** Of a data key. */
export const KEY_BYTES = 32

/** A new data key. At most 2^32 seals may be made under one (NIST SP 800-38D); a person's keys are far fewer. */
export function newDataKey(): Buffer {
  return randomBytes(KEY_BYTES)
}

/** Seals a secret so that it opens only with this data key and for this binding. */
export function seal(dataKey: Uint8Array, binding: Binding, secret: string): Sealed {
  return sealBytes(dataKey, associatedData(binding), Buffer.from(secret, 'utf8'))
}

/** Null when a single bit of the ciphertext, the key or the binding is not what it was. */
export function open(dataKey: Uint8Array, binding: Binding, sealed: Sealed): string | null {
  return openBytes(dataKey, associatedData(binding), sealed)?.toString('utf8') ?? null
}

/** Seals bytes so that they open only with this key and beside this text. */
export function sealBytes(key: Uint8Array, associated: string, secret: Uint8Array): Sealed {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(Buffer.from(associated, 'utf8'))
  const data = Buffer.concat([cipher.update(secret), cipher.final()])
  return { nonce: base64(nonce), tag: base64(cipher.getAuthTag()), data: base64(data) }
}

/** Null when a single bit of the ciphertext, the key or the text beside it is not what it was. */
export function openBytes(key: Uint8Array, associated: string, sealed: Sealed): Buffer | null {
  try {
    const nonce = Buffer.from(sealed.nonce, 'base64')
    // Node would accept shorter tags, and a short tag can be guessed.
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
    decipher.setAAD(Buffer.from(associated, 'utf8'))
    decipher.setAuthTag(Buffer.from(sealed.tag, 'base64'))
    return Buffer.concat([decipher.update(Buffer.from(sealed.data, 'base64')), decipher.final()])
  } catch {
    return null
  }
}

function associatedData({ provider, origin, keyId }: Binding): string {
  return `v1|${provider}|${origin}|${keyId}`
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64')
}
