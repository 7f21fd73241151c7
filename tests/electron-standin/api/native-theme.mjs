// nativeTheme. A themeSource of light or dark reaches the pages; 'system' leaves them to Chromium.
import { strictEmitter } from './absent.mjs'
import { openContents } from './registry.mjs'

class NativeTheme extends strictEmitter('nativeTheme') {
  #source = 'system'
  shouldUseHighContrastColors = false
  shouldUseInvertedColorScheme = false
  prefersReducedTransparency = false
  inForcedColorsMode = false

  get themeSource() {
    return this.#source
  }
  set themeSource(source) {
    if (!['system', 'light', 'dark'].includes(source)) throw new TypeError(`Invalid themeSource ${source}`)
    this.#source = source
    for (const { standin } of openContents.values()) {
      void standin.page.opened.then(() => standin.page.colorScheme.apply()).catch(() => {}) // closed meanwhile
    }
    this.emit('updated')
  }
  get shouldUseDarkColors() {
    return this.#source === 'dark'
  }
}

export const nativeTheme = new NativeTheme()
