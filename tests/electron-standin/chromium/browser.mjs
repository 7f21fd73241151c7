// The one Chromium of this process: started, closed, killed.
import { spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { preview } from '../launch/options.mjs'
import { browser, connect, connected, disconnect } from './devtools.mjs'
import { findChromium } from './find-chromium.mjs'
import { chromiumFlags } from './flags.mjs'

/** Emits 'exit' with the exit code when Chromium is gone, whoever ended it. */
export const chromium = new EventEmitter()
let child

/** @returns {Promise<string>} Chromium's version */
export async function launchChromium(options) {
  const executable = findChromium()
  if (!executable) throw new Error('electron stand-in: no Chromium found; set ELECTRON_STANDIN_CHROMIUM')
  child = spawn(executable, chromiumFlags(options), { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] })
  // Asked to end, it removes its temporary files; a preview's are removed by us, so it must be gone by then.
  process.prependOnceListener('exit', () => child.kill(preview ? 'SIGKILL' : 'SIGTERM'))
  child.on('exit', (code) => {
    disconnect()
    chromium.emit('exit', code)
  })
  connect(child.stdio[3], child.stdio[4])
  const log = followLog(child)
  const { product } = await browser.send('Browser.getVersion').catch(() => {
    throw new Error(`electron stand-in: Chromium ended before it was ready\n${log.text}`)
  })
  // Playwright waits for this line and connects to the address in it.
  if (!preview) console.error(`\nDevTools listening on ${await log.debuggingAddress}\n`)
  return product.split('/')[1]
}

/** Lets Chromium write its storage out, as Electron does on a clean quit. */
export async function closeChromium() {
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  if (!connected()) return void child.kill('SIGKILL')
  const gone = once(child, 'exit')
  browser.send('Browser.close').catch(() => {})
  await Promise.race([gone, delay(10_000, undefined, { ref: false })])
}

// Its stderr tells the debugging address, and the reason when it does not start. It must be read to the end either
// way: Chromium would block on a full pipe.
function followLog({ stderr }) {
  const { promise: debuggingAddress, resolve } = Promise.withResolvers()
  const log = { text: '', debuggingAddress }
  stderr.on('data', (data) => {
    log.text = (log.text + data).slice(-20_000)
    const address = /DevTools listening on (ws:\S+)/.exec(log.text)
    if (address) resolve(address[1])
  })
  return log
}
