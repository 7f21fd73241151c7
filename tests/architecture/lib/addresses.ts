/** Web addresses that may be written in the page's scripts, and why. The page itself can open none of them. */
export const RENDERER_ADDRESSES: Readonly<Record<string, string>> = {
  'http://www.w3.org/1998/Math/MathML': 'XML namespace in React',
  'http://www.w3.org/1999/xlink': 'XML namespace in React',
  'http://www.w3.org/2000/svg': 'XML namespace in React and lucide',
  'http://www.w3.org/XML/1998/namespace': 'XML namespace in React',
  'http://127.0.0.1': 'example in the hint of the address field',
  'http://localhost': 'example in the hint of the address field',
  'https://': 'how an address begins, in hints',
  'https://api.anthropic.com': 'default address of the provider, shown before a key is stored',
  'https://platform.claude.com/settings/billing': 'help link',
  'https://platform.claude.com/settings/keys': 'help link',
  'https://platform.claude.com/settings/limits': 'help link',
  'https://react.dev/errors/': "React's error messages",
  'https://base-ui.com/production-error': "Base UI's error messages",
}
