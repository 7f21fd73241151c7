import { ipcMain, type BrowserWindow } from 'electron'
import { EVENT_CHANNEL, REQUEST_CHANNEL, type BridgeEvent, type Result } from '../../shared/ipc/transport'
import type { Router } from '../ipc/router'
import { isOwnPage } from './own-page'

/** Answers Latchkey's own page, in its top frame, and nobody else. The one `ipcMain.handle` of the app. */
export function hostRequests(router: Router, currentWindow: () => BrowserWindow | null): void {
  ipcMain.handle(REQUEST_CHANNEL, async (event, name: unknown, input: unknown): Promise<Result<unknown>> => {
    const window = currentWindow()
    const mainFrame = window === null || window.isDestroyed() ? null : window.webContents.mainFrame
    if (!isOwnPage(event.senderFrame, mainFrame)) return { ok: false, error: { code: 'forbidden' } }
    return router.dispatch(name, input)
  })
}

/** Sends an event to the page, if there is one to hear it. */
export function sendEvent(window: BrowserWindow | null, event: BridgeEvent): void {
  if (window === null || window.isDestroyed() || window.webContents.isDestroyed()) return
  window.webContents.send(EVENT_CHANNEL, event)
}
