import { fork } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { ChildPort } from '../../src/main/tokens/token-counter'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** Gives a child of Node's what Electron gives a utility process: `process.parentPort`. */
const UTILITY = join(root, 'tests/electron-standin/utility/boot.mjs')

/** The counting process: its real entry, from the sources or as built, in a process of its own without Electron. */
export function startTokenProcess(entry = 'src/main/tokens/token-process.ts'): ChildPort {
  const typescript = pathToFileURL(join(root, 'scripts/lib/typescript.mjs')).href
  const child = fork(UTILITY, [process.execPath, join(root, entry)], {
    execArgv: ['--no-warnings', '--import', typescript],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  // A test that forgets to close must not keep its runner alive.
  child.unref()
  child.channel?.unref()
  return {
    post: (message) => void child.send(message, () => undefined),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', () => listener()),
    kill: () => void child.kill(),
  }
}
