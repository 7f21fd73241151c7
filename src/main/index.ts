import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme, shell } from 'electron'
import { makeId } from '../core/ids'
import { composeLatchkey, type Latchkey } from './composition'
import { neutralEnvironment, unsafeStart } from './egress/environment'
import { registerAppScheme, serveApp } from './electron/app-protocol'
import { systemClipboard } from './electron/clipboard'
import { systemClock } from './electron/clock'
import { createDoor } from './electron/door'
import { hostRequests, sendEvent } from './electron/ipc-host'
import { setMenu } from './electron/menu'
import { profilePaths } from './electron/profile'
import { saveDialog } from './electron/save-dialog'
import { systemCipher } from './electron/safe-storage'
import { applySessionPolicy, clearWindowData } from './electron/session-policy'
import { showStartFailure, showUnsafeStart } from './electron/start-failure'
import { systemTokenCounter } from './electron/token-process'
import { openWindow } from './electron/window'
import { watchHealth } from './electron/window-health'
import { eraseRest } from './storage/erase'

/** The build's folder, which holds main, preload, renderer and the renderer's manifest. */
const OUT = join(import.meta.dirname, '..')
const PROVIDER_SILENCE_MS = 120_000

let latchkey: Latchkey | null = null
let window: BrowserWindow | null = null

// Conversations are nobody else's to read. Before the first file is made.
process.umask(0o077)
// Development builds and tests need some of these.
const unsafe = app.isPackaged ? unsafeStart((name) => app.commandLine.hasSwitch(name), process.env) : null
process.env = neutralEnvironment(process.env)
if (unsafe !== null) refuse(unsafe)
// Before the profile is touched: a second start must not open a file the first one writes.
else if (app.requestSingleInstanceLock()) start()
else app.exit(0)

function start(): void {
  eraseRest(profilePaths())
  app.enableSandbox()
  registerAppScheme()
  app.on('second-instance', focusWindow)
  app.on('activate', () => latchkey !== null && BrowserWindow.getAllWindows().length === 0 && open())
  app.on('window-all-closed', () => (process.platform !== 'darwin' || latchkey?.isErased() === true) && app.quit())
  // Synchronous, so that running answers are booked whatever ends the process next.
  app.on('will-quit', () => latchkey?.close())
  void app.whenReady().then(boot).catch(giveUp)
}

async function boot(): Promise<void> {
  const clock = systemClock()
  const composed = await composeLatchkey({
    cipher: systemCipher(process.platform),
    clock,
    newId: (kind) => makeId(kind, randomUUID().replaceAll('-', '')),
    paths: profilePaths(),
    fetch: globalThis.fetch,
    openExternal: (url) => shell.openExternal(url),
    clipboard: systemClipboard(),
    askWhere: saveDialog(() => window),
    tokenCounter: systemTokenCounter(OUT, clock),
    version: app.getVersion(),
    demo: app.commandLine.hasSwitch('demo'),
    applyTheme: (theme) => void (nativeTheme.themeSource = theme),
    clearWindowData,
    restart() {
      app.relaunch()
      app.quit()
    },
    writeLog: (line) => void process.stderr.write(`${line}\n`),
    idleMs: PROVIDER_SILENCE_MS,
  })
  latchkey = composed
  setMenu(process.platform)
  serveApp(OUT)
  applySessionPolicy()
  hostRequests(createDoor(composed.router, composed.strangerRefused), () => window)
  composed.subscribe((event) => sendEvent(window, event))
  open()
}

function open(): void {
  window = openWindow(OUT)
  watchHealth(window, {
    failed: () => latchkey?.windowFailed(),
    recovered: () => latchkey?.windowRecovered(),
  })
}

function focusWindow(): void {
  if (window === null || window.isDestroyed()) return
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

function refuse(name: string): void {
  process.stderr.write(`Latchkey cannot start with ${name}\n`)
  showUnsafeStart(name)
  app.exit(1)
}

function giveUp(error: unknown): void {
  process.stderr.write(`Latchkey cannot start: ${error instanceof Error ? error.message : 'unknown reason'}\n`)
  showStartFailure(error, profilePaths().profile)
  app.exit(1)
}
