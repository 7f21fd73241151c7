import { join } from 'node:path'
import { ensureInstalled } from './install.mjs'
import { isAtLeast, usableNode } from './node-choice.mjs'
import { ROOT } from './paths.mjs'
import { Problem, runScript } from './problem.mjs'
import { runVisibly } from './steps.mjs'

/** The first Node 22 that runs TypeScript as it stands, without a flag. */
const NEEDED_HERE = '22.18.0'

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
    const node = usableNode()
    if (node === process.execPath && !isAtLeast(process.version, NEEDED_HERE)) {
      throw new Problem(
        `This needs Node ${NEEDED_HERE} or newer, which runs TypeScript, and this is ${process.version}.`,
      )
    }
    return runVisibly({
      file: node,
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
