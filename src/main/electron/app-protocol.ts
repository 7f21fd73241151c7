import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { protocol } from 'electron'
import { APP_HOST, APP_SCHEME } from './own-page'

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  // Every provider call is made by the main process.
  "connect-src 'none'",
  "frame-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types latchkey',
].join('; ')

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Must run before `ready`, once. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

/**
 * Serves the built page: exactly the files of the build's manifest, and each only while it is the file that was built.
 * `out` is the build's folder.
 */
export function serveApp(out: string): void {
  const manifest = new Map<string, string>(
    Object.entries(JSON.parse(readFileSync(join(out, 'renderer-manifest.json'), 'utf8')) as Record<string, string>),
  )
  protocol.handle(APP_SCHEME, async (request) => {
    const url = new URL(request.url)
    const hash = url.host === APP_HOST && request.method === 'GET' ? manifest.get(url.pathname) : undefined
    if (hash === undefined) return new Response(null, { status: 404 })
    const bytes = await readFile(join(out, 'renderer', url.pathname))
    if (createHash('sha256').update(bytes).digest('hex') !== hash) return new Response(null, { status: 404 })
    return new Response(bytes, {
      headers: {
        'content-type': TYPES[extname(url.pathname)] ?? 'application/octet-stream',
        'content-security-policy': CONTENT_SECURITY_POLICY,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
      },
    })
  })
}
