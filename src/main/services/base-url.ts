import type { ProviderId } from '../../core/provider'
import { hostReach, isLoopback } from '../egress/addresses'

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

/**
 * Why a host is not one for a key of this provider, as far as its name alone tells; null when it may be. What it resolves
 * to is judged when it is connected to.
 */
export function hostRefusal(baseUrl: string, provider: ProviderId): 'base_url_forbidden' | 'base_url_private' | null {
  const reach = hostReach(new URL(baseUrl).hostname)
  if (reach === 'forbidden') return 'base_url_forbidden'
  return reach === 'private' && !mayBePrivate(provider) ? 'base_url_private' : null
}

/** Only a server of the user's own may be in a private network; what claims to be a known provider there is not it. */
export function mayBePrivate(provider: ProviderId): boolean {
  return provider === 'compatible'
}
