/** Ways to write the same text differently, each of which some parser along the way undoes. */
export type Spelling = (text: string) => string

const decimal: Spelling = (text) => Array.from(text, (char) => `&#${char.codePointAt(0)};`).join('')

/** Spellings of the scheme of an address, up to its colon; the rest stays as it is. */
function ofScheme(spell: Spelling): Spelling {
  return (address) => {
    const colon = address.indexOf(':')
    return colon < 0 ? spell(address) : spell(address.slice(0, colon + 1)) + address.slice(colon + 1)
  }
}

/** How an address may be written in Markdown or in an attribute so that it means the same in the end. */
export const ADDRESS_SPELLINGS: readonly Spelling[] = [
  (address) => address,
  ofScheme((scheme) => scheme.toUpperCase()),
  ofScheme((scheme) => Array.from(scheme, (char, at) => (at % 2 === 0 ? char.toUpperCase() : char)).join('')),
  ofScheme(decimal),
  ofScheme((scheme) => Array.from(scheme, (char) => `&#x${char.codePointAt(0)?.toString(16)};`).join('')),
  ofScheme((scheme) => Array.from(scheme, (char) => `&#${String(char.codePointAt(0)).padStart(7, '0')}`).join('')),
  ofScheme((scheme) => scheme.replace(':', '&colon;')),
  ofScheme((scheme) => `${scheme.slice(0, 3)}&Tab;${scheme.slice(3)}`),
  ofScheme((scheme) => `${scheme.slice(0, 3)}&NewLine;${scheme.slice(3)}`),
  ofScheme((scheme) => `${scheme.slice(0, 3)}\t${scheme.slice(3)}`),
  ofScheme((scheme) => scheme.replace(':', '%3A')),
  ofScheme((scheme) => scheme.replace(':', String.raw`\:`)),
  (address) => `\u0001${address}`,
  (address) => `&#1;${address}`,
  (address) => `\u00A0${address}`,
  (address) => `\uFEFF${address}`,
  (address) => `\u200B${address}`,
  (address) => `\u202E${address}`,
]

/** How an attribute with a script in it may be written. `name` and `value` are put together by each. */
export const ATTRIBUTE_SPELLINGS: readonly ((name: string, value: string) => string)[] = [
  (name, value) => ` ${name}=${value}`,
  (name, value) => ` ${name}="${value}"`,
  (name, value) => ` ${name}='${value}'`,
  (name, value) => ` ${name.toUpperCase()}="${value}"`,
  (name, value) => ` ${name} \n=\n "${value}"`,
  (name, value) => `/${name}="${value}"`,
  (name, value) => `\t${name}\f=${value}`,
  (name, value) => ` ${name}="${decimal(value)}"`,
  (name, value) => ` title="a>b" ${name}="${value}"`,
  (name, value) => ` \`=\` ${name}="${value}//"`,
]
