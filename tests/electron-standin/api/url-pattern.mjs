// The match patterns of webRequest filters: `<all_urls>` or `scheme://host/path` with `*` in any part.

/** @param {string} pattern @returns {(url: string) => boolean} */
export function urlMatcher(pattern) {
  if (pattern === '<all_urls>') return () => true
  const parts = /^(\*|[\w+.-]+):(?:\/\/)?([^/]*)(\/.*)?$/.exec(pattern)
  if (!parts) throw new TypeError(`Invalid url pattern ${pattern}`)
  const [, scheme, host, path = '/*'] = parts
  const matches = new RegExp(`^${schemeSource(scheme)}:(?://)?${hostSource(host)}${wildcards(path)}$`, 's')
  return (url) => matches.test(url)
}

const wildcards = (text) => text.replace(/[\\^$.|?+()[\]{}]/g, '\\$&').replaceAll('*', '.*')
const schemeSource = (scheme) => (scheme === '*' ? '(?:https?|wss?)' : wildcards(scheme))

function hostSource(host) {
  if (host === '*') return '[^/]*'
  // A leading `*.` also stands for the bare domain; a port not named is any port.
  const name = host.startsWith('*.') ? `(?:[^/]*\\.)?${wildcards(host.slice(2))}` : wildcards(host)
  return /:[\d*]+$/.test(host) ? name : `${name}(?::\\d+)?`
}
