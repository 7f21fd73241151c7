// The `electron` module of the main process. Every name of Electron's typings can be imported; what is not
// implemented throws when it is used.
import { absent, strict } from './absent.mjs'
// oxlint-disable-next-line import/no-self-import -- the default export is the module itself
import * as electron from './electron.mjs'

export { app } from './app.mjs'
export { BrowserWindow } from './browser-window.mjs'
export { clipboard } from './clipboard.mjs'
export { dialog } from './dialog.mjs'
export { globalShortcut } from './global-shortcut.mjs'
export { ipcMain } from './ipc-main.mjs'
export { Menu, MenuItem } from './menu.mjs'
export { nativeTheme } from './native-theme.mjs'
export { net } from './net.mjs'
export { Notification } from './notification.mjs'
export { powerMonitor } from './power-monitor.mjs'
export { protocol } from './protocol.mjs'
export { safeStorage } from './safe-storage.mjs'
export { screen } from './screen.mjs'
export { session } from './session.mjs'
export { shell } from './shell.mjs'
export { utilityProcess } from './utility-process.mjs'
export { webContents } from './web-contents.mjs'

// Asked to start at every launch; collects nothing here.
export const crashReporter = strict('crashReporter', { start() {} })

export const autoUpdater = absent('autoUpdater')
export const BaseWindow = absent('BaseWindow')
export const BrowserView = absent('BrowserView')
export const ClipboardItem = absent('ClipboardItem')
export const contentTracing = absent('contentTracing')
export const contextBridge = absent('contextBridge')
export const desktopCapturer = absent('desktopCapturer')
export const ImageView = absent('ImageView')
export const inAppPurchase = absent('inAppPurchase')
export const IpcMainServiceWorker = absent('IpcMainServiceWorker')
export const ipcRenderer = absent('ipcRenderer')
export const LanguageModelUtility = absent('LanguageModelUtility')
export const localAIHandler = absent('localAIHandler')
export const MessageChannelMain = absent('MessageChannelMain')
export const nativeImage = absent('nativeImage')
export const netLog = absent('netLog')
export const parentPort = absent('parentPort')
export const powerSaveBlocker = absent('powerSaveBlocker')
export const pushNotifications = absent('pushNotifications')
export const sharedTexture = absent('sharedTexture')
export const ShareMenu = absent('ShareMenu')
export const systemPreferences = absent('systemPreferences')
export const TouchBar = absent('TouchBar')
export const Tray = absent('Tray')
export const View = absent('View')
export const WebContentsView = absent('WebContentsView')
export const webFrame = absent('webFrame')
export const webFrameMain = absent('webFrameMain')
export const WebSocket = absent('WebSocket')
export const webUtils = absent('webUtils')

export default electron
