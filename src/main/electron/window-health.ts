import type { BrowserWindow } from 'electron'

/** A page that ends again so soon, in milliseconds, would do so for ever. */
const SOON_MS = 10_000

interface Health {
  /** The page does not answer, or its process has ended by a fault. */
  failed(): void
  /** It answers again. */
  recovered(): void
}

/** Says when the page hangs or ends, and loads one that has ended anew: an empty window helps nobody. */
export function watchHealth(window: BrowserWindow, { failed, recovered }: Health): void {
  let reloadedMs = -Infinity
  window.on('unresponsive', failed)
  window.on('responsive', recovered)
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    // What was ended from outside, as at the end of a user's session, was not ended by what it showed.
    if (reason !== 'killed') failed()
    const nowMs = performance.now()
    if (nowMs - reloadedMs < SOON_MS) return
    reloadedMs = nowMs
    // Not in the midst of its end.
    setImmediate(() => {
      if (!window.isDestroyed()) window.webContents.reload()
    })
  })
}
