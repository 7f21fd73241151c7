// Where the app's code is: beside a packaged executable, or where the command line says.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/**
 * @param {string} executable
 * @param {string | undefined} target the app path of the command line
 */
export async function locateApp(executable, target) {
  const packaged = ['app.asar', 'app'].map((name) => join(dirname(executable), 'resources', name)).find(existsSync)
  const given = packaged ?? target
  if (!given) throw new Error('no app given')
  if (!existsSync(given)) throw new Error(`cannot find the app ${resolve(given)}`)
  const path = given.endsWith('.asar') ? await unpack(resolve(given)) : resolve(given)
  return { ...describe(path), isPackaged: packaged !== undefined }
}

function describe(path) {
  if (statSync(path).isDirectory()) {
    const manifest = readManifest(path)
    return { root: path, manifest, main: join(path, manifest.main ?? 'index.js') }
  }
  return { root: dirname(path), manifest: nearestManifest(dirname(path)), main: path }
}

const readManifest = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

function nearestManifest(folder) {
  if (existsSync(join(folder, 'package.json'))) return readManifest(folder)
  return folder === dirname(folder) ? {} : nearestManifest(dirname(folder))
}

// Loaded only for a packaged app: @electron/asar comes with electron-builder, not with the stand-in.
async function unpack(file) {
  const { unpackArchive } = await import('./asar.mjs')
  return unpackArchive(file)
}
