// session: one partition, whatever name is asked for.
import { strict, strictEmitter } from './absent.mjs'
import { protocol } from './protocol.mjs'
import { WebRequest } from './web-request.mjs'

class Session extends strictEmitter('session') {
  protocol = protocol
  #webRequest = new WebRequest()
  webRequest = this.#webRequest.api
  #permissionRequest
  #permissionCheck

  /**
   * Chromium does not ask from outside, so nothing in the page ever calls the permission handlers. Tests ask them:
   * requestPermission and checkPermission answer what Electron would, also when there is no handler (allowed).
   */
  standin = {
    allows: (request) => this.#webRequest.allows(request),
    headersReceived: (url, response) => this.#webRequest.headersReceived(url, response),
    requestPermission: (contents, permission, details = {}) =>
      this.#permissionRequest
        ? new Promise((resolve) => this.#permissionRequest(contents, permission, resolve, details))
        : Promise.resolve(true),
    checkPermission: (contents, permission, origin, details = {}) =>
      this.#permissionCheck ? this.#permissionCheck(contents, permission, origin, details) : true,
  }

  setPermissionRequestHandler(handler) {
    this.#permissionRequest = handler ?? undefined
  }
  setPermissionCheckHandler(handler) {
    this.#permissionCheck = handler ?? undefined
  }
  getUserAgent() {
    return 'standin'
  }

  // Accepted and without effect here.
  setDevicePermissionHandler() {}
  setDisplayMediaRequestHandler() {}
  setCertificateVerifyProc() {}
  setSpellCheckerEnabled() {}
  setSpellCheckerLanguages() {}
  setUserAgent() {}
  async setProxy() {}
  async clearStorageData() {}
  async clearCache() {}
  async clearCodeCaches() {}
}

export const defaultSession = new Session()
export const session = strict('session', { defaultSession, fromPartition: () => defaultSession })
