import { hostReach } from '../egress/addresses'

const MAX_LENGTH = 2048

/** A proxy as it is kept: an http or https origin, without credentials, path or query. Null when it is none. */
export function parseProxy(text: string): string | null {
  if (text.length > MAX_LENGTH || !URL.canParse(text)) return null
  const url = new URL(text)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null
  const bare =
    url.username === '' && url.password === '' && url.pathname === '/' && url.search === '' && url.hash === ''
  return bare && hostReach(url.hostname) !== 'forbidden' ? url.origin : null
}
