// Messages between the preload and the main process.
import { createEvent } from '../api/events.mjs'
import { ipcMain } from '../api/ipc-main.mjs'
import { makeCodec } from '../in-page/codec.mjs'
import { ISOLATED_WORLD, POST } from './preload-injection.mjs'

const codec = makeCodec()

export class PageIpc {
  #page
  #world
  #outbox = []

  /** @param {import('./page.mjs').Page} page */
  constructor(page) {
    this.#page = page
  }

  follow() {
    this.#page.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === POST) void this.#receive(JSON.parse(payload))
    })
    this.#page.on('Runtime.executionContextCreated', ({ context }) => {
      const isOurs = context.name === ISOLATED_WORLD && context.auxData?.frameId === this.#page.mainFrameId
      if (isOurs) this.#world = context.uniqueId
    })
    this.#page.on('Inspector.targetCrashed', () => (this.#world = undefined))
  }

  /** webContents.send. Refuses what cannot be cloned before anything is sent. */
  send(channel, args) {
    if (typeof channel !== 'string') throw new TypeError('Missing required channel argument')
    this.#deliver({ kind: 'event', channel, args: codec.pack(args) })
  }

  async #receive(message) {
    const { contents, preferences } = this.#page
    if (message.kind === 'preload-error') {
      contents.emit('preload-error', createEvent(), preferences.preload, new Error(message.message))
      return
    }
    const event = this.#createEvent()
    const args = codec.unpack(message.args)
    if (message.kind === 'invoke') return this.#invoke(message, event, args)
    contents.ipc.emit(message.channel, event, ...args)
    ipcMain.emit(message.channel, event, ...args)
  }

  // Messages come from the main frame only: the preload runs nowhere else here.
  #createEvent() {
    const { contents } = this.#page
    const frame = contents.mainFrame
    const reply = (channel, ...args) => this.send(channel, args)
    const place = { frameId: frame.routingId, processId: frame.processId }
    return createEvent({ type: 'frame', sender: contents, senderFrame: frame, ...place, ports: [], reply })
  }

  async #invoke({ channel, id }, event, args) {
    const handler = this.#page.contents.ipc._invokeHandlers.get(channel) ?? ipcMain._invokeHandlers.get(channel)
    try {
      if (!handler) throw new Error(`No handler registered for '${channel}'`)
      this.#deliver({ kind: 'reply', id, value: codec.pack(await handler(event, ...args)) })
    } catch (error) {
      console.error(`Error occurred in handler for '${channel}':`, error)
      this.#deliver({ kind: 'reply', id, failed: String(error) })
    }
  }

  // One script carries all that one turn of the event loop sends, in order.
  #deliver(message) {
    if (!this.#world || this.#page.contents.isDestroyed()) return
    if (this.#outbox.push(message) === 1) setImmediate(() => this.#empty())
  }

  #empty() {
    const messages = this.#outbox.splice(0)
    if (!this.#world) return
    const expression = `__standinDeliver(${JSON.stringify(messages)})`
    this.#page.send('Runtime.evaluate', { expression, uniqueContextId: this.#world, silent: true }).catch(() => {})
  }
}
