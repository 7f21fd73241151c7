import http from 'node:http'
import https from 'node:https'
import { isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { TransportError } from '../ports'

/** Where undici wants a connection to. */
interface Target {
  readonly hostname: string
  readonly protocol: string
  readonly port: string
}

type Connected = (error: Error | null, socket: Socket | null) => void

/** As long as a connection without a proxy may take. */
const PATIENCE_MS = 10_000

/**
 * Connects through a proxy, by a tunnel: TLS is with the provider, so the proxy sees host names and no more. One attempt
 * each: Node's own proxying dispatcher asks a proxy that hangs up again and again, without a pause, even after the request
 * was given up.
 */
export function connectThrough(proxy: string) {
  return (target: Target, connected: Connected): void => {
    const fail = (): void => connected(new TransportError('network', false), null)
    const port = target.port === '' ? '443' : target.port
    const at = `${isIP(target.hostname) === 6 ? `[${target.hostname}]` : target.hostname}:${port}`
    // In the clear a proxy would see all there is. Only this machine is spoken to so, and never through one.
    if (target.protocol !== 'https:') return fail()
    const url = new URL(proxy)
    const request = (url.protocol === 'https:' ? https : http).request({
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: url.port === '' ? undefined : url.port,
      method: 'CONNECT',
      path: at,
      headers: { host: at },
      agent: false,
      timeout: PATIENCE_MS,
    })
    request.once('timeout', () => request.destroy(new Error('the proxy is silent')))
    request.once('error', fail)
    // Anything but a 2xx to CONNECT comes as a response with a body.
    request.once('response', () => {
      request.off('error', fail).on('error', () => undefined)
      request.destroy()
      fail()
    })
    request.once('connect', (response, tunnel) => {
      request.off('error', fail).on('error', () => undefined)
      if (response.statusCode !== 200) {
        tunnel.destroy()
        return fail()
      }
      secure(tunnel, target.hostname, connected)
    })
    request.end()
  }
}

function secure(tunnel: Socket, hostname: string, connected: Connected): void {
  const servername = isIP(hostname) === 0 ? hostname : ''
  const socket = connectTls({ socket: tunnel, host: hostname, servername, ALPNProtocols: ['http/1.1'] })
  // The timer of the request ends with the tunnel.
  tunnel.setTimeout(0)
  const timer = setTimeout(() => socket.destroy(new TransportError('network', false)), PATIENCE_MS)
  const failed = (error: Error): void => {
    clearTimeout(timer)
    connected(error, null)
  }
  socket.once('error', failed)
  socket.once('secureConnect', () => {
    clearTimeout(timer)
    socket.off('error', failed)
    socket.setNoDelay(true)
    connected(null, socket)
  })
}
