// protocol: the app's own schemes and who answers for them.
import { app } from './app.mjs'
import { strict } from './absent.mjs'

const privileged = new Map()
const handlers = new Map()

export const isRegistered = (scheme) => privileged.has(scheme)
export const isHandled = (scheme) => handlers.has(scheme)
/** @param {string} url */
export const handlerOf = (url) => handlers.get(url.slice(0, url.indexOf(':')))

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(schemes) {
    if (app.standin.isReady) {
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    }
    for (const { scheme, privileges } of schemes) privileged.set(scheme, privileges)
  },
  handle(scheme, handler) {
    if (handlers.has(scheme)) throw new Error(`The scheme has been registered: ${scheme}`)
    handlers.set(scheme, handler)
  },
  unhandle: (scheme) => void handlers.delete(scheme),
  isProtocolHandled: (scheme) => handlers.has(scheme),
})
