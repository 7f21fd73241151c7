import { lookup as systemLookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import tls from 'node:tls'
import { TransportError } from '../ports'
import { hostReach, isLoopback, reachOf, type Reach } from './addresses'
import { connectThrough } from './tunnel'

/** What the user has set about the way out. */
export interface NetworkSettings {
  /** Also trust the authorities the operating system trusts, such as a company's own. */
  readonly systemCertificates: boolean
  /** One proxy for everything but this machine, without credentials; null for none. */
  readonly proxy: string | null
}

/** What fetch takes as its dispatcher. */
export type Dispatcher = NonNullable<RequestInit['dispatcher']>

/** How connections are made. */
export interface Dial {
  /** The dispatcher for a URL. Throws where the URL's own host is not to be reached. */
  to(url: URL, privateNetwork: boolean): Dispatcher
  /** Holds for connections made from now on. */
  configure(settings: NetworkSettings): void
}

const NONE: NetworkSettings = { systemCertificates: false, proxy: null }

/**
 * Makes connections that look at the address they lead to: what a name resolves to is judged at the moment of connecting,
 * on the very answer that is connected to, so that a name cannot be one thing when asked and another when used.
 */
export function createDial(lookup: LookupFunction = systemLookup): Dial {
  let settings = NONE
  let trusted: boolean | null = null
  const made = new Map<string, Dispatcher>()

  const keep = (name: string, make: () => Dispatcher): Dispatcher => {
    const kept = made.get(name) ?? make()
    made.set(name, kept)
    return kept
  }

  return {
    to(url, privateNetwork) {
      const local = isLoopback(url.hostname)
      const wanted: readonly Reach[] = local ? ['loopback'] : privateNetwork ? ['public', 'private'] : ['public']
      const known = hostReach(url.hostname)
      if (known !== null && !wanted.includes(known)) throw new TransportError('address', false)
      if (trusted !== settings.systemCertificates) {
        trust(settings.systemCertificates)
        trusted = settings.systemCertificates
      }
      const { proxy } = settings
      if (proxy !== null && !local) return keep('proxy', () => dispatcherOf(connectThrough(proxy)))
      return keep(wanted.join(), () => dispatcherOf({ lookup: checked(lookup, wanted) }))
    },
    configure(next) {
      settings = next
      // Answers under way finish on the connections they have.
      for (const dispatcher of made.values()) void dispatcher.close().catch(() => undefined)
      made.clear()
    },
  }
}

/** A lookup that answers only with addresses that may be connected to; one that may not spoils the whole answer. */
export function checked(lookup: LookupFunction, wanted: readonly Reach[]): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, options, (error, address, family) => {
      if (error === null || error === undefined) {
        const found = typeof address === 'string' ? [address] : address.map((each) => each.address)
        if (!found.every((each) => wanted.includes(reachOf(each)))) {
          return callback(new TransportError('address', false), '', 0)
        }
      }
      callback(error, address, family)
    })
  }
}

/**
 * The authorities Node was built with, and with `system` the operating system's as well. Set even where nothing is to be
 * added: NODE_EXTRA_CA_CERTS and NODE_USE_SYSTEM_CA have been read before any code of ours ran.
 */
function trust(system: boolean): void {
  const bundled = tls.getCACertificates('bundled')
  tls.setDefaultCACertificates(system ? [...new Set([...bundled, ...tls.getCACertificates('system')])] : bundled)
}

type DispatcherClass = new (options: Readonly<Record<string, unknown>>) => Dispatcher

/** No proxy whatever the environment says, also where Node has read it already and this is the class that obeys it. */
function dispatcherOf(connect: object): Dispatcher {
  const Class = globalDispatcherClass()
  return new Class({ connect, httpProxy: '', httpsProxy: '', noProxy: '*' })
}

/**
 * Node hands out neither undici nor its classes, but the dispatcher in use, under a name that is undici's own. Without it
 * nothing can be checked, so nothing leaves.
 */
function globalDispatcherClass(): DispatcherClass {
  // Loads fetch, which puts it there.
  void new Request('http://127.0.0.1')
  const known = globalThis as unknown as Readonly<Record<symbol, object | undefined>>
  const found = known[Symbol.for('undici.globalDispatcher.1')]
  if (found === undefined) throw new TransportError('refused', false)
  return found.constructor as DispatcherClass
}
