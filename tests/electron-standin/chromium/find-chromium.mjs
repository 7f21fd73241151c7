// Which Chromium to run.
import { existsSync } from 'node:fs'
import { chromiumPath } from '../launch/options.mjs'

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
]

/** @returns {string | undefined} */
export const findChromium = () => chromiumPath ?? usualPlaces.find((path) => existsSync(path))
