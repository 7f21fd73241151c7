// process.parentPort: the line to main. Messages wait until somebody listens.
import { EventEmitter } from 'node:events'

class ParentPort extends EventEmitter {
  #waiting = []

  constructor() {
    super()
    process.on('message', (message) => {
      if (this.listenerCount('message') > 0) this.#emit(message)
      else this.#waiting.push(message)
    })
    this.on('newListener', (name) => {
      // The listener is added after this event.
      if (name === 'message') queueMicrotask(() => this.#waiting.splice(0).forEach((message) => this.#emit(message)))
    })
  }

  postMessage(message) {
    structuredClone(message) // refuses what Electron would refuse
    process.send(message)
  }
  start() {}
  pause() {}

  #emit(data) {
    this.emit('message', { data, ports: [] })
  }
}

export const parentPort = new ParentPort()
