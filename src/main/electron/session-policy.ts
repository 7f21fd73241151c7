import { app, session, type WebContents } from 'electron'
import { APP_URL, isAppUrl } from './own-page'

/** Where nobody listens. Only the main process talks to the network, and it does not go through Chromium. */
const NOWHERE = 'http://127.0.0.1:9'

/** What a page may load: itself, and what it made. The developer tools bring pages of their own. */
const LOADABLE = app.isPackaged ? /^(?:blob|data):/ : /^(?:devtools|blob|data):/

/** Closes what a page could otherwise open: permissions, the network, navigation, new windows, embedded views. */
export function applySessionPolicy(): void {
  const ours = session.defaultSession
  // Electron grants every permission unless told otherwise.
  ours.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  ours.setPermissionCheckHandler(() => false)
  ours.setDevicePermissionHandler(() => false)
  // A dictionary download on Linux and Windows would be a request nobody asked for.
  ours.setSpellCheckerEnabled(false)
  // The content policy cannot stop a navigation; this stops whatever would leave by any other way.
  ours.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !(isAppUrl(details.url) || LOADABLE.test(details.url)) })
  })
  ours.on('will-download', (event) => event.preventDefault())
  // WebRTC passes by both the content policy and the request filter, over UDP and over TCP.
  void ours.setProxy({ proxyRules: NOWHERE, proxyBypassRules: '<-loopback>' })
  app.on('web-contents-created', (_event, contents) => guardContents(contents))
}

/** Empties what Chromium keeps for the page: storage, caches, compiled code. Nothing of Latchkey's own is in it. */
export async function clearWindowData(): Promise<void> {
  const ours = session.defaultSession
  await Promise.all([ours.clearStorageData(), ours.clearCache(), ours.clearCodeCaches({})])
}

/**
 * A page goes nowhere and opens nothing, links included: those it asks for by request, after it has asked the user. What
 * a click does by itself would open them unasked.
 */
function guardContents(contents: WebContents): void {
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  contents.on('will-navigate', (event) => {
    // The page has one address; another path of its own origin would be an empty window.
    if (event.url !== APP_URL) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    // The page has no frames, so that none may go anywhere either.
    if (!event.isMainFrame || !isAppUrl(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}
