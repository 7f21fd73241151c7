// session.webRequest: cancelling requests, changing response headers. One listener each, as in Electron.
import { notImplemented, strict } from './absent.mjs'
import { urlMatcher } from './url-pattern.mjs'

export class WebRequest {
  #beforeRequest
  #headersReceived
  #lastId = 0

  /** What the app is given. */
  api = strict('session.webRequest', {
    onBeforeRequest: (...args) => void (this.#beforeRequest = registration(args)),
    onHeadersReceived: (...args) => void (this.#headersReceived = registration(args)),
  })

  /** @returns {Promise<boolean>} whether the request may go out */
  async allows(request) {
    if (!concerns(this.#beforeRequest, request)) return true
    const details = { id: ++this.#lastId, timestamp: Date.now(), uploadData: [], ...request }
    const answer = await new Promise((resolve) => this.#beforeRequest.listener(details, resolve))
    if (answer?.redirectURL) throw notImplemented('session.webRequest.onBeforeRequest with a redirectURL')
    return !answer?.cancel
  }

  /** Reaches only the app's own schemes: other responses never pass through this process. */
  headersReceived(url, response) {
    const headers = Object.fromEntries([...response.headers].map(([name, value]) => [name, [value]]))
    if (!concerns(this.#headersReceived, { url })) return headers
    let changed
    const details = {
      url,
      responseHeaders: headers,
      statusCode: response.status,
      statusLine: `HTTP/1.1 ${response.status}`,
    }
    this.#headersReceived.listener(details, (answer) => void (changed = answer?.responseHeaders))
    return changed ?? headers
  }
}

// (listener), (filter, listener), and null to take it off.
function registration(args) {
  const listener = args.at(-1)
  if (typeof listener !== 'function') return undefined
  const { urls = ['<all_urls>'], excludeUrls = [], types } = args.length > 1 ? args[0] : {}
  return { listener, included: urls.map(urlMatcher), excluded: excludeUrls.map(urlMatcher), types }
}

function concerns(registered, { url, resourceType }) {
  if (!registered) return false
  const { included, excluded, types } = registered
  const isIncluded = included.length === 0 || included.some((matches) => matches(url))
  return isIncluded && !excluded.some((matches) => matches(url)) && (!types || types.includes(resourceType))
}
