import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { connect as connectTcp, createServer as createTcpServer, type Server } from 'node:net'
import { createServer as createTlsServer } from 'node:https'
import tls from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeId } from '../../src/core/ids'
import { createDial, type Dial } from '../../src/main/egress/dial'
import { createEgress } from '../../src/main/egress/egress'
import { TransportError } from '../../src/main/ports'
import { countingIds, testClock } from '../support/latchkey'
import { makeTempDir, type TempDir } from '../support/temp-dir'

// Bug: a proxy that is handed the request instead of a tunnel, or whose own certificate is believed in a provider's place.

const systemFetch = globalThis.fetch
const openssl = spawnSync('openssl', ['version']).status === 0
if (!openssl) console.log('Not tested how a tunnel is secured: there is no openssl to make a certificate with.')

let dir: TempDir
let certificate: string
/** A provider behind a certificate, and a proxy that leads everything to it. */
let provider: ReturnType<typeof createTlsServer>
let proxy: Server
/** What the proxy could read. */
let readable: string
let requests: string[]

beforeAll(async () => {
  dir = await makeTempDir()
  if (!openssl) return
  const made = ['-keyout', dir.file('key.pem'), '-out', dir.file('cert.pem')]
  const name = ['-subj', '/CN=provider.example', '-addext', 'subjectAltName=DNS:provider.example']
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  const run = spawnSync('openssl', ['req', '-x509', ...kind, ...made, ...name])
  if (run.status !== 0) throw new Error(run.stderr.toString())
  certificate = readFileSync(dir.file('cert.pem'), 'utf8')
  provider = createTlsServer({ key: readFileSync(dir.file('key.pem')), cert: certificate }, (request, response) => {
    requests.push(`${request.method} ${request.url} ${String(request.headers['x-api-key'])}`)
    response.end('fine')
  })
  proxy = createTcpServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (data: Buffer) => void (readable += data.toString('latin1')))
    socket.once('data', () => {
      const { port } = provider.address() as { port: number }
      const onward = connectTcp(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
        socket.pipe(onward).pipe(socket)
      })
      onward.on('error', () => undefined)
    })
  })
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve))
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  tls.setDefaultCACertificates(tls.getCACertificates('bundled'))
  if (openssl) {
    provider.closeAllConnections()
    provider.close()
    proxy.close()
  }
  await dir.remove()
})

const KEY = 'sk-tunnel-secret-0123456789'

function ask(dial: Dial, origin: string): Promise<string> {
  readable = ''
  requests = []
  const log = { opened: () => undefined, closed: () => undefined }
  const egress = createEgress({
    fetch: systemFetch,
    dial,
    clock: testClock(),
    newId: countingIds(),
    idleMs: 5_000,
    log,
  })
  const connectionId = makeId('connection', '0'.repeat(32))
  const ours = egress.fetchFor({ origin, connectionId, purpose: 'answer', callId: null, secret: KEY })
  return ours(`${origin}/v1/messages`, { method: 'POST', headers: { 'x-api-key': KEY }, body: '{}' }).then(
    (response) => response.text(),
    (error: unknown) => (error instanceof TransportError ? `${error.code}, maybe sent: ${error.maybeSent}` : 'thrown'),
  )
}

/** A dial through the proxy, which has made its choice of authorities before the test adds one. */
async function proxied(): Promise<Dial> {
  const dial = createDial()
  dial.configure({ systemCertificates: false, proxy: `http://127.0.0.1:${(proxy.address() as { port: number }).port}` })
  expect(await ask(dial, 'https://provider.example')).toBe('network, maybe sent: false')
  return dial
}

describe.runIf(openssl)('a tunnel', () => {
  it('ends at a provider whose certificate is not believed, before anything is sent', async () => {
    await proxied()
    expect(readable).toContain('CONNECT provider.example:443')
    expect(requests).toEqual([])
  })

  it('carries a request that the proxy cannot read', async () => {
    const dial = await proxied()
    tls.setDefaultCACertificates([certificate])
    expect(await ask(dial, 'https://provider.example')).toBe('fine')
    expect(requests).toEqual([`POST /v1/messages ${KEY}`])
    expect(readable).toMatch(/^CONNECT provider\.example:443 HTTP\/1\.1\r\n/)
    expect(readable).not.toContain(KEY)
    expect(readable).not.toContain('x-api-key')
  })

  it('ends at a provider with a certificate for another name', async () => {
    const dial = await proxied()
    tls.setDefaultCACertificates([certificate])
    expect(await ask(dial, 'https://other.example')).toBe('network, maybe sent: false')
    expect(requests).toEqual([])
  })
})

describe.runIf(openssl)('an authority that was added to the environment', () => {
  it('is no longer believed once anything is dialled', async () => {
    // As NODE_EXTRA_CA_CERTS leaves it.
    tls.setDefaultCACertificates([...tls.getCACertificates('bundled'), certificate])
    const dial = createDial()
    dial.configure({
      systemCertificates: false,
      proxy: `http://127.0.0.1:${(proxy.address() as { port: number }).port}`,
    })
    expect(await ask(dial, 'https://provider.example')).toBe('network, maybe sent: false')
    expect(requests).toEqual([])
  })
})
