/** What a page under Trusted Types has; the compiler's own list does not know it yet. */
interface PolicyFactory {
  createPolicy(
    name: string,
    rules: { readonly createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string }
}

const made = new Map<string, string>()

/**
 * The address of a script that is part of the build, as the page's policy wants it: the one policy there is lets exactly
 * the addresses through that the bundler wrote into this file's callers.
 */
export function scriptAddress(url: string): string {
  const known = made.get(url)
  if (known !== undefined) return known
  made.set(url, url)
  const trusted = policy?.createScriptURL(url) ?? url
  made.set(url, trusted)
  return trusted
}

const factory = (globalThis as { readonly trustedTypes?: PolicyFactory }).trustedTypes
const policy = factory?.createPolicy('latchkey', {
  createScriptURL(url) {
    if (!made.has(url) || new URL(url, location.href).origin !== location.origin)
      throw new TypeError('no script of ours')
    return url
  },
})
