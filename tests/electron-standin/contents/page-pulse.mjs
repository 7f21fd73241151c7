// unresponsive and responsive. Electron waits for the page's answer to an input, which is not seen here: so the page is
// asked for a sign of life now and then.
import { hangMs } from '../launch/options.mjs'

/** @param {import('./page.mjs').Page} page */
export function followPulse(page) {
  const { contents } = page
  let isHung = false
  let late

  const emit = (name, hung) => {
    if (contents.isDestroyed() || hung === isHung) return
    isHung = hung
    contents.emit(name)
    contents.standin.window.emit(name)
  }

  const ask = async () => {
    if (contents.isDestroyed()) return
    // A page that is gone is not hung.
    if (!contents.isCrashed()) {
      late = setTimeout(() => contents.isCrashed() || emit('unresponsive', true), hangMs)
      await page.send('Runtime.evaluate', { expression: '0' }).catch(() => {})
      clearTimeout(late)
      emit('responsive', false)
    }
    setTimeout(() => void ask(), hangMs / 2).unref()
  }

  page.on('Inspector.targetCrashed', () => {
    clearTimeout(late)
    isHung = false
    setTimeout(() => void ask(), hangMs / 2).unref()
  })
  void ask()
}
