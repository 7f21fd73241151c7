import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fingerprint, readStamp, removeStamp, writeStamp } from './fingerprint.mjs'
import { ROOT } from './paths.mjs'
import { runQuietly, step } from './steps.mjs'

const OUTPUTS = ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html']
const STAMP = join(ROOT, 'out', '.build-stamp.json')

/**
 * Whether the built app is what these sources make.
 *
 * @param {Record<string, unknown> | undefined} stamp of the last build
 * @param {{ inputs: string, outputs: string | undefined }} now `outputs` is undefined when a file is missing
 */
export function isBuilt(stamp, { inputs, outputs }) {
  return outputs !== undefined && stamp?.['inputs'] === inputs && stamp['outputs'] === outputs
}

/**
 * What a build depends on.
 *
 * @param {string} root
 */
export function buildInputs(root) {
  const configs = readdirSync(root).filter((name) => /^tsconfig.*\.json$/.test(name))
  return ['src', 'build', 'electron.vite.config.ts', 'package.json', 'package-lock.json', ...configs]
}

/**
 * Builds what changed; otherwise does nothing and says nothing.
 *
 * @param {string} node
 */
export async function ensureBuilt(node) {
  const inputs = fingerprint(ROOT, buildInputs(ROOT))
  if (isBuilt(readStamp(STAMP), { inputs, outputs: outputTimes() })) return
  // A build that is interrupted must not pass for the one before it.
  removeStamp(STAMP)
  await step('Building the app', () =>
    runQuietly(
      {
        file: node,
        args: [join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn'],
      },
      { log: 'build', sentence: () => 'The app could not be built' },
    ),
  )
  writeStamp(STAMP, { inputs, outputs: outputTimes() })
}

/** Another build in between, such as `npm run build` of other sources, shows in these. */
function outputTimes() {
  const times = OUTPUTS.map((file) => statSync(join(ROOT, file), { throwIfNoEntry: false })?.mtimeMs)
  return times.includes(undefined) ? undefined : times.join(' ')
}
