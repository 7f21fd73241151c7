import { app } from 'electron'
import type { Paths } from '../ports'

/** Switches that would write keys to a log, lead requests astray, lift the sandbox or hand the app to a debugger. */
const UNSAFE_SWITCHES = [
  'inspect',
  'inspect-brk',
  'inspect-wait',
  'inspect-port',
  'remote-debugging-port',
  'remote-debugging-pipe',
  'log-net-log',
  'ssl-key-log-file',
  'enable-logging',
  'log-file',
  'proxy-server',
  'proxy-pac-url',
  'host-rules',
  'host-resolver-rules',
  'js-flags',
  'disable-web-security',
  'load-extension',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
  'gpu-launcher',
]
/** Variables that make Chromium write a log with headers in it. */
const UNSAFE_VARIABLES = ['ELECTRON_ENABLE_LOGGING', 'ELECTRON_LOG_FILE']

/** The profile folder: Electron's user data, which `--user-data-dir` moves. */
export function profilePaths(): Paths {
  return { profile: app.getPath('userData') }
}

/** Whether a packaged build was started with something it must not honour. Development builds and tests need some. */
export function startedUnsafely(): boolean {
  if (!app.isPackaged) return false
  return (
    UNSAFE_SWITCHES.some((name) => app.commandLine.hasSwitch(name)) ||
    UNSAFE_VARIABLES.some((name) => process.env[name] !== undefined)
  )
}
