// contextBridge. The same source runs as text in the page's world and in the preload's isolated world, so makeBridge may use nothing
// from outside itself. The two worlds share only the document, over which Chromium clones a CustomEvent's detail
// synchronously from one to the other: that is what makes bridged calls synchronous, as in Electron.

/**
 * @param {string} secret part of the event names, unknown to the page
 * @param {'main' | 'isolated'} me
 * @param {'main' | 'isolated'} peer
 */
export function makeBridge(secret, me, peer) {
  // Taken now: this runs before the page's own scripts, which may replace them.
  const { document, CustomEvent, structuredClone } = globalThis
  const dispatch = document.dispatchEvent.bind(document)
  const TAG = '\u0000b'
  const MAX_DEPTH = 1000
  const exported = new Map()
  const exportedIds = new WeakMap()
  const imported = new Map()
  const unsettled = new Map()
  let lastId = 0
  let answer

  const tell = (detail) => dispatch(new CustomEvent(secret + peer, { detail }))
  const failure = (error) => ({ failed: { message: error instanceof Error ? error.message : String(error) } })
  const raised = ({ message }) => new Error(message)

  function ask(detail) {
    answer = undefined
    tell(detail)
    const received = answer
    answer = undefined
    if (!received) throw new Error('context bridge: the other world did not answer')
    if (received.failed) throw raised(received.failed)
    return received.value
  }

  // Assignment would turn an own key named __proto__ into a prototype.
  function mapValues(object, convert) {
    const copy = {}
    for (const key of Object.keys(object)) {
      const value = convert(object[key])
      Object.defineProperty(copy, key, { value, writable: true, enumerable: true, configurable: true })
    }
    return copy
  }

  function encode(value, depth = 0) {
    if (depth > MAX_DEPTH) {
      throw new TypeError(
        `Electron contextBridge recursion depth exceeded.  Nested objects deeper than ${MAX_DEPTH} are not supported.`,
      )
    }
    if (typeof value === 'symbol') throw new Error('An object could not be cloned.')
    if (typeof value === 'function') return { [TAG]: 'function', id: exportFunction(value) }
    if (typeof value !== 'object' || value === null) return value
    if (value instanceof Promise) return { [TAG]: 'promise', id: exportPromise(value) }
    if (value instanceof Error) return { [TAG]: 'error', message: value.message }
    if (Array.isArray(value)) return value.map((item) => encode(item, depth + 1))
    const isPlain = /^\[object (Object|Module)\]$/.test(Object.prototype.toString.call(value))
    return isPlain ? mapValues(value, (item) => encode(item, depth + 1)) : structuredClone(value)
  }

  function decode(value) {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(decode)
    if (value[TAG] === 'function') return importFunction(value.id)
    if (value[TAG] === 'promise') return new Promise((resolve, reject) => unsettled.set(value.id, { resolve, reject }))
    if (value[TAG] === 'error') return new Error(value.message)
    return Object.getPrototypeOf(value) === Object.prototype ? mapValues(value, decode) : value
  }

  function exportFunction(fn) {
    if (!exportedIds.has(fn)) {
      exportedIds.set(fn, me + ++lastId)
      exported.set(exportedIds.get(fn), fn)
    }
    return exportedIds.get(fn)
  }

  function importFunction(id) {
    if (!imported.has(id)) imported.set(id, (...args) => decode(ask({ kind: 'call', id, args: encode(args) })))
    return imported.get(id)
  }

  function exportPromise(promise) {
    const id = me + ++lastId
    promise
      .then((value) => tell({ kind: 'settle', id, value: encode(value) }))
      .catch((error) => tell({ kind: 'settle', id, ...failure(error) }))
    return id
  }

  function deepFreeze(value) {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
    for (const key of Object.keys(value)) deepFreeze(value[key])
    return Object.freeze(value)
  }

  const handle = {
    answer: (detail) => void (answer = detail),
    call: ({ id, args }) => reply(() => encode(exported.get(id)(...decode(args)))),
    expose: ({ key, value }) => reply(() => define(key, value)),
    settle({ id, failed, value }) {
      const waiting = unsettled.get(id)
      unsettled.delete(id)
      if (failed) waiting?.reject(raised(failed))
      else waiting?.resolve(decode(value))
    },
  }

  function reply(work) {
    let result
    try {
      result = { value: work() }
    } catch (error) {
      result = failure(error)
    }
    tell({ kind: 'answer', ...result })
  }

  function define(key, value) {
    if (Object.hasOwn(globalThis, key)) {
      throw new Error('Cannot bind an API on top of an existing property on the window object')
    }
    const api = deepFreeze(decode(value))
    Object.defineProperty(globalThis, key, { value: api, enumerable: true, writable: false, configurable: false })
  }

  document.addEventListener(secret + me, (event) => handle[event.detail.kind](event.detail))
  return { expose: (key, value) => void ask({ kind: 'expose', key, value: encode(value) }) }
}
