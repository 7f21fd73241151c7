// Free of Electron, so that a test can ask about every sender there is.

/** The page's own origin. Storage, workers and `'self'` need a standard scheme; file:// would reach the whole disk. */
export const APP_SCHEME = 'app'
export const APP_HOST = 'latchkey'
export const APP_URL = `${APP_SCHEME}://${APP_HOST}/index.html`

/** Whether a URL is Latchkey's own page. `origin` of a custom scheme is the string "null" in Node, so compare parts. */
export function isAppUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  return url.protocol === `${APP_SCHEME}:` && url.host === APP_HOST
}

/** What is asked of Electron's WebFrameMain. */
interface Frame {
  readonly url: string
  readonly parent: object | null
}

/**
 * Whether a request comes from the top frame of the one window, showing our own page. The sender is null when its
 * frame has navigated away or is gone since it asked.
 */
export function isOwnPage<Sender extends Frame>(sender: Sender | null, mainFrame: Sender | null): boolean {
  return sender !== null && sender === mainFrame && sender.parent === null && isAppUrl(sender.url)
}
