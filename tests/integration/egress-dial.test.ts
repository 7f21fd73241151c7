import type { LookupFunction } from 'node:net'
import { createServer, type Server } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeId } from '../../src/core/ids'
import { createDial, type Dial } from '../../src/main/egress/dial'
import { createEgress, type Route } from '../../src/main/egress/egress'
import { TransportError, type EgressLog } from '../../src/main/ports'
import { countingIds, testClock } from '../support/latchkey'
import { json, startProviderServer, type ProviderServer } from '../support/provider-server'

// Bug: a harmless name that resolves to this machine, to a cloud's metadata or to a private network; a proxy nobody chose.

const systemFetch = globalThis.fetch

let server: ProviderServer
let asked: string[]
let closed: Parameters<EgressLog['closed']>[0][]
let knocks: Server
let knocked: string[]
/** By the proxy, before it hangs up. */
let said: string

beforeEach(async () => {
  server = await startProviderServer()
  asked = []
  closed = []
  knocked = []
  said = ''
  knocks = createServer((socket) => {
    socket.once('data', (data) => {
      knocked.push(data.toString('latin1').split('\r\n')[0] ?? '')
      socket.end(said)
    })
    socket.on('error', () => undefined)
  })
  await new Promise<void>((resolve) => knocks.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  await server.close()
  await new Promise((resolve) => knocks.close(resolve))
})

/** A resolver that answers with these addresses, as a name server under somebody's control would. */
function answering(...addresses: readonly string[]): LookupFunction {
  return (hostname, options, callback) => {
    asked.push(hostname)
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    if (options.all === true) callback(null, found)
    else callback(null, found[0]?.address ?? '', found[0]?.family ?? 4)
  }
}

function route(origin: string, more: Partial<Route> = {}): Route {
  const connectionId = makeId('connection', '0'.repeat(32))
  return { origin, connectionId, purpose: 'answer', callId: null, secret: null, ...more }
}

function ask(dial: Dial, origin: string, more: Partial<Route> = {}): Promise<string> {
  const egress = createEgress({
    fetch: systemFetch,
    dial,
    clock: testClock(),
    newId: countingIds(),
    idleMs: 2_000,
    log: { opened: () => undefined, closed: (row) => void closed.push(row) },
  })
  return egress
    .fetchFor(route(origin, more))(origin)
    .then(
      ({ status }) => `status ${status}`,
      (error: unknown) =>
        error instanceof TransportError ? `${error.code}, maybe sent: ${error.maybeSent}` : 'thrown',
    )
}

const portOf = ({ origin }: { readonly origin: string }) => new URL(origin).port
const knockPort = () => (knocks.address() as { port: number }).port

describe('a name', () => {
  it.each([
    ['this machine', '127.0.0.1'],
    ['this machine over IPv6', '::1'],
    ['metadata', '169.254.169.254'],
    ['mapped metadata', '::ffff:169.254.169.254'],
    ['link-local', 'fe80::1'],
    ['nothing in particular', '0.0.0.0'],
    ['a private network', '10.0.0.5'],
  ])('that resolves to %s is not connected to', async (_, address) => {
    const dial = createDial(answering(address))
    expect(await ask(dial, `https://harmless.example:${knockPort()}`)).toBe('address, maybe sent: false')
    expect(asked).toEqual(['harmless.example'])
    expect(knocked).toEqual([])
    expect(closed).toMatchObject([{ status: null, outcome: 'address' }])
  })

  it('that resolves to something allowed and something not is not connected to at all', async () => {
    const dial = createDial(answering('192.0.2.1', '127.0.0.1'))
    expect(await ask(dial, `https://harmless.example:${knockPort()}`)).toBe('address, maybe sent: false')
    expect(knocked).toEqual([])
  })

  it('in a private network is connected to for a server of the user’s own, and forbidden ones are not', async () => {
    const own = { privateNetwork: true }
    // 198.18.0.0/15 is for benchmarks: nobody answers there, and the attempt fails or times out by itself.
    const tried = await ask(createDial(answering('198.18.0.1')), 'https://box.example:9443', own)
    expect(tried).not.toContain('address')
    for (const address of ['127.0.0.1', '169.254.169.254', 'fd00:ec2::254']) {
      expect(await ask(createDial(answering(address)), 'https://box.example:9443', own)).toBe(
        'address, maybe sent: false',
      )
    }
  })

  it('is judged anew at every connection, not once', async () => {
    const answers = ['198.18.0.1', '127.0.0.1']
    const changing: LookupFunction = (hostname, options, callback) =>
      answering(answers[asked.length] ?? '')(hostname, options, callback)
    const dial = createDial(changing)
    expect(await ask(dial, `https://harmless.example:${knockPort()}`, { privateNetwork: true })).not.toContain(
      'address',
    )
    expect(await ask(dial, `https://harmless.example:${knockPort()}`, { privateNetwork: true })).toContain('address')
    expect(knocked).toEqual([])
  })
})

describe('this machine', () => {
  it('is reached by its address without asking anybody, and by localhost', async () => {
    server.always(json({}))
    expect(await ask(createDial(answering('192.0.2.1')), server.origin)).toBe('status 200')
    expect(asked).toEqual([])
    expect(await ask(createDial(), `http://localhost:${portOf(server)}`)).toBe('status 200')
  })

  it('is the only place localhost may lead', async () => {
    expect(await ask(createDial(answering('192.0.2.1')), 'http://localhost:9080')).toBe('address, maybe sent: false')
  })
})

describe('an address in the URL', () => {
  it.each(['https://169.254.169.254', 'https://[fe80::1]', 'https://10.0.0.5', 'https://metadata.google.internal'])(
    '%s is refused before anything is written down or asked',
    async (origin) => {
      expect(await ask(createDial(answering('192.0.2.1')), origin)).toBe('address, maybe sent: false')
      expect(asked).toEqual([])
      expect(closed).toEqual([])
    },
  )
})

describe('a proxy', () => {
  const proxied = (lookup?: LookupFunction): Dial => {
    const dial = createDial(lookup)
    dial.configure({ systemCertificates: false, proxy: `http://127.0.0.1:${knockPort()}` })
    return dial
  }

  it('is asked for a tunnel, whatever the environment says of exceptions', async () => {
    const before = process.env['no_proxy']
    process.env['no_proxy'] = '*'
    try {
      await ask(proxied(answering('192.0.2.1')), 'https://harmless.example')
    } finally {
      if (before === undefined) delete process.env['no_proxy']
      else process.env['no_proxy'] = before
    }
    // It looks the name up itself, and sees no more than the name.
    expect(asked).toEqual([])
    expect(knocked).toEqual(['CONNECT harmless.example:443 HTTP/1.1'])
  })

  it('is never in the way to this machine', async () => {
    server.always(json({}))
    expect(await ask(proxied(), server.origin)).toBe('status 200')
    expect(knocked).toEqual([])
  })

  it.each(['HTTP/1.1 403 Forbidden\r\n\r\n', 'HTTP/1.1 407 Name?\r\ncontent-length: 0\r\n\r\n', 'nonsense\r\n\r\n'])(
    'that answers %j is asked once, and nothing was sent',
    async (answer) => {
      said = answer
      expect(await ask(proxied(), 'https://harmless.example')).toBe('network, maybe sent: false')
      expect(knocked).toHaveLength(1)
    },
  )

  it('leads to no forbidden address either', async () => {
    expect(await ask(proxied(), 'https://169.254.169.254')).toBe('address, maybe sent: false')
    expect(knocked).toEqual([])
  })

  it('in the environment is nobody’s choice', async () => {
    const proxy = `http://127.0.0.1:${knockPort()}`
    const names = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY']
    const before = names.map((name) => process.env[name])
    for (const name of names) process.env[name] = proxy
    try {
      server.always(json({}))
      expect(await ask(createDial(), server.origin)).toBe('status 200')
      expect(await ask(createDial(answering('127.0.0.1')), 'https://harmless.example')).toContain('address')
      expect(knocked).toEqual([])
    } finally {
      names.forEach((name, index) => {
        const old = before[index]
        if (old === undefined) delete process.env[name]
        else process.env[name] = old
      })
    }
  })

  it('that is taken away again is no longer asked', async () => {
    const dial = proxied(answering('127.0.0.1'))
    dial.configure({ systemCertificates: false, proxy: null })
    expect(await ask(dial, 'https://harmless.example')).toBe('address, maybe sent: false')
    expect(knocked).toEqual([])
  })
})
