import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme } from 'electron'
import { APP_URL } from './own-page'

/** The canvas colours of tokens.css, so that the first frame is not a flash of the other theme. */
const CANVAS = { light: '#FBFBFA', dark: '#191A1C' }

/** Opens the one window, shown once it has something to show. `out` is the build's folder. */
export function openWindow(out: string): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Latchkey',
    width: 1280,
    height: 800,
    minWidth: 720,
    minHeight: 520,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? CANVAS.dark : CANVAS.light,
    webPreferences: {
      preload: join(out, 'preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      devTools: !app.isPackaged,
      navigateOnDragDrop: false,
    },
  })
  window.once('ready-to-show', () => window.show())
  // It fails when the window is closed at once, which is no failure of ours.
  window.loadURL(APP_URL).catch(() => undefined)
  return window
}
