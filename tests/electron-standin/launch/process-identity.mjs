// What an Electron main process finds on `process`.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export const electronVersion = readFileSync(join(import.meta.dirname, '../dist/version'), 'utf8').trim()

/** @param {'browser' | 'utility'} type */
export function becomeElectronProcess(type, executable) {
  Object.defineProperty(process.versions, 'electron', { value: electronVersion, enumerable: true })
  setChromeVersion('0.0.0')
  process.type = type
  process.resourcesPath = join(dirname(executable), 'resources')
}

/** Known only once Chromium has answered. */
export function setChromeVersion(value) {
  Object.defineProperty(process.versions, 'chrome', { value, enumerable: true, configurable: true })
}
