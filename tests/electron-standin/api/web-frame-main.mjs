// The main frame, as IPC events name it in senderFrame. There are no other frames here: no preload, no messages.

/** @param {import('./web-contents.mjs').WebContents} contents */
export function createMainFrame(contents) {
  return {
    name: '',
    parent: null,
    frames: [],
    detached: false,
    processId: 1,
    routingId: contents.id,
    frameTreeNodeId: contents.id,
    ipc: contents.ipc,
    get url() {
      return contents.getURL()
    },
    get origin() {
      return /^[\w+.-]+:\/\/[^/]*/.exec(contents.getURL())?.[0] ?? 'null'
    },
    get top() {
      return contents.mainFrame
    },
    send: (channel, ...args) => contents.send(channel, ...args),
    isDestroyed: () => contents.isDestroyed(),
  }
}
