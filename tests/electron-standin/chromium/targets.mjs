// Which session speaks to which page, which pages are ours, and which are popups.
import { browser, sessionOf } from './devtools.mjs'

const attached = new Map()
const awaited = new Map()
const awaitedPopups = new Map()
let context
let creating = 0

/**
 * @param {object} options
 * @param {string | undefined} options.context the browser context our pages belong to
 * @param {(targetId: string, session: import('./devtools.mjs').DevToolsSession, openerId?: string) => void} options.popupOpened
 * @param {(targetId: string) => void} options.pageClosed
 */
export async function followTargets({ context: ours, popupOpened, pageClosed }) {
  context = ours
  browser.on('Target.attachedToTarget', ({ targetInfo, sessionId }) => {
    const { targetId, type, openerId } = targetInfo
    const session = sessionOf(sessionId)
    attached.set(targetId, session)
    if (type !== 'page') session.send('Runtime.runIfWaitingForDebugger').catch(() => {})
    else if (awaited.has(targetId)) awaited.get(targetId)(session)
    else if (awaitedPopups.has(openerId)) awaitedPopups.get(openerId)({ targetId, session })
    // Attaching is told before createTarget answers, so a page without an opener may be the one being created.
    else if (openerId || !creating) popupOpened(targetId, session, openerId)
  })
  browser.on('Target.targetDestroyed', ({ targetId }) => {
    attached.delete(targetId)
    pageClosed(targetId)
  })
  await Promise.all([
    browser.send('Target.setDiscoverTargets', { discover: true }),
    // Every page waits before its first request until it has been set up.
    browser.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true }),
  ])
}

/** @param {{ width: number, height: number }} size */
export async function createPage({ width, height }) {
  creating++
  const page = { url: 'about:blank', newWindow: true, width, height, browserContextId: context }
  const { targetId } = await browser.send('Target.createTarget', page).finally(() => creating--)
  const session = attached.get(targetId) ?? (await new Promise((resolve) => awaited.set(targetId, resolve)))
  awaited.delete(targetId)
  return { targetId, session }
}

/** The next popup of a page, kept from the app. @returns {Promise<{ targetId: string, session: import('./devtools.mjs').DevToolsSession }>} */
export async function popupOf(openerId) {
  const popup = await new Promise((resolve) => awaitedPopups.set(openerId, resolve))
  awaitedPopups.delete(openerId)
  return popup
}

export const closePage = (targetId) => browser.send('Target.closeTarget', { targetId }).catch(() => {})
