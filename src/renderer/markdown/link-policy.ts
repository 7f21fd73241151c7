/** An address that may be offered as a link. */
export interface SafeLink {
  readonly url: string
  /** Where it really leads: the host, or the address a mail goes to. */
  readonly leadsTo: string
}

const MAX_LENGTH = 2048
const MAIL = /^[A-Za-z0-9][\w.+-]*@[A-Za-z0-9][A-Za-z0-9.-]*$/

/**
 * The link behind an address that a model wrote, or null when it is not one we would open: only https, http and plain
 * mail addresses, no credentials, nothing relative. The main process checks again before it opens anything.
 */
export function safeLink(address: string): SafeLink | null {
  if (address.length > MAX_LENGTH || !/^(?:https?:\/\/|mailto:)/i.test(address) || !URL.canParse(address)) return null
  const url = new URL(address)
  if (url.protocol === 'mailto:') {
    return url.search === '' && url.hash === '' && MAIL.test(url.pathname)
      ? { url: url.href, leadsTo: url.pathname }
      : null
  }
  const ours = (url.protocol === 'https:' || url.protocol === 'http:') && url.hostname !== ''
  return ours && url.username === '' && url.password === '' ? { url: url.href, leadsTo: url.host } : null
}
