// The page's title as it changes. Chromium tells a debugger only the title a page had while loading, so a script in
// a world of its own looks.
import { sourceOf } from '../in-page/source-of.mjs'
import { preview } from '../launch/options.mjs'
import { TITLE_SUFFIX } from '../preview/page-marks.mjs'

export const OWN_WORLD = 'Electron stand-in'
const TELL = '__standinTitle'

/** @param {import('./page.mjs').Page} page */
export async function followTitle(page) {
  page.on('Runtime.bindingCalled', ({ name, payload }) => {
    if (name === TELL) page.navigation.setTitle(preview ? payload.replace(TITLE_SUFFIX, '') : payload)
  })
  const source = `if (self === top) ${sourceOf(watchTitle)}(globalThis.${TELL})`
  await Promise.all([
    page.send('Runtime.addBinding', { name: TELL, executionContextName: OWN_WORLD }),
    page.send('Page.addScriptToEvaluateOnNewDocument', { worldName: OWN_WORLD, source }),
  ])
}

// Runs as text in the page, so it may use nothing from outside itself.
function watchTitle(tell) {
  document.addEventListener('DOMContentLoaded', () => {
    tell(document.title)
    const observer = new MutationObserver(() => tell(document.title))
    observer.observe(document.head, { childList: true, subtree: true, characterData: true })
  })
}
