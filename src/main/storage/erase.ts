import { closeSync, existsSync, fsyncSync, openSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Paths } from '../ports'

/** Stands in the profile from the moment everything is to go until it is gone, so that a kill in between changes nothing. */
const MARK = 'deleting'

/** What Latchkey writes. Below the profile there is also what Chromium keeps, which cannot be taken from under it. */
const OWN = /^(?:latchkey\.db|lock\.db|vault\.json)/

/**
 * What Chromium keeps of a page, by the names it gives it. Nothing else is touched: the profile may lie in a folder in which
 * there is more.
 */
const CHROMIUM =
  /^(?:(?:Session|Local|Shared) Storage|SharedStorage|IndexedDB|WebStorage|QuotaManager|Service Worker|blob_storage|databases|Partitions|shared_proto_db|Shared Dictionary|(?:Code )?Cache|(?:GPU|GPUPersistent|Dawn\w*|Shader|GrShader)Cache|Network|Network Persistent State|Cookies|Trust Tokens|TransportSecurity|DIPS|VideoDecodeStats|Dictionaries|Crashpad|Preferences|Local State)(?:-journal|-wal)?$/

/** From now on everything goes, now or at the next start. */
export function markForErasing({ profile }: Paths): void {
  const file = openSync(join(profile, MARK), 'w', 0o600)
  fsyncSync(file)
  closeSync(file)
  if (process.platform === 'win32') return
  const folder = openSync(profile, 'r')
  fsyncSync(folder)
  closeSync(folder)
}

/** Removes all files of Latchkey's. Returns the names of those that could not be removed. */
export function eraseOwn({ profile }: Paths): readonly string[] {
  return removeAll(profile, (name) => OWN.test(name))
}

/**
 * Goes on with what a run before this one has begun. Before Electron is ready, so that Chromium does not hold its files yet;
 * nothing of this says whether it could remove them, since the run before has emptied them.
 */
export function eraseRest({ profile }: Paths): void {
  if (existsSync(join(profile, MARK))) removeAll(profile, (name) => CHROMIUM.test(name))
}

/** The end of it: false when something of Latchkey's is still there, which then must not be opened. */
export function finishErasing(paths: Paths): boolean {
  const mark = join(paths.profile, MARK)
  if (!existsSync(mark)) return true
  if (eraseOwn(paths).length > 0) return false
  rmSync(mark, { force: true })
  return true
}

function removeAll(folder: string, which: (name: string) => boolean): string[] {
  return readdirSync(folder)
    .filter(which)
    .filter((name) => {
      try {
        rmSync(join(folder, name), { recursive: true, force: true, maxRetries: 3 })
        return false
      } catch {
        return true
      }
    })
}
