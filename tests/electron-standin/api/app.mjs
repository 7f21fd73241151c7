// app: its facts, its life from ready to quit, its single instance.
import { launched } from '../launch/launched.mjs'
import { chromium, closeChromium } from '../chromium/browser.mjs'
import { strictEmitter } from './absent.mjs'
import { AppPaths } from './app-paths.mjs'
import { createEvent } from './events.mjs'
import { openWindows } from './registry.mjs'
import { SingleInstance } from './single-instance.mjs'

const nothing = () => {}
const { switches, manifest } = launched

const commandLine = {
  appendSwitch: (name, value = '') => void switches.set(name, value),
  appendArgument: nothing,
  hasSwitch: (name) => switches.has(name),
  getSwitchValue: (name) => switches.get(name) ?? '',
  removeSwitch: (name) => void switches.delete(name),
}

class App extends strictEmitter('app') {
  name = manifest.productName ?? manifest.name ?? 'Electron'
  isPackaged = launched.isPackaged
  userAgentFallback = 'standin'
  applicationMenu = null
  commandLine = commandLine
  #paths = new AppPaths(() => this.name)
  #ready = Promise.withResolvers()
  #instance = new SingleInstance((message) => this.#reportSecondInstance(message))

  /** For the stand-in itself: Playwright's loader replaces the public isReady. */
  standin = { isReady: false, isQuitting: false, becomeReady: () => this.#becomeReady() }

  whenReady() {
    return this.#ready.promise
  }
  isReady() {
    return this.standin.isReady
  }
  #becomeReady() {
    this.standin.isReady = true
    this.emit('will-finish-launching')
    this.emit('ready', createEvent(), {})
    this.#ready.resolve({})
  }

  getName() {
    return this.name
  }
  setName(name) {
    this.name = name
  }
  getVersion() {
    return manifest.version ?? '0.0.0'
  }
  getAppPath() {
    return launched.root
  }
  getPath(name) {
    return this.#paths.get(name)
  }
  setPath(name, path) {
    this.#paths.set(name, path)
  }
  getLocale() {
    return switches.get('lang') || 'en-US'
  }
  getSystemLocale() {
    return this.getLocale()
  }
  getPreferredSystemLanguages() {
    return [this.getLocale()]
  }
  getAppMetrics() {
    return []
  }
  getGPUFeatureStatus() {
    return {}
  }

  requestSingleInstanceLock(additionalData) {
    const message = { args: process.argv, directory: process.cwd(), data: additionalData }
    return this.#instance.acquire(this.getPath('userData'), message)
  }
  hasSingleInstanceLock() {
    return this.#instance.held
  }
  releaseSingleInstanceLock() {
    this.#instance.release()
  }
  // Through whenReady of our own: Electron promises that second-instance comes after ready.
  #reportSecondInstance({ args, directory, data }) {
    void this.#ready.promise.then(() => this.emit('second-instance', createEvent(), args, directory, data))
  }

  quit() {
    if (this.standin.isQuitting) return
    if (this.#prevented('before-quit')) return
    this.standin.isQuitting = true
    void this.#leave()
  }
  async #leave() {
    for (const window of openWindows.values()) {
      if (!(await window.standin.close())) return void (this.standin.isQuitting = false)
    }
    if (this.#prevented('will-quit')) return void (this.standin.isQuitting = false)
    this.emit('quit', createEvent(), 0)
    await closeChromium()
    process.exit(0)
  }
  #prevented(name) {
    const event = createEvent()
    this.emit(name, event)
    return event.defaultPrevented
  }
  exit(code = 0) {
    this.standin.isQuitting = true
    this.emit('quit', createEvent(), code)
    process.exit(code) // Chromium ends on the way out
  }

  // Accepted and without effect here.
  focus() {}
  relaunch() {}
  setAppLogsPath() {}
  setAppUserModelId() {}
  setAboutPanelOptions() {}
  enableSandbox() {} // every window is sandboxed
  disableHardwareAcceleration() {}
  setAsDefaultProtocolClient() {
    return true
  }
  removeAsDefaultProtocolClient() {
    return true
  }
  setBadgeCount() {
    return true
  }
}

export const app = new App().setMaxListeners(0)

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => app.quit())

// Chromium can go first: a signal to the process group reaches it too, and a person can close it.
chromium.on('exit', (code) => {
  const crashed = code !== 0 && !app.standin.isQuitting
  if (crashed) {
    console.error(`electron stand-in: Chromium ended unexpectedly with ${code}`)
    process.exit(1)
  }
  for (const window of openWindows.values()) window.standin.pageGone()
  app.quit()
})
