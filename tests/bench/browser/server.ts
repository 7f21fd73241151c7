import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { extname, join, normalize } from 'node:path'
import type { AddressInfo } from 'node:net'
import { CONTENT_TYPES, PAGE_HEADERS } from '../../../src/main/electron/page-headers'

/** Serves folders on loopback, each below its name; the one of the app under the headers of the app's own page. */
export async function serveFolders(folders: Readonly<Record<string, string>>) {
  const server = createServer((request, response) => void answer(request, response))

  async function answer({ url = '/' }: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, name = '', ...rest] = normalize(new URL(url, 'http://localhost').pathname).split('/')
    const folder = folders[name]
    const content = folder === undefined ? null : await readFile(join(folder, ...rest)).catch(() => null)
    const type = CONTENT_TYPES[extname(rest.at(-1) ?? '')] ?? 'application/octet-stream'
    if (content === null) response.writeHead(404).end()
    else response.writeHead(200, { ...(name === 'app' ? PAGE_HEADERS : {}), 'content-type': type }).end(content)
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close(): void {
      server.closeAllConnections()
      server.close()
    },
  }
}
