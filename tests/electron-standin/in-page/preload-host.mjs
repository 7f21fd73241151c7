// The sandboxed preload's surroundings: its `require`, `process`, ipcRenderer. Runs as text in the isolated world, so
// hostPreload may use nothing from outside itself.

/**
 * @param {{ expose(key: string, value: unknown): void }} bridge
 * @param {{ pack(value: unknown): string, unpack(text: string): any }} codec
 * @param {(text: string) => void} post the only way out of the page
 * @param {Record<string, unknown>} processFacts
 * @param {Function} runPreload
 */
export function hostPreload(bridge, codec, post, processFacts, runPreload) {
  const listeners = new Map()
  const invocations = new Map()
  let lastId = 0

  const absent = (name) => () => {
    throw new Error(`electron stand-in: ${name} is not implemented`)
  }

  const listenersOf = (channel) => listeners.get(channel) ?? listeners.set(channel, []).get(channel)

  function listen(channel, listener, { once = false, first = false } = {}) {
    listenersOf(channel)[first ? 'unshift' : 'push']({ listener, once })
    return ipcRenderer
  }

  function unlisten(channel, listener) {
    const list = listenersOf(channel)
    const index = list.findLastIndex((entry) => entry.listener === listener)
    if (index >= 0) list.splice(index, 1)
    return ipcRenderer
  }

  function unlistenAll(channel) {
    if (channel === undefined) listeners.clear()
    else listeners.delete(channel)
    return ipcRenderer
  }

  function send(kind, channel, args, id) {
    if (typeof channel !== 'string') throw new TypeError('channel must be a string')
    post(JSON.stringify({ kind, channel, id, args: codec.pack(args) }))
  }

  function invoke(channel, ...args) {
    return new Promise((resolve, reject) => {
      const id = ++lastId
      send('invoke', channel, args, id)
      invocations.set(id, { channel, resolve, reject })
    })
  }

  const ipcRenderer = {
    on: (channel, listener) => listen(channel, listener),
    addListener: (channel, listener) => listen(channel, listener),
    once: (channel, listener) => listen(channel, listener, { once: true }),
    prependListener: (channel, listener) => listen(channel, listener, { first: true }),
    off: unlisten,
    removeListener: unlisten,
    removeAllListeners: unlistenAll,
    listenerCount: (channel) => listenersOf(channel).length,
    eventNames: () => [...listeners.keys()].filter((channel) => listenersOf(channel).length > 0),
    setMaxListeners: () => ipcRenderer,
    getMaxListeners: () => 10,
    send: (channel, ...args) => send('send', channel, args),
    invoke,
    sendSync: absent('ipcRenderer.sendSync'),
    postMessage: absent('ipcRenderer.postMessage'),
    sendToHost: absent('ipcRenderer.sendToHost'),
  }

  function settle({ id, failed, value }) {
    const { channel, resolve, reject } = invocations.get(id) ?? {}
    invocations.delete(id)
    if (failed !== undefined) reject?.(new Error(`Error invoking remote method '${channel}': ${failed}`))
    else resolve?.(codec.unpack(value))
  }

  function emit({ channel, args }) {
    const values = codec.unpack(args)
    for (const { listener, once } of listenersOf(channel).slice()) {
      if (once) unlisten(channel, listener)
      listener({ sender: ipcRenderer, ports: [], preventDefault() {}, defaultPrevented: false }, ...values)
    }
  }

  // Messages come in batches, but each gets a task of its own, as each has in Electron: one port message per task.
  const arrived = []
  const { port1, port2 } = new MessageChannel()
  port2.addEventListener('message', () => {
    const message = arrived.shift()
    if (message.kind === 'reply') settle(message)
    else emit(message)
  })
  port2.start()
  globalThis.__standinDeliver = (messages) => {
    for (const message of messages) {
      arrived.push(message)
      port1.postMessage(0)
    }
  }

  const electron = {
    ipcRenderer,
    contextBridge: {
      exposeInMainWorld: (key, api) => bridge.expose(key, api),
      exposeInIsolatedWorld: absent('contextBridge.exposeInIsolatedWorld'),
      executeInMainWorld: absent('contextBridge.executeInMainWorld'),
    },
    webFrame: { setZoomFactor() {}, getZoomFactor: () => 1, setZoomLevel() {}, getZoomLevel: () => 0 },
    webUtils: { getPathForFile: () => '' },
  }

  function require(name) {
    if (name === 'electron' || name === 'electron/renderer') return electron
    throw new Error('module not found: ' + name)
  }

  const process = Object.freeze({ ...processFacts, type: 'renderer', sandboxed: true, contextIsolated: true })
  const module = { exports: {} }
  try {
    runPreload(require, process, module, module.exports)
  } catch (error) {
    post(JSON.stringify({ kind: 'preload-error', message: String(error?.stack ?? error) }))
    console.error('Unable to load preload script', error)
  }
}
