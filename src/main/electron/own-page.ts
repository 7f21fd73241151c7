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
export interface Frame {
  readonly url: string
  readonly parent: object | null
  readonly detached: boolean
}

/** Who asked and is not the own page; our own words, for the log. */
export type Stranger = 'a frame that is gone' | 'another window' | 'a frame inside the page' | 'another page'

/**
 * Who asks, when it is not the top frame of the one window showing our own page; null when it is. The sender is null
 * when its frame has navigated away or is gone since it asked.
 */
export function strangerOf<Sender extends Frame>(sender: Sender | null, mainFrame: Sender | null): Stranger | null {
  if (sender === null) return 'a frame that is gone'
  try {
    if (sender.detached) return 'a frame that is gone'
    if (sender.parent !== null) return 'a frame inside the page'
    if (sender !== mainFrame) return 'another window'
    return isAppUrl(sender.url) ? null : 'another page'
  } catch {
    // What Electron does when asked about a frame whose process has ended.
    return 'a frame that is gone'
  }
}
