import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * One hash over files and folders, names included: a moved, added or removed file changes it too.
 *
 * @param {string} root
 * @param {readonly string[]} inputs paths below the root; a missing one counts as absent
 */
export function fingerprint(root, inputs) {
  const hash = createHash('sha256')
  for (const file of inputs.flatMap((input) => filesBelow(root, input)).toSorted()) {
    const content = readFileSync(join(root, file))
    // Lengths keep one file's end from passing for the next one's beginning.
    hash.update(`${file}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {string[]}
 */
function filesBelow(root, path) {
  const full = join(root, path)
  if (!existsSync(full)) return []
  if (!statSync(full).isDirectory()) return [path]
  return readdirSync(full).flatMap((name) => filesBelow(root, `${path}/${name}`))
}

/**
 * A small JSON file that remembers what was done last; undefined when there is none or it is unreadable.
 *
 * @param {string} file
 * @returns {Record<string, unknown> | undefined}
 */
export function readStamp(file) {
  try {
    const value = JSON.parse(readFileSync(file, 'utf8'))
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

/**
 * @param {string} file
 * @param {Record<string, unknown>} value
 */
export function writeStamp(file, value) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `${JSON.stringify(value)}\n`)
}

/** @param {string} file */
export function removeStamp(file) {
  rmSync(file, { force: true })
}
