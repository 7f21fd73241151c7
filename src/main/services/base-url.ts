import { isLoopback } from '../egress/egress'

const MAX_LENGTH = 2048

/**
 * A base URL as it is kept: https anywhere, plain http only on this machine; no credentials, query or fragment, no
 * trailing slash. Null when it is none of that.
 */
export function parseBaseUrl(text: string): { readonly url: string; readonly origin: string } | null {
  if (text.length > MAX_LENGTH || !URL.canParse(text)) return null
  const url = new URL(text)
  const secure = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
  if (!secure || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return null
  return { url: `${url.origin}${url.pathname}`.replace(/\/+$/, ''), origin: url.origin }
}

/** The origin of a kept base URL: what its key is bound to. */
export function originOf(baseUrl: string): string {
  return new URL(baseUrl).origin
}
