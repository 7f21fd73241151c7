import { lstatSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What SQLite puts beside a database. */
const BESIDE = ['-wal', '-shm', '-journal'] as const
const ENDING = `(?:${BESIDE.join('|')})?`

/** Copies from before a migration, whole or cut short, with their journals. */
const COPY = new RegExp(String.raw`^latchkey\.db\.before-v\d+(?:\.new)?${ENDING}$`)
const WHOLE_COPY = /^latchkey\.db\.before-v\d+$/
/** By their whole names: what somebody has put beside them under a longer one is not ours. */
const OWN = new RegExp(String.raw`^(?:(?:latchkey\.db(?:\.new)?|lock\.db)${ENDING}|vault\.json(?:\.new)?)$`)

/** Whether it is a copy that was finished. */
export const isWholeCopy = (name: string): boolean => WHOLE_COPY.test(name)

/** The names of the copies from before an update. */
export const copiesIn = (profile: string): string[] => filesIn(profile).filter((name) => COPY.test(name))

/** The names of all that Latchkey writes, the copies included. */
export const ownFilesIn = (profile: string): string[] =>
  filesIn(profile).filter((name) => OWN.test(name) || COPY.test(name))

/** Latchkey makes no folders. */
function filesIn(profile: string): string[] {
  return readdirSync(profile, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map(({ name }) => name)
}

/** Removes a file of ours; of a link also what it leads to. Returns what is still there, by name or by path. */
export function removeOwn(profile: string, name: string): string[] {
  const path = join(profile, name)
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true
  const beyond = isLink ? removeTarget(path) : []
  return isGone(path) ? beyond : [...beyond, name]
}

function removeTarget(link: string): string[] {
  try {
    const target = realpathSync(link)
    if (!statSync(target).isFile()) return [target]
    // SQLite puts its files beside the target, not beside the link.
    const beside = link.endsWith('.json') ? [] : BESIDE.map((ending) => `${target}${ending}`)
    return [...beside, target].filter((path) => !isGone(path))
  } catch (error) {
    const leadsNowhere = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    return leadsNowhere ? [] : [link]
  }
}

/** Tries to remove it, and looks. */
function isGone(path: string): boolean {
  try {
    rmSync(path, { force: true, maxRetries: 3 })
  } catch {
    // What is still there is told.
  }
  return lstatSync(path, { throwIfNoEntry: false }) === undefined
}
