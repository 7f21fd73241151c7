// The page's size follows the window's. A test gets it to the pixel, without Chromium's own frame around it.
import { browser } from '../chromium/devtools.mjs'
import { preview } from '../launch/options.mjs'

export class Viewport {
  #page

  /** @param {import('./page.mjs').Page} page @param {{ width: number, height: number }} size */
  constructor(page, size) {
    this.#page = page
    this.size = size
  }

  /** @param {{ width: number, height: number }} size */
  resize(size) {
    this.size = size
    void this.#page.opened.then(() => (preview ? this.#resizeWindow() : this.apply())).catch(() => {}) // closed meanwhile
  }

  // Playwright's page.setViewportSize sets the same override: whoever speaks last decides.
  async apply() {
    if (preview) return
    const { width, height } = this.size
    await this.#page.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 0, mobile: false })
  }

  // A person's window is a real one and stays resizable, so nothing is emulated. Its frame comes on top of the content.
  async #resizeWindow() {
    const { targetId } = this.#page
    const { windowId } = await browser.send('Browser.getWindowForTarget', { targetId })
    const frame = await this.#page.evaluate('[outerWidth - innerWidth, outerHeight - innerHeight]')
    const bounds = { width: this.size.width + frame[0], height: this.size.height + frame[1] }
    await browser.send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'normal' } })
    await browser.send('Browser.setWindowBounds', { windowId, bounds })
  }
}
