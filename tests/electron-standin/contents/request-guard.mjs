// Every request of the page stops here: first the app's navigation guards, then webRequest.
import { createEvent } from '../api/events.mjs'
import { defaultSession } from '../api/session.mjs'
import { fromPage } from '../serving/page-address.mjs'

/** @param {import('./page.mjs').Page} page */
export async function guardRequests(page) {
  const wantedByPage = new Map()
  page.on('Page.frameRequestedNavigation', ({ frameId, url }) => wantedByPage.set(frameId, withoutHash(url)))
  page.on('Fetch.requestPaused', (paused) => void decide(page, paused, wantedByPage))
  await page.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] })
}

async function decide(page, paused, wantedByPage) {
  const { requestId } = paused
  const errorReason = await reasonToRefuse(page, paused, wantedByPage)
  const answer = errorReason
    ? page.send('Fetch.failRequest', { requestId, errorReason })
    : page.send('Fetch.continueRequest', { requestId })
  await answer.catch(() => {}) // the page may have gone meanwhile
}

async function reasonToRefuse(page, paused, wantedByPage) {
  const { request, resourceType, frameId } = paused
  const url = fromPage(request.url)
  if (resourceType === 'Other' && url.endsWith('/favicon.ico')) return 'Aborted' // Electron asks for none
  if (resourceType === 'Document' && !navigationAllowed(page, paused, url, wantedByPage)) return 'Aborted'
  const isMainFrame = frameId === page.mainFrameId
  const allowed = await defaultSession.standin.allows({
    url,
    method: request.method,
    resourceType: resourceTypeOf(resourceType, isMainFrame),
    referrer: fromPage(request.headers.Referer ?? ''),
    webContentsId: page.contents.id,
    webContents: page.contents,
    frame: isMainFrame ? page.contents.mainFrame : null,
  })
  return allowed ? undefined : 'BlockedByClient'
}

function navigationAllowed(page, paused, url, wantedByPage) {
  const { contents } = page
  const isMainFrame = paused.frameId === page.mainFrameId
  const frame = isMainFrame ? contents.mainFrame : null
  const event = createEvent({ url, isMainFrame, isSameDocument: false, frame })
  if (paused.redirectedRequestId) {
    if (isMainFrame) contents.emit('will-redirect', event, url, false, true)
    return !event.defaultPrevented
  }
  if (isMainFrame) {
    if (page.navigation.wasExpected(paused.request.url)) return true
    if (!startedByPage(paused, wantedByPage)) return true
    contents.emit('will-navigate', event, url, false, true)
  }
  if (!event.defaultPrevented) contents.emit('will-frame-navigate', event)
  return !event.defaultPrevented
}

// A debugger's navigation (Playwright's page.goto) is nobody's in Electron's eyes: no will-navigate. Chromium reports
// the ones that the page asked for, always ahead of their request.
function startedByPage({ frameId, request }, wantedByPage) {
  const wanted = wantedByPage.get(frameId)
  wantedByPage.delete(frameId)
  return wanted === withoutHash(request.url)
}

const withoutHash = (url) => url.replace(/#.*/s, '')

function resourceTypeOf(type, isMainFrame) {
  if (type === 'Document') return isMainFrame ? 'mainFrame' : 'subFrame'
  if (type === 'XHR' || type === 'Fetch' || type === 'EventSource') return 'xhr'
  if (type === 'WebSocket') return 'webSocket'
  if (type === 'CSPViolationReport') return 'cspReport'
  const same = ['Stylesheet', 'Script', 'Image', 'Font', 'Ping', 'Media']
  return same.includes(type) ? type.toLowerCase() : 'other'
}
