// What the machine says about processes: their children, their listening ports, what they left on disk.
import { readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'

/** Polls until `check` holds. */
// oxlint-disable-next-line vitest/require-awaited-expect-poll -- awaited where it is used
export const until = (check) => expect.poll(check, { timeout: 20_000, interval: 50 })

export function isAlive(pid) {
  try {
    // A zombie has ended; it only waits for its parent to notice.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1][0] !== 'Z'
  } catch {
    return false
  }
}

/** @returns {number[]} the process's living descendants, a child ahead of its own */
export function descendants(pid) {
  const children = new Map()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name) || !isAlive(name)) continue
    const parent = Number(/\) \S (\d+)/.exec(tryRead(`/proc/${name}/stat`))?.[1])
    children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const below = (parent) => (children.get(parent) ?? []).flatMap((child) => [child, ...below(child)])
  return below(pid)
}

/** @returns {number[]} the living processes that were started with this text in their arguments */
export function processesNaming(text) {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isAlive(name))
  return ids.filter((id) => tryRead(`/proc/${id}/cmdline`).includes(text)).map(Number)
}

/** @returns {number[]} the TCP ports that the process and its descendants listen on */
export function listeningPorts(pid) {
  const owned = new Set([pid, ...descendants(pid)].flatMap(socketsOf))
  const lines = ['tcp', 'tcp6'].flatMap((table) => tryRead(`/proc/net/${table}`).trim().split('\n').slice(1))
  return lines
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === '0A' && owned.has(fields[9]))
    .map((fields) => Number.parseInt(fields[1].split(':').at(-1), 16))
}

function socketsOf(pid) {
  let fds = []
  try {
    fds = readdirSync(`/proc/${pid}/fd`)
  } catch {
    return [] // ended meanwhile
  }
  return fds.map((fd) => /socket:\[(\d+)\]/.exec(tryLink(`/proc/${pid}/fd/${fd}`))?.[1]).filter(Boolean)
}

/** @returns {string[]} the files under the folder that contain the text, in UTF-8 or UTF-16 */
export function filesContaining(folder, text) {
  const forms = [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')]
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => forms.some((form) => readFileSync(file).includes(form)))
}

function tryRead(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function tryLink(path) {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}
