// Runs the unchanged compiled main bundle. The order is Electron's: required files, then main, then Chromium.
import inspector from 'node:inspector'
import { createRequire } from 'node:module'
import { extname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { locateApp } from './app-location.mjs'
import { parseCommandLine } from './command-line.mjs'
import { resolveElectronTo } from './electron-module.mjs'
import { setLaunched } from './launched.mjs'
import { preview } from './options.mjs'
import { becomeElectronProcess } from './process-identity.mjs'

const [executable, ...args] = process.argv.slice(2)
const { switches, required, target } = parseCommandLine(args)

const app = await locateApp(executable, target).catch((error) => {
  console.error(`electron stand-in: ${error.message}`)
  process.exit(1)
})

setLaunched({ executable, args, switches, ...app })
becomeElectronProcess('browser', executable)
process.argv = [executable, ...args]
resolveElectronTo(new URL('../api/electron.mjs', import.meta.url).href)
openInspector()
reportUncaughtErrors()
if (!preview) leaveWithParent()

const { startChromium } = await import('../api/startup.mjs')
const require = createRequire(app.main)
for (const file of required) require(file)
if (extname(app.main) === '.cjs') require(app.main)
else await import(pathToFileURL(app.main).href)
// Only now, as in Electron: what main does first (the single instance lock, quitting) must not race with Chromium.
await startChromium()

// A preview never listens, whatever its command line says.
function openInspector() {
  if (switches.has('inspect') && !preview) inspector.open(Number(switches.get('inspect') || 9229), '127.0.0.1')
}

// A killed test runner must not leave its apps behind. (Electron itself would stay.)
function leaveWithParent() {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) process.exit(1)
  }, 1000).unref()
}

// Electron shows a dialog unless the app listens for itself; here nobody could read one. Unhandled rejections are
// only warned of, as in Electron's main process (not in its utility processes).
function reportUncaughtErrors() {
  const warn = (reason) => {
    if (process.listenerCount('unhandledRejection') > 1) return
    console.error('Unhandled promise rejection in the main process:', reason)
  }
  process.on('unhandledRejection', warn)
  const report = (error) => {
    if (process.listenerCount('uncaughtException') > 1) return
    console.error(`A JavaScript error occurred in the main process\n${error?.stack ?? error}`)
    process.exit(1)
  }
  process.on('uncaughtException', report)
}
