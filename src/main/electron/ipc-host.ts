import { ipcMain, type BrowserWindow, type WebFrameMain } from 'electron'
import { EVENT_CHANNEL, REQUEST_CHANNEL, type BridgeEvent } from '../../shared/ipc/transport'
import type { Door } from './door'
import { strangerOf } from './own-page'

/** Answers Latchkey's own page, in its top frame, and nobody else. The one `ipcMain.handle` of the app. */
export function hostRequests(door: Door<WebFrameMain>, currentWindow: () => BrowserWindow | null): void {
  ipcMain.handle(REQUEST_CHANNEL, (event, name: unknown, input: unknown) =>
    door.answer(event.senderFrame, mainFrameOf(currentWindow()), name, input),
  )
}

/** Sends an event to the page, if there is one to hear it and it is ours. */
export function sendEvent(window: BrowserWindow | null, event: BridgeEvent): void {
  const frame = mainFrameOf(window)
  if (strangerOf(frame, frame) === null) window?.webContents.send(EVENT_CHANNEL, event)
}

function mainFrameOf(window: BrowserWindow | null): WebFrameMain | null {
  if (window === null || window.isDestroyed() || window.webContents.isDestroyed()) return null
  return window.webContents.mainFrame
}
