// Serves what the app's protocol handlers answer, on loopback.
import { createServer } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { handlerOf } from '../api/protocol.mjs'
import { defaultSession } from '../api/session.mjs'
import { isAdmitted } from './admission.mjs'
import { fromPage, policyForPage } from './page-address.mjs'

/** @returns {Promise<number>} the port */
export async function startAppServer() {
  const server = createServer((request, response) => {
    serve(request, response).catch((error) => {
      if (error?.code !== 'ERR_STREAM_PREMATURE_CLOSE') console.error('protocol handler failed', error)
      response.destroy()
    })
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server.address().port
}

// Of no concern to the app: our stand-in address, HTTP's connection, the admission.
const ours = new Set(['host', 'connection', 'cookie'])

async function serve(incoming, outgoing) {
  if (!isAdmitted(incoming)) return void outgoing.writeHead(403).end()
  const url = fromPage(`http://${incoming.headers.host}${incoming.url}`)
  const handler = handlerOf(url)
  if (!handler) return void outgoing.writeHead(404).end()
  const abort = new AbortController()
  outgoing.once('close', () => abort.abort())
  const response = await handler(asRequest(url, incoming, abort.signal))
  outgoing.writeHead(response.status, responseHeaders(url, response))
  if (response.body) await pipeline(Readable.fromWeb(response.body), outgoing)
  else outgoing.end()
}

function asRequest(url, incoming, signal) {
  const headers = new Headers(Object.entries(incoming.headers).filter(([name]) => !ours.has(name)))
  const hasBody = incoming.method !== 'GET' && incoming.method !== 'HEAD'
  const body = hasBody ? { body: Readable.toWeb(incoming), duplex: 'half' } : {}
  return new Request(url, { method: incoming.method, headers, signal, ...body })
}

function responseHeaders(url, response) {
  const headers = defaultSession.standin.headersReceived(url, response)
  for (const name of Object.keys(headers)) {
    if (!name.toLowerCase().startsWith('content-security-policy')) continue
    headers[name] = [headers[name]].flat().map(policyForPage)
  }
  return headers
}
