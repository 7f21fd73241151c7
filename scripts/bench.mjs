/**
 * `npm run bench [-- NAME... --json]`: measures against baselines of the same run. `npm run --silent bench -- --json` prints
 * one JSON array and nothing else. See docs/performance.md.
 */
import './lib/refuse-ancient-node.mjs'
import { join } from 'node:path'
import { ensureInstalled } from './lib/install.mjs'
import { usableNode } from './lib/node-choice.mjs'
import { ROOT } from './lib/paths.mjs'
import { runScript } from './lib/problem.mjs'
import { runVisibly } from './lib/steps.mjs'

// Standard output belongs to the figures.
console.log = console.error

await runScript('bench', async () => {
  await ensureInstalled()
  return runVisibly({
    file: usableNode(),
    args: [
      '--disable-warning=ExperimentalWarning',
      '--import',
      join(ROOT, 'scripts', 'lib', 'typescript.mjs'),
      join(ROOT, 'tests', 'bench', 'main.ts'),
      ...process.argv.slice(2),
    ],
  })
})
