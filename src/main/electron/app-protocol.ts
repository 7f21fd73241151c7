import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { protocol } from 'electron'
import { APP_HOST, APP_SCHEME } from './own-page'
import { CONTENT_TYPES, PAGE_HEADERS } from './page-headers'

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
        'content-type': CONTENT_TYPES[extname(url.pathname)] ?? 'application/octet-stream',
        ...PAGE_HEADERS,
      },
    })
  })
}
