// Starting the probe app: through Playwright, or directly where there is no debugging port.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { _electron } from 'playwright'
import { afterAll, beforeAll, describe, onTestFinished } from 'vitest'
import { findChromium } from '../../chromium/find-chromium.mjs'
import { processesNaming } from './processes.mjs'

export const home = join(import.meta.dirname, '../..')
export const executable = join(home, 'dist/electron')
export const probe = join(import.meta.dirname, '../fixtures/probe')
process.env.ELECTRON_OVERRIDE_DIST_PATH = join(home, 'dist')

/** The stand-in needs Linux (sh, /proc) and a Chromium; a machine with real Electron may have neither. */
// oxlint-disable-next-line vitest/valid-describe-callback, vitest/valid-title -- made here, named where it is used
export const describeStandin = describe.runIf(process.platform === 'linux' && findChromium() !== undefined)

const createFolder = () => mkdtempSync(join(tmpdir(), 'standin-test-'))

// Not before the last Chromium has left it: one that is ending would write it anew.
async function removeFolder(folder) {
  while (processesNaming(folder).length > 0) await delay(50) // as long as the hook may take
  rmSync(folder, { recursive: true, force: true })
}

/** A folder that goes with the test. */
export function temporaryFolder() {
  const folder = createFolder()
  onTestFinished(() => removeFolder(folder))
  return folder
}

/**
 * One probe for all tests of a block.
 * @param {(probe: { app: import('playwright').ElectronApplication, page: import('playwright').Page }) => void} assign
 */
export function sharedProbe(assign) {
  const userData = createFolder()
  let app
  beforeAll(async () => {
    app = await launch({ userData })
    const page = await app.firstWindow()
    await page.getByRole('heading', { name: 'Probe' }).waitFor()
    assign({ app, page })
  })
  afterAll(async () => {
    await app?.close()
    await removeFolder(userData)
  })
}

/** Playwright's own launch, unmodified. */
export function launch({ userData, env = {}, args = [] }) {
  return _electron.launch({ args: [probe, `--user-data-dir=${userData}`, ...args], env: { ...process.env, ...env } })
}

/** A probe that obeys over stdin. Killed when the test ends, if it still lives. */
export class DrivenProbe {
  #lastId = 0
  #answers = new Map()
  output = ''

  constructor({ userData, env = {}, args = [] }) {
    this.process = spawn(executable, [probe, `--user-data-dir=${userData}`, ...args], {
      env: { ...process.env, PROBE_DRIVEN: '1', ...env },
      stdio: 'pipe',
    })
    this.exit = once(this.process, 'exit').then(([code, signal]) => code ?? signal)
    onTestFinished(async () => {
      this.process.kill('SIGKILL')
      await this.exit
    })
    this.process.stderr.on('data', (data) => (this.output += data))
    createInterface({ input: this.process.stdout }).on('line', (line) => {
      this.output += `${line}\n`
      if (line.startsWith('@answer ')) this.#settle(JSON.parse(line.slice('@answer '.length)))
    })
    void this.exit.then((code) => this.#giveUp(code))
  }

  /** @param {(electron: any, arg: any) => unknown} fn runs in the main process */
  evaluate(fn, arg) {
    const id = ++this.#lastId
    this.process.stdin.write(JSON.stringify({ id, source: String(fn), arg }) + '\n')
    return new Promise((resolve, reject) => this.#answers.set(id, { resolve, reject }))
  }

  /** Until the first window has loaded. */
  async started() {
    await this.evaluate(
      ({ BrowserWindow }) =>
        new Promise((resolve) => {
          const look = () => {
            const [window] = BrowserWindow.getAllWindows()
            if (window?.isVisible()) resolve()
            else setTimeout(look, 20)
          }
          look()
        }),
    )
    return this
  }

  #settle({ id, failed, value }) {
    const { resolve, reject } = this.#answers.get(id)
    this.#answers.delete(id)
    if (failed === undefined) resolve(value)
    else reject(new Error(failed))
  }

  #giveUp(code) {
    for (const { reject } of this.#answers.values()) reject(new Error(`the probe ended with ${code}\n${this.output}`))
    this.#answers.clear()
  }
}
