import { randomBytes, scrypt } from 'node:crypto'
import { KEY_BYTES, openBytes, sealBytes } from './envelope'
import type { PassphraseWrap } from './vault-file'

/** About 0.4 s and 128 MiB a guess (OWASP's minimum). Electron's crypto has no argon2, although Node's has. */
const COST = { n: 2 ** 17, r: 8, p: 1 } as const
const SALT_BYTES = 16
const MIB = 2 ** 20

type Parameters = Pick<PassphraseWrap, 'n' | 'r' | 'p' | 'salt'>

/** Wraps a data key so that only this passphrase opens it. The parameters are kept beside it, and bound to it. */
export async function wrapWithPassphrase(
  passphrase: string,
  dataKeyId: string,
  dataKey: Uint8Array,
): Promise<PassphraseWrap> {
  const parameters = { ...COST, salt: randomBytes(SALT_BYTES).toString('base64') }
  const key = await derive(passphrase, parameters)
  const sealed = sealBytes(key, associatedData(dataKeyId, parameters), dataKey)
  key.fill(0)
  return { kdf: 'scrypt', ...parameters, ...sealed }
}

/** The data key, or null: a wrong passphrase and a changed file are told by nothing but that. */
export async function unwrapWithPassphrase(
  passphrase: string,
  dataKeyId: string,
  wrap: PassphraseWrap,
): Promise<Buffer | null> {
  const key = await derive(passphrase, wrap)
  const dataKey = openBytes(key, associatedData(dataKeyId, wrap), wrap)
  key.fill(0)
  return dataKey
}

function associatedData(dataKeyId: string, { n, r, p, salt }: Parameters): string {
  return `v1|data key|${dataKeyId}|scrypt|${n}|${r}|${p}|${salt}`
}

/** Off the main thread. An accent may be typed as one character or as two: both are the same passphrase. */
function derive(passphrase: string, { n, r, p, salt }: Parameters): Promise<Buffer> {
  const secret = passphrase.normalize('NFC')
  // Node's own limit is below what these parameters need.
  const maxmem = 128 * n * r * p + 64 * MIB
  return new Promise((resolve, reject) => {
    scrypt(secret, Buffer.from(salt, 'base64'), KEY_BYTES, { N: n, r, p, maxmem }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    )
  })
}
