/** What is said of a link before it is opened. */
export interface LinkWords {
  readonly title: string
  /** The address as it will be opened, around the part that says where it leads. */
  readonly before: string
  readonly leadsTo: string
  readonly after: string
  /** What to look out for, most telling first. */
  readonly notes: readonly string[]
}

/** Parts of a name beyond which its end, the part that counts, is easily overlooked. */
const LONG_NAME = { labels: 4, characters: 40 }
/** Characters of path and query that no honest address needs, and a sentence of a conversation does. */
const LONG_LUGGAGE = 120
/** Endings of files that are written about, and are endings of hosts too. */
const FILE_ENDINGS = /\.(?:cc|js|md|pl|py|rs|sh|so|ts)$/i

/**
 * Describes a link a model wrote. `url` is one that the link policy lets through, so ASCII throughout, its host in
 * punycode; `text` is what the link says of itself.
 */
export function linkWords(url: string, text: string): LinkWords {
  const parsed = new URL(url)
  if (parsed.protocol === 'mailto:') {
    const { pathname } = parsed
    return { title: 'Write a mail?', before: 'mailto:', leadsTo: pathname, after: '', notes: mailNotes(pathname, text) }
  }
  const before = `${parsed.protocol}//`
  const after = url.slice(before.length + parsed.host.length)
  return {
    title: 'Open this link in your browser?',
    before,
    leadsTo: parsed.host,
    after,
    notes: hostNotes(parsed, text),
  }
}

function mailNotes(address: string, text: string): string[] {
  const named = /^[^\s@]+@[^\s@]+$/.exec(visible(text))?.[0]
  return named === undefined || named.toLowerCase() === address.toLowerCase()
    ? []
    : [`Its text names ${named}, which is another address.`]
}

function hostNotes(url: URL, text: string): string[] {
  const { hostname } = url
  const named = hostNamed(text)
  const luggage = url.pathname.length + url.search.length + url.hash.length
  const number = /^\[|^[\d.]+$/.test(hostname)
  const labels = hostname.split('.')
  return [
    named !== null && !isSamePlace(named, hostname) && `Its text names ${named}, which is another place.`,
    labels.some((label) => label.startsWith('xn--')) &&
      'The name has letters beyond a to z, which can look like others. It is shown as it is looked up.',
    isNear(hostname)
      ? 'It leads to this computer or to your own network.'
      : number && 'It leads to a number instead of a name.',
    !number &&
      (labels.length > LONG_NAME.labels || hostname.length > LONG_NAME.characters) &&
      'It is a long name. Whose it is stands at its end.',
    luggage > LONG_LUGGAGE && `It takes ${luggage} characters along, which may be words of this conversation.`,
    url.protocol === 'http:' && 'It is not encrypted: others on the way can read and change it.',
  ].filter((note) => note !== false)
}

/** The host a link's text claims to lead to, in punycode; null when it claims none. */
function hostNamed(text: string): string | null {
  const claim = /^(?:(https?):\/\/)?([^\s/?#@:]+\.[\p{L}\p{M}\p{N}-]{2,})(?::\d+)?(?:[/?#]\S*)?$/iu.exec(visible(text))
  const [, scheme, name] = claim ?? []
  if (name === undefined || (scheme === undefined && FILE_ENDINGS.test(name))) return null
  return URL.canParse(`https://${name}`) ? new URL(`https://${name}`).hostname : null
}

/** Without the characters that only change how the others look: marks of direction, joiners, soft hyphens. */
function visible(text: string): string {
  return text.replaceAll(/\p{Cf}/gu, '').trim()
}

function isSamePlace(named: string, hostname: string): boolean {
  const bare = named.replace(/^www\./, '')
  return hostname === bare || hostname.endsWith(`.${bare}`)
}

function isNear(hostname: string): boolean {
  return (
    /^(?:localhost|.*\.(?:localhost|local|internal|lan|home\.arpa))\.?$/.test(hostname) ||
    /^(?:0|10|127)\.|^192\.168\.|^169\.254\.|^172\.(?:1[6-9]|2\d|3[01])\./.test(hostname) ||
    /^\[(?:::1?\]|::ffff:|f[cd]|fe[89ab])/.test(hostname)
  )
}
