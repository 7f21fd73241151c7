import { ipcRenderer } from 'electron'
import { EVENT_CHANNEL, REQUEST_CHANNEL, type Bridge, type BridgeEvent } from '../shared/ipc/transport'

/**
 * Two forwarders and nothing else: the names and shapes are checked in the main process. Neither `ipcRenderer` nor its
 * event object reaches the page.
 */
export const bridge: Bridge = {
  request: (name, input) => ipcRenderer.invoke(REQUEST_CHANNEL, name, input),
  subscribe(listener) {
    const forward = (_: unknown, event: BridgeEvent): void => listener(event)
    ipcRenderer.on(EVENT_CHANNEL, forward)
    return () => void ipcRenderer.off(EVENT_CHANNEL, forward)
  },
}
