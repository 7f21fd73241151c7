import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Every file below a folder, with its bytes: logs, copies and temporary files as well. */
export function filesBelow(folder: string): { readonly path: string; readonly bytes: Buffer }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, bytes: readFileSync(path) }))
}

/** A secret as a file may hold it. */
export function formsOf(secret: Buffer): Buffer[] {
  const text = secret.toString('latin1')
  // Base64 of something longer that holds it: whole groups of it, at each of the three places it may begin.
  const grouped = [0, 1, 2].map((skip) => {
    const rest = secret.subarray(skip)
    return rest.subarray(0, rest.length - (rest.length % 3)).toString('base64')
  })
  return [
    secret,
    Buffer.from(text, 'utf16le'),
    Buffer.from(secret.toString('hex')),
    Buffer.from(secret.toString('hex').toUpperCase()),
    ...grouped.map((form) => Buffer.from(form)),
    ...grouped.map((form) => Buffer.from(form.replaceAll('+', '-').replaceAll('/', '_'))),
  ]
}

/** The files that hold any form of a secret. */
export function filesWith(folder: string, secret: Buffer): string[] {
  const forms = formsOf(secret)
  return filesBelow(folder).flatMap(({ path, bytes }) => (forms.some((form) => bytes.includes(form)) ? [path] : []))
}
