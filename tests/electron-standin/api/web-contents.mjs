// webContents: what the app says to a page. How it is done is in contents/.
import { randomUUID } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import { Page } from '../contents/page.mjs'
import { strict, strictEmitter } from './absent.mjs'
import { app } from './app.mjs'
import { createEvent } from './events.mjs'
import { IpcMain } from './ipc-main.mjs'
import { nextContentsId, openContents } from './registry.mjs'
import { defaultSession } from './session.mjs'
import { createMainFrame } from './web-frame-main.mjs'

export class WebContents extends strictEmitter('webContents') {
  id = nextContentsId()
  session = defaultSession
  ipc = new IpcMain()
  #destroyed = false
  #page
  #windowOpenHandler = () => ({ action: 'allow' })
  #zoomFactor = 1

  constructor(window, preferences, size, popup) {
    super()
    this.setMaxListeners(0)
    this.mainFrame = createMainFrame(this)
    this.#page = new Page(this, preferences, size, popup)
    this.standin = {
      window,
      page: this.#page,
      windowOpen: (details) => this.#windowOpenHandler(details),
      destroyed: () => this.#becomeDestroyed(),
    }
    openContents.set(this.id, this)
    app.emit('web-contents-created', createEvent(), this)
  }

  loadURL(url) {
    return this.#page.navigation.load(url)
  }
  loadFile(file, { hash, search } = {}) {
    const url = pathToFileURL(file)
    if (hash) url.hash = hash
    if (search) url.search = search
    return this.loadURL(url.href)
  }
  reload() {
    this.#page.navigation.reload()
  }
  stop() {
    void this.#page.send('Page.stopLoading')
  }
  getURL() {
    return this.#page.navigation.url
  }
  getTitle() {
    return this.#page.navigation.title
  }
  isLoading() {
    return this.#page.navigation.isLoading
  }
  navigationHistory = { canGoBack: () => false, canGoForward: () => false, clear() {} }

  send(channel, ...args) {
    this.#page.ipc.send(channel, args)
  }
  setWindowOpenHandler(handler) {
    this.#windowOpenHandler = handler
  }

  executeJavaScript(code) {
    return this.#page.evaluate(code)
  }
  async insertCSS(css) {
    const text = JSON.stringify(css)
    const sheet = `{ const sheet = new CSSStyleSheet(); sheet.replaceSync(${text}); document.adoptedStyleSheets.push(sheet) }`
    await this.#page.evaluate(sheet)
    return randomUUID()
  }
  async capturePage() {
    await this.#page.opened
    const { data } = await this.#page.send('Page.captureScreenshot', { format: 'png' })
    const png = Buffer.from(data, 'base64')
    return { toPNG: () => png, isEmpty: () => png.length === 0, toDataURL: () => `data:image/png;base64,${data}` }
  }
  forcefullyCrashRenderer() {
    this.#page.send('Page.crash').catch(() => {})
  }

  close({ waitForBeforeUnload = false } = {}) {
    const { window } = this.standin
    if (waitForBeforeUnload) window.close()
    else window.destroy()
  }
  isDestroyed() {
    return this.#destroyed
  }
  #becomeDestroyed() {
    if (this.#destroyed) return
    this.#destroyed = true
    openContents.delete(this.id)
    this.#page.navigation.abandon()
    this.emit('destroyed')
  }

  isCrashed() {
    return this.#page.isCrashed
  }
  isFocused() {
    return true
  }
  getType() {
    return 'window'
  }
  getOSProcessId() {
    return process.pid
  }
  getProcessId() {
    return this.mainFrame.processId
  }

  // Remembered, but the picture does not change.
  setZoomFactor(factor) {
    this.#zoomFactor = factor
  }
  getZoomFactor() {
    return this.#zoomFactor
  }
  setZoomLevel(level) {
    this.#zoomFactor = 1.2 ** level
  }
  getZoomLevel() {
    return Math.log(this.#zoomFactor) / Math.log(1.2)
  }

  // Accepted and without effect here.
  focus() {}
  openDevTools() {}
  closeDevTools() {}
  toggleDevTools() {}
  isDevToolsOpened() {
    return false
  }
  setBackgroundThrottling() {}
  setWebRTCIPHandlingPolicy() {}
  setUserAgent() {}
  async setVisualZoomLevelLimits() {}
  undo() {}
  redo() {}
  cut() {}
  copy() {}
  paste() {}
  selectAll() {}
}

export const webContents = strict('webContents', {
  getAllWebContents: () => [...openContents.values()],
  fromId: (id) => openContents.get(id),
  getFocusedWebContents: () => openContents.values().next().value ?? null,
  fromDevToolsTargetId: (targetId) =>
    [...openContents.values()].find(({ standin }) => standin.page.targetId === targetId),
})
