/** An address that may be offered as a link. */
export interface SafeLink {
  readonly url: string
  /** Where it really leads: the host, or the address a mail goes to. */
  readonly leadsTo: string
}

const MAX_LENGTH = 2048
/** What cannot be seen, or reorders what can: controls, marks of direction, halves of pairs. A backslash reads as a slash. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\\]/u
/** What a host may be once the parser has made it ASCII; it lets more through than any name has. */
const HOST = /^(?:[a-z0-9_][a-z0-9._-]*|\[[0-9a-f:.]+\])$/
const MAIL = /^[A-Za-z0-9][\w.+-]*@[A-Za-z0-9][A-Za-z0-9.-]*$/

/**
 * The link behind an address that a model wrote, or null when it is not one we would open: only https, http and plain
 * mail addresses, no credentials, nothing relative, nothing unseen. What comes out is ASCII, its host in punycode. The main process checks again before it opens anything.
 */
export function safeLink(address: string): SafeLink | null {
  if (address.length > MAX_LENGTH || UNSEEN.test(address)) return null
  if (!/^(?:https?:\/\/[^/]|mailto:)/i.test(address) || !URL.canParse(address)) return null
  const url = new URL(address)
  if (url.href.length > MAX_LENGTH) return null
  if (url.protocol === 'mailto:') {
    return url.search === '' && url.hash === '' && MAIL.test(url.pathname)
      ? { url: url.href, leadsTo: url.pathname }
      : null
  }
  // The parser forgets an empty name: `https://@host`.
  const authority = /^https?:\/\/([^/?#]*)/i.exec(address)?.[1] ?? '@'
  return !authority.includes('@') && HOST.test(url.hostname) && url.port !== '0'
    ? { url: url.href, leadsTo: url.host }
    : null
}
