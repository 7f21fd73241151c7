// The entry of a utility process.
import { pathToFileURL } from 'node:url'
import { resolveElectronTo } from '../launch/electron-module.mjs'
import { becomeElectronProcess } from '../launch/process-identity.mjs'
import { parentPort } from './parent-port.mjs'

const [executable, modulePath, ...args] = process.argv.slice(2)
becomeElectronProcess('utility', executable)
process.argv = [executable, modulePath, ...args]
process.parentPort = parentPort
process.once('disconnect', () => process.exit(0)) // never outlives main, however that ended
resolveElectronTo(new URL('electron.mjs', import.meta.url).href)
await import(pathToFileURL(modulePath).href)
