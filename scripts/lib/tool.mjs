import { join } from 'node:path'
import { ensureInstalled } from './install.mjs'
import { usableNode } from './node-choice.mjs'
import { ROOT } from './paths.mjs'
import { runScript } from './problem.mjs'
import { runVisibly } from './steps.mjs'

/**
 * Runs a tool of ours that is written in TypeScript, with the arguments of this process. Standard output belongs to the
 * tool: whatever we say ourselves goes to standard error.
 *
 * @param {string} name of the log
 * @param {readonly string[]} entry its file, from the project's folder
 * @param {Readonly<Record<string, string>>} [env]
 */
export async function runTool(name, entry, env = {}) {
  console.log = console.error
  await runScript(name, async () => {
    await ensureInstalled()
    return runVisibly({
      file: usableNode(),
      args: [
        '--disable-warning=ExperimentalWarning',
        '--import',
        new URL('typescript.mjs', import.meta.url).href,
        join(ROOT, ...entry),
        ...process.argv.slice(2),
      ],
      env,
    })
  })
}
