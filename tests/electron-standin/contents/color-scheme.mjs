// nativeTheme.themeSource as the page's prefers-color-scheme.
import { nativeTheme } from '../api/native-theme.mjs'

export class ColorScheme {
  #page

  /** @param {import('./page.mjs').Page} page */
  constructor(page) {
    this.#page = page
    // Playwright sets a scheme of its own when it attaches to a new page, so ours is said again with each load.
    page.contents.on('did-navigate', () => {
      if (nativeTheme.themeSource !== 'system') this.apply().catch(() => {})
    })
  }

  async apply() {
    const { themeSource } = nativeTheme
    const features = themeSource === 'system' ? [] : [{ name: 'prefers-color-scheme', value: themeSource }]
    await this.#page.send('Emulation.setEmulatedMedia', { features })
  }
}
