import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { ROOT } from './paths.mjs'

/** What to do where there is no Chromium; the end of a sentence. */
export const CHROMIUM_ADVICE =
  'install Chromium (on Debian or Ubuntu: sudo apt-get install chromium; anywhere: npx playwright install chromium) or set ELECTRON_STANDIN_CHROMIUM to its path'

const SYSTEM_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
]

/**
 * The Chromium to use: the one named, then Playwright's own, then the system's.
 *
 * @param {{ named: string | undefined, playwrights: () => string | undefined, exists: (path: string) => boolean }} where
 * @returns {string | undefined}
 */
export function chooseChromium({ named, playwrights, exists }) {
  // A path set by hand is never replaced by another browser in silence.
  if (named !== undefined && named !== '') return exists(named) ? named : undefined
  return [playwrights(), ...SYSTEM_PATHS].find((path) => path !== undefined && exists(path))
}

/** @returns {string | undefined} */
export function findChromium() {
  return chooseChromium({
    named: process.env['ELECTRON_STANDIN_CHROMIUM'],
    playwrights: playwrightsChromium,
    exists: existsSync,
  })
}

function playwrightsChromium() {
  try {
    return createRequire(join(ROOT, 'package.json'))('playwright-core').chromium.executablePath()
  } catch {
    // Not installed, or no build for this system.
    return undefined
  }
}
