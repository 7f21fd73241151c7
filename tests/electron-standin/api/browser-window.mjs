// BrowserWindow: sizes and states are kept here, the page is the webContents'.
import { app } from './app.mjs'
import { createEvent } from './events.mjs'
import { nextWindowId, openWindows } from './registry.mjs'
import { WebContents } from './web-contents.mjs'
import { WindowState } from './window-state.mjs'

/** A popup's page is there before its window; this key of the options hands it over. */
export const POPUP = Symbol('popup')

export class BrowserWindow extends WindowState {
  id = nextWindowId()
  #bounds
  #destroyed = false
  #readyToShow = false

  constructor(options = {}) {
    refuseUnsafe(options.webPreferences)
    const { x = 0, y = 0, width = 800, height = 600, show = true, title = app.getName() } = options
    super({ show, title })
    this.#bounds = { x, y, width, height }
    this.standin = {
      close: () => this.#close(),
      pageGone: () => this.#pageGone(),
      firstLoaded: () => this.#firstLoaded(),
      pageTitled: (event, text) => void (event.defaultPrevented || this.setTitle(text)),
    }
    openWindows.set(this.id, this)
    this.webContents = new WebContents(this, options.webPreferences ?? {}, { width, height }, options[POPUP])
    app.emit('browser-window-created', createEvent(), this)
  }

  static getAllWindows() {
    return [...openWindows.values()]
  }
  static getFocusedWindow() {
    return BrowserWindow.getAllWindows().find((window) => window.isVisible()) ?? null
  }
  static fromWebContents(contents) {
    return openWindows.get(contents?.standin.window.id) ?? null
  }
  static fromId(id) {
    return openWindows.get(id) ?? null
  }

  loadURL(url, options) {
    return this.webContents.loadURL(url, options)
  }
  loadFile(file, options) {
    return this.webContents.loadFile(file, options)
  }
  reload() {
    this.webContents.reload()
  }
  capturePage() {
    return this.webContents.capturePage()
  }

  // ---- closing
  close() {
    void this.#close()
  }
  async #close() {
    if (this.#destroyed) return true
    const event = createEvent()
    this.emit('close', event)
    return !event.defaultPrevented && this.webContents.standin.page.closeIfWilling()
  }
  destroy() {
    if (!this.#destroyed) this.webContents.standin.page.close()
  }
  #pageGone() {
    if (this.#destroyed) return
    this.#destroyed = true
    openWindows.delete(this.id)
    this.webContents.standin.destroyed()
    this.emit('closed')
    if (openWindows.size > 0 || app.standin.isQuitting) return
    if (app.listenerCount('window-all-closed') > 0) app.emit('window-all-closed')
    else app.quit()
  }
  isDestroyed() {
    return this.#destroyed
  }

  // ---- showing
  #firstLoaded() {
    if (this.#readyToShow) return
    this.#readyToShow = true
    this.emit('ready-to-show')
  }

  // ---- place and size. There is no frame, so the content is as large as the window.
  getBounds() {
    return { ...this.#bounds }
  }
  setBounds(bounds) {
    const { width, height } = Object.assign(this.#bounds, bounds)
    this.webContents.standin.page.viewport.resize({ width, height })
    this.emit('resize')
    this.emit('resized')
  }
  getNormalBounds() {
    return this.getBounds()
  }
  getContentBounds() {
    return this.getBounds()
  }
  setContentBounds(bounds) {
    this.setBounds(bounds)
  }
  getSize() {
    return [this.#bounds.width, this.#bounds.height]
  }
  setSize(width, height) {
    this.setBounds({ width, height })
  }
  getContentSize() {
    return this.getSize()
  }
  setContentSize(width, height) {
    this.setBounds({ width, height })
  }
  getPosition() {
    return [this.#bounds.x, this.#bounds.y]
  }
  setPosition(x, y) {
    Object.assign(this.#bounds, { x, y })
    this.emit('move')
  }
}

function refuseUnsafe({ nodeIntegration, contextIsolation, sandbox, webSecurity } = {}) {
  if (!app.standin.isReady) throw new Error('Cannot create BrowserWindow before app is ready')
  if (nodeIntegration || contextIsolation === false || sandbox === false || webSecurity === false) {
    throw new Error('electron stand-in: only sandboxed, context-isolated windows with web security are supported')
  }
}
