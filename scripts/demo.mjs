/**
 * `npm run demo`: the app on a temporary profile with an invented year and a practice provider on loopback. No key, no
 * network, nothing kept. `npm run demo -- --screenshots DIR` takes the tour without a display and leaves its pictures.
 */
import './lib/refuse-ancient-node.mjs'
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ensureBuilt } from './lib/build.mjs'
import { CHROMIUM_ADVICE, findChromium } from './lib/chromium.mjs'
import { electronBinary } from './lib/electron.mjs'
import { ensureInstalled } from './lib/install.mjs'
import { usableNode } from './lib/node-choice.mjs'
import { ROOT } from './lib/paths.mjs'
import { Problem, runScript } from './lib/problem.mjs'
import { runVisibly } from './lib/steps.mjs'

await runScript('demo', async () => {
  const args = process.argv.slice(2)
  const at = args.indexOf('--screenshots')
  const folder = at < 0 ? undefined : args[at + 1]
  if (at >= 0 && folder === undefined) throw new Problem('Say where the pictures go: npm run demo -- --screenshots DIR')
  await ensureInstalled()
  const node = usableNode()
  await ensureBuilt(node)
  const electron = electronBinary()
  const chromium = electron === undefined ? findChromium() : undefined
  if (electron === undefined && chromium === undefined) throw new Problem(CHROMIUM_ADVICE)
  if (folder === undefined) {
    console.log('DEMO: an invented year and a practice provider. Nothing is real, nothing is sent, nothing is kept.')
  } else mkdirSync(folder, { recursive: true })
  const standIn = electron === undefined ? join(ROOT, 'tests', 'electron-standin', 'dist') : undefined
  return runVisibly({
    file: node,
    args: [
      join(ROOT, 'node_modules', 'playwright', 'cli.js'),
      'test',
      '--config',
      join(ROOT, 'tests', 'demo', 'playwright.config.ts'),
      folder === undefined ? 'open.demo' : 'tour.demo',
    ],
    env: {
      DEMO_SCREENSHOTS: folder === undefined ? undefined : resolve(folder),
      ...(standIn === undefined ? {} : { ELECTRON_OVERRIDE_DIST_PATH: standIn }),
      ...(folder === undefined && standIn !== undefined ? { ELECTRON_STANDIN_HEADED: '1' } : {}),
      ELECTRON_STANDIN_CHROMIUM: chromium,
    },
  })
})
