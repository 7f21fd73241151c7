// app.getPath and what decides it.
import { mkdirSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { launched } from '../launch/launched.mjs'
import { userDataOverride } from '../launch/options.mjs'

export class AppPaths {
  #nameOf
  #set = new Map()

  /** @param {() => string} nameOf the app may still change its name, and with it the default folder */
  constructor(nameOf) {
    this.#nameOf = nameOf
    const userData = launched.switches.get('user-data-dir') || userDataOverride
    if (userData) {
      mkdirSync(userData, { recursive: true })
      this.#set.set('userData', userData)
    }
  }

  get(name) {
    const path = this.#set.get(name) ?? this.#default(name)
    if (path === undefined) throw new Error(`Failed to get '${name}' path`)
    return path
  }

  set(name, path) {
    this.#set.set(name, path)
  }

  #default(name) {
    const home = homedir()
    const appData = process.env.XDG_CONFIG_HOME || join(home, '.config')
    switch (name) {
      case 'home':
        return home
      case 'appData':
        return appData
      case 'userData':
        return join(appData, this.#nameOf())
      case 'sessionData':
        return this.get('userData')
      case 'logs':
        return join(this.get('userData'), 'logs')
      case 'crashDumps':
        return join(this.get('userData'), 'Crashpad')
      case 'temp':
        return tmpdir()
      case 'exe':
      case 'module':
        return launched.executable
      case 'desktop':
      case 'documents':
      case 'downloads':
      case 'music':
      case 'pictures':
      case 'videos':
        return join(home, name[0].toUpperCase() + name.slice(1))
    }
    return undefined
  }
}
