import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readStamp, removeStamp, writeStamp } from './fingerprint.mjs'
import { ROOT } from './paths.mjs'
import { Problem, writeLog } from './problem.mjs'
import { capture, step } from './steps.mjs'

const PACKAGE = join(ROOT, 'node_modules', 'electron')
const STAMP = join(ROOT, 'node_modules', '.cache', 'latchkey', 'electron-download.json')
const DAY_MS = 24 * 60 * 60 * 1000

/**
 * What to do about Electron's program, which npm does not carry.
 *
 * @param {object} state
 * @param {string | undefined} state.binary where it is, if it is there
 * @param {string} state.version wanted
 * @param {string} state.mirror address it is downloaded from; empty for the usual one
 * @param {number} state.now
 * @param {boolean} state.retry asked for
 * @param {Record<string, unknown> | undefined} state.failure the last download that failed: version, mirror, at
 * @returns {'use' | 'download' | 'do without'}
 */
export function decideElectron({ binary, version, mirror, now, retry, failure }) {
  if (binary !== undefined) return 'use'
  if (retry || failure === undefined) return 'download'
  if (failure['version'] !== version || failure['mirror'] !== mirror) return 'download'
  const age = now - Number(failure['at'])
  // A time in the future is a clock that was set back; it must not keep us from ever trying again.
  return age >= 0 && age < DAY_MS ? 'do without' : 'download'
}

/**
 * What to do where Electron cannot be had.
 *
 * @param {{ platform: string, display: boolean, standin: boolean, chromium: string | undefined }} system
 * @param {string} advice how to get Chromium
 * @returns {{ preview: string } | { problem: string }}
 */
export function decidePreview({ platform, display, standin, chromium }, advice) {
  if (platform !== 'linux' || !standin) return { problem: 'Without Electron there is nothing to show on this system.' }
  if (!display) {
    return { problem: 'There is no display either (DISPLAY and WAYLAND_DISPLAY are not set), so nothing can be shown.' }
  }
  if (chromium === undefined) return { problem: `To see the app in a preview window meanwhile, ${advice}.` }
  return { preview: chromium }
}

/**
 * One sentence on why there is no Electron and how to change that.
 *
 * @param {string} version
 * @param {string} output of the download; empty when it was not tried again
 */
export function explainMissing(version, output) {
  const how = 'to fetch it from a mirror, set ELECTRON_MIRROR to its address and run npm start again'
  if (output === '') {
    return `Electron ${version} is still missing (the last download failed less than a day ago): to try again, run npm start -- --retry-electron; ${how}.`
  }
  return `Electron ${version} could not be downloaded (${reasonOf(output)}): ${how}.`
}

/** @param {string} output */
function reasonOf(output) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|EHOSTUNREACH|fetch failed/.test(output))
    return 'its server cannot be reached'
  if (/ETIMEDOUT|Timeout/i.test(output)) return 'its server does not answer'
  if (/ENOSPC/.test(output)) return 'the disk is full'
  if (/checksum/i.test(output)) return 'what arrived was damaged'
  const status = /\b([45]\d\d)\b/.exec(output)?.[1]
  return status === undefined ? 'the download failed' : `its server answered ${status}`
}

/**
 * The arguments the app is started with.
 *
 * @param {{ platform: string, uid: number | undefined, args: readonly string[] }} start
 */
export function electronArguments({ platform, uid, args }) {
  const asRoot = platform === 'linux' && uid === 0 && !args.includes('--no-sandbox')
  return { args: [...(asRoot ? ['--no-sandbox'] : []), ROOT, ...args], sandboxOff: asRoot }
}

/** The version package.json of Electron names. */
export function electronVersion() {
  return String(JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')).version)
}

/**
 * Electron's program, when it is there and of the right version.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | undefined}
 */
export function electronBinary(env = process.env) {
  const override = env['ELECTRON_OVERRIDE_DIST_PATH']
  const name = readText(join(PACKAGE, 'path.txt'))
  if (override !== undefined && override !== '') {
    const path = join(override, name ?? programName())
    if (existsSync(path)) return path
    throw new Problem(`ELECTRON_OVERRIDE_DIST_PATH is set, but there is no ${path}; unset it or correct it.`)
  }
  if (name === undefined) return undefined
  const path = join(PACKAGE, 'dist', name)
  const version = readText(join(PACKAGE, 'dist', 'version'))
    ?.trim()
    .replace(/^v/, '')
  return version === electronVersion() && existsSync(path) ? path : undefined
}

/**
 * Finds Electron, downloading it where that is worth a try.
 *
 * @param {{ node: string, retry: boolean }} options
 * @returns {Promise<{ binary: string } | { missing: string }>} `missing`: the sentence that says why
 */
export async function obtainElectron({ node, retry }) {
  const version = electronVersion()
  const mirror = process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'] ?? ''
  const present = electronBinary()
  const decision = decideElectron({
    binary: present,
    version,
    mirror,
    now: Date.now(),
    retry,
    failure: readStamp(STAMP),
  })
  if (present !== undefined) return { binary: present }
  if (decision === 'do without') return { missing: explainMissing(version, '') }

  const { code, output } = await step(
    `Downloading Electron ${version}, about 100 MB (once)`,
    () => capture({ file: node, args: [join(PACKAGE, 'install.js')] }),
    (download) => download.code === 0,
  )
  const binary = code === 0 ? electronBinary() : undefined
  if (binary !== undefined) {
    removeStamp(STAMP)
    return { binary }
  }
  writeLog('electron-download', output)
  writeStamp(STAMP, { version, mirror, at: Date.now() })
  return { missing: explainMissing(version, output === '' ? 'no output' : output) }
}

function programName() {
  if (process.platform === 'darwin') return join('Electron.app', 'Contents', 'MacOS', 'Electron')
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}

/** @param {string} file */
function readText(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}
