import type { Plugin } from 'vite'

/** Leaves KaTeX's style sheet its fonts in the one format that Chromium takes: of three files each, one is shipped. */
export function woff2Only(): Plugin {
  return {
    name: 'latchkey-woff2-only',
    enforce: 'pre',
    transform(code, id) {
      if (!/katex[^?]*\.css/.test(id)) return null
      return code.replaceAll(/,url\([^)]*\.(?:woff|ttf)\) format\("(?:woff|truetype)"\)/g, '')
    },
  }
}
