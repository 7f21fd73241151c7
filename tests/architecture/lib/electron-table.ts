import { words } from './parse'

/**
 * What of Electron may be taken, where, and which of its members. A name that is not here may be taken nowhere: `net` and
 * `webContents` are ways out past the guards, `crashReporter` writes memory to disk, `autoUpdater` loads code.
 */
export interface Power {
  readonly in: readonly string[]
  /** Methods, which are called and never handed on: a page given `ipcRenderer.invoke` itself could ask anything. */
  readonly members: readonly string[]
  /** Properties. */
  readonly values?: readonly string[]
  /** May be constructed here. */
  readonly made?: string
}

const MAIN = ['src/main/index', 'src/main/electron']

export const POWERS: Readonly<Record<string, Power>> = {
  app: {
    in: MAIN,
    members: [
      ...words('commandLine.getSwitchValue commandLine.hasSwitch enableSandbox exit getPath getVersion on quit'),
      ...words('relaunch requestSingleInstanceLock whenReady'),
    ],
    values: ['isPackaged'],
  },
  BrowserWindow: { in: MAIN, members: ['getAllWindows'], made: 'src/main/electron/window' },
  nativeTheme: { in: MAIN, members: [], values: ['shouldUseDarkColors', 'themeSource'] },
  Menu: { in: ['src/main/electron/menu'], members: ['buildFromTemplate', 'setApplicationMenu'] },
  dialog: {
    in: ['src/main/electron/start-failure', 'src/main/electron/save-dialog'],
    members: ['showErrorBox', 'showSaveDialog'],
  },
  ipcMain: { in: ['src/main/electron/ipc-host'], members: ['handle'] },
  shell: { in: ['src/main/index'], members: ['openExternal'] },
  protocol: { in: ['src/main/electron/app-protocol'], members: ['handle', 'registerSchemesAsPrivileged'] },
  clipboard: { in: ['src/main/electron/clipboard'], members: ['clear', 'readText'] },
  // One session: a second one would have none of the first one's guards.
  session: { in: ['src/main/electron/session-policy'], members: [], values: ['defaultSession'] },
  // The synchronous ones are gone in Electron 46.
  safeStorage: {
    in: ['src/main/electron/safe-storage'],
    members: ['decryptStringAsync', 'encryptStringAsync', 'getSelectedStorageBackend', 'isAsyncEncryptionAvailable'],
  },
  utilityProcess: { in: ['src/main/electron/token-process'], members: ['fork'] },
  contextBridge: { in: ['src/preload/index'], members: ['exposeInMainWorld'] },
  ipcRenderer: { in: ['src/preload/bridge'], members: ['invoke', 'off', 'on'] },
}

/** What stands in exactly one place of the whole app, once. `new` before what is constructed. */
export const ONCE: Readonly<Record<string, string>> = {
  'electron.shell.openExternal': 'src/main/index',
  // The one place a path comes from, and it comes from its user.
  'electron.dialog.showSaveDialog': 'src/main/electron/save-dialog',
  'electron.ipcMain.handle': 'src/main/electron/ipc-host',
  'electron.contextBridge.exposeInMainWorld': 'src/preload/index',
  'electron.protocol.handle': 'src/main/electron/app-protocol',
  'new electron.BrowserWindow': 'src/main/electron/window',
  '?.loadURL': 'src/main/electron/window',
  // The platform's fetch, which egress is handed.
  'globalThis.fetch': 'src/main/index',
}

/** Built-in modules that open a connection, or start something that could. */
export const NETWORK_MODULES = [
  ...words('node:http node:https node:http2 node:net node:tls node:dgram node:dns node:dns/promises'),
  ...words('node:inspector node:inspector/promises node:child_process node:cluster node:worker_threads undici'),
]

/** Where some of them may be imported all the same. */
export const NETWORK_PLACES: Readonly<Record<string, readonly string[]>> = {
  // Reads addresses; opens nothing.
  'src/main/egress/addresses': ['node:net'],
  // Looks at what a name resolves to, and chooses whose certificates are believed.
  'src/main/egress/dial': ['node:dns', 'node:tls'],
  // The connection through a proxy the user has chosen.
  'src/main/egress/tunnel': ['node:http', 'node:https', 'node:net', 'node:tls'],
}

/** What a window's preferences must say, and have no other value anywhere in the main process. */
export const PREFERENCES: Readonly<Record<string, boolean>> = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webSecurity: true,
}

/** And this one, whatever it says: the rule about developer tools looks at that. */
export const SPOKEN_PREFERENCE = 'devTools'

/** What they must not say at all. A partition or a session of its own would be without the guards of session-policy. */
export const FORBIDDEN_PREFERENCES = [
  ...words('nodeIntegrationInWorker nodeIntegrationInSubFrames allowRunningInsecureContent experimentalFeatures'),
  ...words('enableBlinkFeatures webviewTag allowpopups enableRemoteModule additionalArguments'),
]
export const FORBIDDEN_IN_WINDOW = ['partition', 'session']

/** What session-policy must set up, each a statement of its own, word for word: a condition more is another guard. */
export interface Guard {
  /** The method, or for an event the event's name. */
  readonly name: string
  /** Without comments, white space as single blanks. */
  readonly statement: string
}

export const GUARDS_IN = 'src/main/electron/session-policy'
const prevented = (name: string): Guard => ({
  name,
  statement: `contents.on('${name}', (event) => event.preventDefault())`,
})
export const GUARDS: readonly Guard[] = [
  {
    name: 'setPermissionRequestHandler',
    statement: 'ours.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))',
  },
  { name: 'setPermissionCheckHandler', statement: 'ours.setPermissionCheckHandler(() => false)' },
  { name: 'setDevicePermissionHandler', statement: 'ours.setDevicePermissionHandler(() => false)' },
  { name: 'setSpellCheckerEnabled', statement: 'ours.setSpellCheckerEnabled(false)' },
  {
    name: 'onBeforeRequest',
    statement:
      'ours.webRequest.onBeforeRequest((details, answer) => { answer({ cancel: !(isAppUrl(details.url) || LOADABLE.test(details.url)) }) })',
  },
  {
    name: 'setProxy',
    statement: "void ours.setProxy({ proxyRules: NOWHERE, proxyBypassRules: '<-loopback>' })",
  },
  {
    name: 'web-contents-created',
    statement: "app.on('web-contents-created', (_event, contents) => guardContents(contents))",
  },
  { name: 'setWindowOpenHandler', statement: "contents.setWindowOpenHandler(() => ({ action: 'deny' }))" },
  {
    name: 'setWebRTCIPHandlingPolicy',
    statement: "contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')",
  },
  { name: 'will-download', statement: "ours.on('will-download', (event) => event.preventDefault())" },
  {
    name: 'will-navigate',
    statement: "contents.on('will-navigate', (event) => { if (event.url !== APP_URL) event.preventDefault() })",
  },
  {
    name: 'will-frame-navigate',
    statement:
      "contents.on('will-frame-navigate', (event) => { if (!event.isMainFrame || !isAppUrl(event.url)) event.preventDefault() })",
  },
  prevented('will-redirect'),
  prevented('will-attach-webview'),
]
