import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { CONTENT_TYPES, PAGE_HEADERS } from '../../src/main/electron/page-headers'

/** The attacked page, under the headers of production, and beside it the same files without any. */
export interface PageServer {
  /** Served as the window's page is. */
  readonly guarded: string
  /** Served without a policy, for the control. */
  readonly open: string
  /** Whether a URL is one of the built files. */
  readonly serves: (url: string) => boolean
  close(): Promise<void>
}

/** Serves a built folder on loopback. */
export async function servePage(folder: string): Promise<PageServer> {
  const files = new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => extname(file) !== '')
      .map((file) => [`/${file.replaceAll('\\', '/')}`, readFileSync(join(folder, file))]),
  )
  const serve = (headers: Readonly<Record<string, string>>) =>
    listen(
      createServer(({ url = '' }, response) => {
        const bytes = files.get(url)
        if (bytes === undefined) return void response.writeHead(404, headers).end()
        response
          .writeHead(200, { 'content-type': CONTENT_TYPES[extname(url)] ?? 'application/octet-stream', ...headers })
          .end(bytes)
      }),
    )
  const guarded = await serve(PAGE_HEADERS)
  const open = await serve({})
  const own = [guarded.origin, open.origin].flatMap((origin) => [...files.keys()].map((path) => origin + path))
  return {
    guarded: guarded.origin,
    open: open.origin,
    serves: (url) => own.includes(url),
    close: async () => void (await Promise.all([guarded.close(), open.close()])),
  }
}

/** Where the host of our payloads leads: counts who comes. A connection is enough, with or without a request on it. */
export interface Sink {
  readonly port: number
  readonly connections: () => number
  close(): Promise<void>
}

/** Starts a sink. */
export async function startSink(): Promise<Sink> {
  let connections = 0
  const server = createServer((_request, response) => void response.writeHead(204).end())
  server.on('connection', () => void (connections += 1))
  server.on('clientError', (_error, socket) => socket.destroy())
  const { port, close } = await listen(server)
  return { port, connections: () => connections, close }
}

async function listen(server: Server): Promise<{ origin: string; port: number; close: () => Promise<void> }> {
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
