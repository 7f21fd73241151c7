import { join } from 'node:path'
import { utilityProcess } from 'electron'
import type { Clock, TokenCounter } from '../ports'
import { createTokenCounter, type ChildPort } from '../tokens/token-counter'

/** Counts in a utility process of Electron's; `out` is the build's folder. Call `count` after `ready`. */
export function systemTokenCounter(out: string, clock: Clock): TokenCounter {
  return createTokenCounter({ start: () => startProcess(join(out, 'main/token-process.js')), clock })
}

function startProcess(file: string): ChildPort {
  const child = utilityProcess.fork(file, [], {
    serviceName: 'Latchkey token counter',
    stdio: 'ignore',
    // As this process sees it, without what is kept from it.
    env: { ...process.env },
  })
  // Out of memory, for one. Its exit follows; an `error` nobody listens to would end the app.
  child.on('error', () => undefined)
  return {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- to a process, not to a window
    post: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.once('exit', listener),
    // Until it is there it cannot be killed.
    kill: () => void (child.kill() || child.once('spawn', () => child.kill())),
  }
}
