// Chromium's DevTools protocol over its debugging pipe: JSON texts, each ended by a NUL.
import { EventEmitter } from 'node:events'

const sessions = new Map()
const unanswered = new Map()
let write
let lastId = 0
let closed = false

/** One conversation: with the browser, or with one page. Protocol events are emitted under their method's name. */
export class DevToolsSession extends EventEmitter {
  constructor(id) {
    super()
    this.setMaxListeners(0)
    this.id = id
  }

  /** Commands are carried out in the order they are sent, so callers need not await one before the next. */
  send(method, params = {}) {
    return new Promise((resolve, reject) => {
      if (!write || closed) return reject(new Error(`${method}: Chromium is ${closed ? 'gone' : 'not there yet'}`))
      const id = ++lastId
      unanswered.set(id, { resolve, reject, method })
      write(JSON.stringify({ id, method, params, sessionId: this.id }))
    })
  }
}

export const browser = new DevToolsSession(undefined)

/** @param {string} id */
export function sessionOf(id) {
  if (!sessions.has(id)) sessions.set(id, new DevToolsSession(id))
  return sessions.get(id)
}

/** @param {import('node:stream').Writable} input @param {import('node:stream').Readable} output */
export function connect(input, output) {
  write = (text) => input.write(text + '\0')
  input.on('error', () => {}) // Chromium's end is reported by its exit
  let parts = []
  output.on('data', (chunk) => {
    for (let end; (end = chunk.indexOf(0)) >= 0; chunk = chunk.subarray(end + 1)) {
      receive(JSON.parse(Buffer.concat([...parts, chunk.subarray(0, end)]).toString('utf8')))
      parts = []
    }
    if (chunk.length) parts.push(chunk)
  })
}

export const connected = () => write !== undefined && !closed

export function disconnect() {
  closed = true
  for (const { reject, method } of unanswered.values()) reject(new Error(`${method}: Chromium is gone`))
  unanswered.clear()
}

function receive(message) {
  if (message.id === undefined) {
    const session = message.sessionId ? sessions.get(message.sessionId) : browser
    session?.emit(message.method, message.params)
    return
  }
  const { resolve, reject, method } = unanswered.get(message.id)
  unanswered.delete(message.id)
  if (message.error) reject(new Error(`${method}: ${message.error.message}`))
  else resolve(message.result)
}
