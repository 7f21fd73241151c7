// net.fetch: files, the app's own schemes, and Node's fetch for the rest.
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { strict } from './absent.mjs'
import { handlerOf } from './protocol.mjs'

const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain',
}

export const net = strict('net', {
  isOnline: () => true,
  async fetch(input, options) {
    const url = typeof input === 'string' ? input : input.url
    if (url.startsWith('file:')) return fetchFile(url)
    const handler = options?.bypassCustomProtocolHandlers ? undefined : handlerOf(url)
    return handler ? handler(new Request(input, options)) : fetch(input, options)
  },
})

async function fetchFile(url) {
  const content = await readFile(fileURLToPath(url)).catch(() => {
    throw new Error('net::ERR_FILE_NOT_FOUND')
  })
  const type = types[extname(new URL(url).pathname)] ?? 'application/octet-stream'
  return new Response(content, { headers: { 'content-type': type } })
}
