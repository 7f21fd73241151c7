// ipcMain, and the same for one webContents (webContents.ipc).
import { strictEmitter } from './absent.mjs'

export class IpcMain extends strictEmitter('ipcMain') {
  /** Named as in Electron, where tests reach for it too. */
  _invokeHandlers = new Map()

  handle(channel, handler) {
    if (this._invokeHandlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    if (typeof handler !== 'function') throw new Error(`Expected handler to be a function, but found ${typeof handler}`)
    this._invokeHandlers.set(channel, handler)
  }
  handleOnce(channel, handler) {
    this.handle(channel, (...args) => {
      this.removeHandler(channel)
      return handler(...args)
    })
  }
  removeHandler(channel) {
    this._invokeHandlers.delete(channel)
  }
}

export const ipcMain = new IpcMain().setMaxListeners(0)
