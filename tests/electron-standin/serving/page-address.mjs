// Chromium cannot be taught a scheme from outside, so app://bundle/x is served on loopback and known to the page as
// http://bundle.app.standin.localhost/x: a fixed, trustworthy origin. Everything the app sees says app:// again.
import { isHandled, isRegistered } from '../api/protocol.mjs'

const appAddress = /^([\w+.-]+):\/\/([^/?#]*)(.*)$/s
const pageAddress = /^http:\/\/([^/:]+)\.([\w+-]+)\.standin\.localhost(.*)$/s
const pageHost = /^[\w.-]+\.[\w+-]+\.standin\.localhost$/

/** @param {string} url @returns {string} */
export function toPage(url) {
  const [, scheme, host, rest] = appAddress.exec(url) ?? []
  if (!scheme || !(isHandled(scheme) || isRegistered(scheme))) return url
  return `http://${host}.${scheme}.standin.localhost${rest || '/'}`
}

/** @param {string} url @returns {string} */
export function fromPage(url) {
  const [, host, scheme, rest] = pageAddress.exec(url) ?? []
  return scheme ? `${scheme}://${host}${rest}` : url
}

/** @param {string | undefined} host a Host header */
export const isPageHost = (host) => host !== undefined && pageHost.test(host)

/** Rewrites the schemes in a Content-Security-Policy: `app:` and `app://bundle` mean nothing to Chromium. */
export function policyForPage(policy) {
  return policy.replace(/\b([\w+.-]+):(?:\/\/([\w.-]+))?(?=[\s;]|$)/g, (text, scheme, host) =>
    isHandled(scheme) ? `http://${host ?? '*'}.${scheme}.standin.localhost` : text,
  )
}
