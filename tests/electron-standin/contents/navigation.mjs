// Where the page is, and how it gets there.
import { createEvent } from '../api/events.mjs'
import { fromPage, toPage } from '../serving/page-address.mjs'

const ERR_ABORTED = -3
const ERR_FAILED = -2
const BLANK = 'about:blank'

export class Navigation {
  url = ''
  title = ''
  isLoading = false
  #page
  #document
  #loading
  #expected = new Set()

  /** @param {import('./page.mjs').Page} page */
  constructor(page) {
    this.#page = page
  }

  follow() {
    const { contents } = this.#page
    const isMain = (frameId) => frameId === this.#page.mainFrameId
    this.#page.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId) return
      // Chromium's own page about a failure may come after the next loading has begun, and must not pass for it.
      if (frame.unreachableUrl) return
      // An empty document that nobody asked for is only where a new page begins.
      if (frame.url === BLANK && !this.wasExpected(BLANK)) return
      this.#document = frame.loaderId
      this.url = fromPage(frame.url) + (frame.urlFragment ?? '')
      contents.emit('did-navigate', createEvent(), this.url, 200, '')
    })
    this.#page.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (!isMain(frameId)) return
      this.url = fromPage(url)
      contents.emit('did-navigate-in-page', createEvent(), this.url, true)
    })
    this.#page.on('Page.frameStartedLoading', ({ frameId }) => {
      if (!isMain(frameId)) return
      this.isLoading = true
      contents.emit('did-start-loading')
    })
    // By document: that empty one also loads, and must not pass for the one being loaded.
    this.#page.on('Page.lifecycleEvent', ({ frameId, loaderId, name }) => {
      if (!isMain(frameId) || loaderId !== this.#document) return
      if (name === 'DOMContentLoaded') contents.emit('dom-ready', createEvent())
      if (name === 'load') this.#loaded()
    })
  }

  #loaded() {
    const { contents } = this.#page
    this.isLoading = false
    contents.emit('did-finish-load')
    contents.emit('did-stop-loading')
    contents.standin.window.standin.firstLoaded()
    this.#loading?.resolve()
    this.#loading = undefined
  }

  async load(url) {
    await this.#page.opened
    const address = new URL(toPage(url)).href
    this.#expect(address)
    this.#loading?.reject(failure('ERR_ABORTED', ERR_ABORTED, this.#loading.url))
    const loading = { url, ...Promise.withResolvers() }
    this.#loading = loading
    loading.promise.catch(() => {}) // its failure also reaches whoever called load
    const { errorText } = await this.#page.send('Page.navigate', { url: address })
    if (!errorText) return loading.promise
    if (this.#loading === loading) this.#loading = undefined
    const error = failure(errorText.replace('net::', ''), ERR_FAILED, url)
    this.#page.contents.emit('did-fail-load', createEvent(), error.errno, errorText, url, true)
    throw error
  }

  reload() {
    this.#expect(toPage(this.url))
    void this.#page.send('Page.reload')
  }

  /** Told once per navigation that main itself started: those raise no will-navigate. */
  wasExpected(address) {
    return this.#expected.delete(withoutHash(address))
  }
  #expect(address) {
    this.#expected.add(withoutHash(address))
  }

  setTitle(title) {
    const { contents } = this.#page
    if (title === this.title || contents.isDestroyed()) return
    this.title = title
    const event = createEvent()
    contents.emit('page-title-updated', event, title, true)
    contents.standin.window.standin.pageTitled(event, title)
  }

  abandon() {
    this.#loading?.reject(failure('ERR_FAILED', ERR_FAILED, this.#loading.url))
  }
}

const withoutHash = (address) => address.replace(/#.*/s, '')

function failure(code, errno, url) {
  return Object.assign(new Error(`${code} (${errno}) loading '${url}'`), { code, errno, url })
}
