// Says in a preview's page that this is not Electron.

import { sourceOf } from '../in-page/source-of.mjs'

export const TITLE_SUFFIX = ' — preview without Electron'
const LABEL = 'Preview without Electron'

/** @param {import('../contents/page.mjs').Page} page */
export async function markPreview(page) {
  await page.send('Page.addScriptToEvaluateOnNewDocument', {
    worldName: 'Electron stand-in preview',
    source: `if (self === top) ${sourceOf(keepMarks)}(${JSON.stringify(TITLE_SUFFIX)}, ${JSON.stringify(LABEL)})`,
  })
}

// Runs as text in a world of its own, so it may use nothing from outside itself. The badge hangs on the root element, which
// no framework renders into, and is styled through the CSSOM, which a `style-src 'self'` policy allows.
function keepMarks(suffix, label) {
  const badge = document.createElement('div')
  badge.textContent = label
  badge.setAttribute('aria-hidden', 'true')
  Object.assign(badge.style, {
    position: 'fixed',
    left: '6px',
    bottom: '2px',
    zIndex: '2147483647',
    font: '10px/1.4 system-ui, sans-serif',
    color: '#888',
    pointerEvents: 'none',
    userSelect: 'none',
  })

  function mark() {
    const root = document.documentElement
    if (root && document.body && badge.parentNode !== root) root.append(badge)
    if (document.head && !document.title.endsWith(suffix)) document.title += suffix
  }
  // The title's text is a grandchild of <head>; everything else of interest happens further up.
  new MutationObserver(mark).observe(document, { childList: true })
  document.addEventListener('DOMContentLoaded', () => {
    mark()
    new MutationObserver(mark).observe(document.documentElement, { childList: true })
    new MutationObserver(mark).observe(document.head, { childList: true, subtree: true, characterData: true })
  })
}
