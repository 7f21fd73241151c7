// utilityProcess: a Node child process with a message channel.
import { spawn } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { join } from 'node:path'
import { launched } from '../launch/launched.mjs'
import { notImplemented, strict } from './absent.mjs'
import { app } from './app.mjs'

const bootstrap = join(import.meta.dirname, '../utility/boot.mjs')

class UtilityProcess extends EventEmitter {
  pid
  stdout = null
  stderr = null
  #child

  constructor(modulePath, args, { env = process.env, execArgv = [], cwd, stdio } = {}) {
    super()
    const nodeArgs = ['--no-warnings', ...execArgv, bootstrap, launched.executable, modulePath, ...args]
    this.#child = spawn(process.execPath, nodeArgs, {
      env,
      cwd,
      stdio: [...streams(stdio), 'ipc'],
      serialization: 'advanced', // structured clone, as between Electron's processes
    })
    this.stdout = this.#child.stdout
    this.stderr = this.#child.stderr
    this.#child.once('spawn', () => {
      this.pid = this.#child.pid
      this.emit('spawn')
    })
    this.#child.on('message', (message) => this.emit('message', message))
    this.#child.once('exit', (code, signal) => {
      this.pid = undefined
      this.emit('exit', code ?? (signal === 'SIGTERM' ? 15 : 9))
    })
    this.#child.once('error', (error) => console.error('electron stand-in: utility process', error))
  }

  postMessage(message, transfer = []) {
    if (transfer.length > 0) throw notImplemented('utilityProcess.postMessage with ports')
    structuredClone(message) // refuses, with the same error, what Electron would refuse
    if (this.#child.connected) this.#child.send(message, () => {}) // it may be leaving: its exit says so
  }
  kill() {
    return this.#child.kill()
  }
}

// 'pipe', or ['ignore', 'pipe', 'inherit']: stdin can only be ignored.
function streams(stdio = 'inherit') {
  const [stdin, stdout, stderr] = typeof stdio === 'string' ? ['ignore', stdio, stdio] : stdio
  if (stdin !== 'ignore') throw new TypeError('stdin value other than ignore is not supported.')
  return [stdin, stdout ?? 'inherit', stderr ?? 'inherit']
}

export const utilityProcess = strict('utilityProcess', {
  fork(modulePath, args = [], options = {}) {
    if (!app.standin.isReady) throw new Error('utilityProcess cannot be created before app is ready.')
    return new UtilityProcess(modulePath, args, options)
  },
})
