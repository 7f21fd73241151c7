// @ts-check
import { join } from 'node:path'
import { holdsArchiveHash, setFuses } from './fuses.mjs'

/** electron-builder's numbers of arm64 and of a universal app. */
const APPLE_SILICON = [3, 4]

/**
 * Called by electron-builder once the app is in its folder and before it is signed: a fuse set after that would break the
 * signature.
 *
 * @param {import('electron-builder').AfterPackContext} context
 */
export async function afterPack({ appOutDir, electronPlatformName, arch, packager }) {
  // The halves of a universal app of macOS; the whole comes by itself afterwards.
  if (appOutDir.endsWith('-temp')) return
  const { productFilename } = packager.appInfo
  const mac = electronPlatformName === 'darwin' || electronPlatformName === 'mas'
  const windows = electronPlatformName === 'win32'
  const electron = join(
    appOutDir,
    mac ? `${productFilename}.app` : windows ? `${productFilename}.exe` : linuxName(packager),
  )
  await setFuses(electron, {
    resignAdHoc: mac && process.platform === 'darwin' && APPLE_SILICON.includes(arch),
  })
  // Linux has no place for the hash, and no check.
  if (!mac && !windows) return
  const archive = join(mac ? join(electron, 'Contents/Resources') : join(appOutDir, 'resources'), 'app.asar')
  if (!(await holdsArchiveHash(archive, mac ? join(electron, 'Contents/Info.plist') : electron))) {
    throw new Error(`${electron} does not hold the hash of ${archive}, and would not start`)
  }
}

/** @param {import('electron-builder').AfterPackContext['packager']} packager */
function linuxName(packager) {
  // Only the packager of Linux has its own name for the executable.
  const { executableName } = /** @type {{ executableName?: string }} */ (/** @type {unknown} */ (packager))
  if (executableName === undefined) throw new Error('electron-builder does not say what the executable is called')
  return executableName
}
