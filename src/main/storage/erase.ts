import {
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Paths } from '../ports'
import { ownFilesIn, removeOwn } from './own-files'

/** Stands in the profile from the moment everything is to go until it is gone, so that a kill in between changes nothing. */
const DELETING = 'latchkey.deleting'
/** Ours is gone, and Chromium's goes at the next start; whatever of ours is there by then was put there, and stays. */
const DELETED = 'latchkey.deleted'
/** A file of that name by somebody else has something else in it. */
const MARK = 'Latchkey deletes everything here.\n'

/** Without these the next start would have something to open. */
const OPENED = /^(?:latchkey\.db(?:-wal|-shm|-journal)?|vault\.json)$/

/**
 * What Chromium keeps of a page, by the names it gives it. Nothing else is touched: the profile may lie in a folder in which
 * there is more.
 */
const CHROMIUM =
  /^(?:(?:Session|Local|Shared) Storage|SharedStorage|IndexedDB|WebStorage|QuotaManager|Service Worker|blob_storage|databases|Partitions|shared_proto_db|Shared Dictionary|(?:Code )?Cache|(?:GPU|GPUPersistent|Dawn\w*|Shader|GrShader)Cache|Network|Network Persistent State|Cookies|Trust Tokens|TransportSecurity|DIPS|VideoDecodeStats|Dictionaries|Crashpad|Preferences|Local State)(?:-journal|-wal)?$/
/** Only Chromium calls a file so; some of the other names are anybody's. */
const CHROMIUM_WAS_HERE = ['Local State', 'Preferences', 'Network Persistent State', 'DevToolsActivePort']

/** From now on everything goes, now or at the next start. */
export function markForErasing({ profile }: Paths): void {
  rmSync(join(profile, DELETING), { force: true })
  const file = openSync(join(profile, DELETING), 'wx', 0o600)
  try {
    writeFileSync(file, MARK)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  syncFolder(profile)
}

/** Removes all files of Latchkey's. Returns those that could not be removed. */
export function eraseOwn({ profile }: Paths): readonly string[] {
  const left = ownFilesIn(profile).flatMap((name) => removeOwn(profile, name))
  syncFolder(profile)
  return left
}

/** Ours is gone: nothing that is put there from now on, from a backup perhaps, is deleted again. */
export function markErased({ profile }: Paths): void {
  renameSync(join(profile, DELETING), join(profile, DELETED))
  syncFolder(profile)
}

/**
 * Goes on with what a run before this one has begun. Before Electron is ready, so that Chromium does not hold its files yet;
 * nothing of this says whether it could remove them, since the run before has emptied them.
 */
export function eraseRest({ profile }: Paths): void {
  if (!isMarked(profile, DELETING) && !isMarked(profile, DELETED)) return
  const names = readdirSync(profile)
  if (!names.some((name) => CHROMIUM_WAS_HERE.includes(name))) return
  // What tells that they are Chromium's goes last, or a kill in between would leave the others for good.
  for (const name of names.filter((each) => CHROMIUM.test(each)).toSorted((a, b) => rank(a) - rank(b))) {
    try {
      rmSync(join(profile, name), { recursive: true, force: true, maxRetries: 3 })
    } catch {
      // It was emptied by the run before.
    }
  }
}

/** Later is higher. */
const rank = (name: string): number => Number(CHROMIUM_WAS_HERE.includes(name))

/** The end of it: false when something is still there that this start would open. */
export function finishErasing(paths: Paths): boolean {
  const { profile } = paths
  // Anything else that stays was told of, and is tried once more here, not at every start for ever.
  if (isMarked(profile, DELETING)) {
    if (eraseOwn(paths).some((left) => OPENED.test(left))) return false
    rmSync(join(profile, DELETING), { force: true })
  }
  if (isMarked(profile, DELETED)) {
    try {
      rmSync(join(profile, DELETED), { force: true })
    } catch {
      // All it does is to have Chromium begin anew.
    }
  }
  return true
}

function isMarked(profile: string, name: string): boolean {
  try {
    const path = join(profile, name)
    return lstatSync(path).isFile() && readFileSync(path, 'utf8') === MARK
  } catch {
    return false
  }
}

/** Windows cannot open folders and needs no such call. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
