/**
 * `npm run replay -- FILE...`: recorded provider traffic through the real SDK, adapter and ledger, for anyone who doubts a
 * bill. `npm run --silent replay -- --json FILE...` prints one JSON array and nothing else. See docs/prices.md.
 */
import './lib/refuse-ancient-node.mjs'
import { join } from 'node:path'
import { ensureInstalled } from './lib/install.mjs'
import { usableNode } from './lib/node-choice.mjs'
import { ROOT } from './lib/paths.mjs'
import { runScript } from './lib/problem.mjs'
import { runVisibly } from './lib/steps.mjs'

// Standard output belongs to the answer.
console.log = console.error

await runScript('replay', async () => {
  await ensureInstalled()
  return runVisibly({
    file: usableNode(),
    args: [
      '--disable-warning=ExperimentalWarning',
      '--import',
      join(ROOT, 'scripts', 'lib', 'typescript.mjs'),
      join(ROOT, 'tests', 'replay', 'main.ts'),
      ...process.argv.slice(2),
    ],
    env: { INIT_CWD: process.env['INIT_CWD'] ?? process.cwd() },
  })
})
