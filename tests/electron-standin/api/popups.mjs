// window.open: the app's window-open handler decides, while the new page waits before its first request.
import { setTimeout as delay } from 'node:timers/promises'
import { closePage } from '../chromium/targets.mjs'
import { fromPage } from '../serving/page-address.mjs'
import { BrowserWindow, POPUP } from './browser-window.mjs'
import { openContents } from './registry.mjs'

const contentsOf = (targetId) => [...openContents.values()].find(({ standin }) => standin.page.targetId === targetId)

export function popupOpened(targetId, session, openerId) {
  void decide(targetId, session, openerId)
}

async function decide(targetId, session, openerId) {
  const { opener, request } = await openingOf(openerId)
  const answer = opener?.standin.windowOpen(describe(request))
  // No opener: a tab that the person at a preview opened by hand. This is an app, not a browser.
  if (answer?.action !== 'allow') return refuse(targetId, session)
  const window = new BrowserWindow({ ...answer.overrideBrowserWindowOptions, [POPUP]: { targetId, session } })
  opener.emit('did-create-window', window, describe(request))
}

// A popup runs on its opener's thread, which stands still for as long as the popup waits: closed while it waits, it may
// leave the opener standing. So it is let go, after every request it could make is held and its end is asked for.
async function refuse(targetId, session) {
  session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }).catch(() => {})
  const closed = closePage(targetId)
  session.send('Runtime.runIfWaitingForDebugger').catch(() => {})
  await closed
}

export const pageClosed = (targetId) => contentsOf(targetId)?.standin.window.standin.pageGone()

// The opener reports window.open over its own session, so it may come after the page itself. With noopener the page
// does not name its opener, and whichever page reported an opening is it.
async function openingOf(openerId) {
  for (let tries = 0; tries < 40; tries++) {
    for (const opener of openContents.values()) {
      const { targetId, openedPopups } = opener.standin.page
      if (openedPopups.length > 0 && (!openerId || targetId === openerId)) {
        return { opener, request: openedPopups.shift() }
      }
    }
    await delay(25)
  }
  return {}
}

function describe({ url, windowName, windowFeatures }) {
  return {
    url: fromPage(url),
    frameName: windowName,
    features: windowFeatures.join(','),
    disposition: 'foreground-tab',
    referrer: { url: '', policy: 'default' },
  }
}
