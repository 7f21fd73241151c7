// Notification: shown nowhere, but its events come.
import { EventEmitter } from 'node:events'

export class Notification extends EventEmitter {
  static isSupported() {
    return true
  }
  constructor(options) {
    super()
    Object.assign(this, options)
  }
  show() {
    this.emit('show')
  }
  close() {
    this.emit('close')
  }
}
