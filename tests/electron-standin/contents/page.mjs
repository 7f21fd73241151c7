// What lies behind one webContents: its Chromium page, set up before the page's first document.
import { closePage, createPage } from '../chromium/targets.mjs'
import { createAppWindow } from '../preview/app-window.mjs'
import { preview } from '../launch/options.mjs'
import { markPreview } from '../preview/page-marks.mjs'
import { ColorScheme } from './color-scheme.mjs'
import { followPageEvents } from './page-events.mjs'
import { followPulse } from './page-pulse.mjs'
import { Navigation } from './navigation.mjs'
import { PageIpc } from './page-ipc.mjs'
import { injectPreload } from './preload-injection.mjs'
import { followTitle } from './page-title.mjs'
import { guardRequests } from './request-guard.mjs'
import { Viewport } from './viewport.mjs'

export class Page {
  targetId
  openedPopups = []
  isCrashed = false
  #session

  /**
   * @param {import('../api/web-contents.mjs').WebContents} contents
   * @param {{ preload?: string }} preferences
   * @param {{ width: number, height: number }} size
   * @param {{ targetId: string, session: import('../chromium/devtools.mjs').DevToolsSession }} [popup] a page that is there already
   */
  constructor(contents, preferences, size, popup) {
    this.contents = contents
    this.preferences = preferences
    this.ipc = new PageIpc(this)
    this.navigation = new Navigation(this)
    this.viewport = new Viewport(this, size)
    this.colorScheme = new ColorScheme(this)
    /** Resolves when the page can be spoken to. */
    this.opened = this.#open(popup, size)
    this.opened.catch((error) => console.error('electron stand-in: a page could not be opened', error))
  }

  get mainFrameId() {
    return this.targetId // Chromium names a page after its main frame
  }

  /** A DevTools command to this page. */
  send(method, params) {
    return this.#session.send(method, params)
  }

  /** @param {string} method @param {(params: any) => void} listener */
  on(method, listener) {
    this.#session.on(method, listener)
  }

  async #open(popup, size) {
    const { targetId, session } = popup ?? (await (preview ? createAppWindow : createPage)(size))
    this.targetId = targetId
    this.#session = session
    this.navigation.follow()
    this.ipc.follow()
    followPageEvents(this)
    // Sent together and carried out in this order. Not one by one: a popup may have no renderer to answer before it runs.
    await Promise.all([
      this.send('Page.enable'),
      this.send('Page.setLifecycleEventsEnabled', { enabled: true }),
      this.send('Runtime.enable'),
      this.send('Inspector.enable'),
      guardRequests(this),
      injectPreload(this),
      followTitle(this),
      ...(preview ? [markPreview(this)] : []),
      this.viewport.apply(),
      this.colorScheme.apply(),
      this.send('Runtime.runIfWaitingForDebugger'),
    ])
    followPulse(this)
  }

  async evaluate(expression) {
    await this.opened
    const options = { expression, awaitPromise: true, returnByValue: true, userGesture: true }
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', options)
    if (!exceptionDetails) return result.value
    throw new Error(exceptionDetails.exception?.description ?? 'Script failed to execute')
  }

  close() {
    void this.opened.then(() => closePage(this.targetId)).catch(() => {})
  }

  /** Closes the page if its beforeunload handler lets it. @returns {Promise<boolean>} */
  async closeIfWilling() {
    await this.opened
    const { promise, resolve } = Promise.withResolvers()
    this.contents.once('destroyed', () => resolve(true))
    this.keptOpen = () => resolve(false)
    this.send('Page.close').catch(() => {})
    return promise
  }
}
