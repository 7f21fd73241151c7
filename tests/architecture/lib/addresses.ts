import { PROVIDERS } from '../../../src/core/provider'

/** Web addresses that may be written in the page's scripts, and why. The page itself can open none of them. */
export const RENDERER_ADDRESSES: Readonly<Record<string, string>> = {
  'http://www.w3.org/1998/Math/MathML': 'XML namespace in React',
  'http://www.w3.org/1999/xlink': 'XML namespace in React',
  'http://www.w3.org/2000/svg': 'XML namespace in React and lucide',
  'http://www.w3.org/XML/1998/namespace': 'XML namespace in React',
  'http://127.0.0.1': 'example in the hint of the address field',
  'http://localhost': 'example in the hint of the address field',
  'https://': 'how an address begins, in hints',
  'http://': 'how marked completes an address that begins with www.',
  'https://github.com/markedjs/marked.': "marked's error messages",
  'https://github.com/highlightjs/highlight.js/wiki/security': "highlight.js's warnings about markup it is not given",
  'https://github.com/highlightjs/highlight.js/issues/2277': "highlight.js's warnings",
  ...Object.fromEntries(providerAddresses().map((address) => [address, 'a provider: its own pages and address'])),
  'https://react.dev/errors/': "React's error messages",
  'https://base-ui.com/production-error': "Base UI's error messages",
}

/** What core/provider says of every provider, and nothing it does not say. */
function providerAddresses(): string[] {
  return Object.values(PROVIDERS).flatMap((provider) =>
    Object.values(provider).filter(
      (value): value is string => typeof value === 'string' && value.startsWith('https://'),
    ),
  )
}
