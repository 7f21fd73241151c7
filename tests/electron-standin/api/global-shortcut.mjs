// globalShortcut: remembered, never triggered.
import { strict } from './absent.mjs'

const registered = new Map()

export const globalShortcut = strict('globalShortcut', {
  register(accelerator, callback) {
    if (registered.has(accelerator)) return false
    registered.set(accelerator, callback)
    return true
  },
  unregister: (accelerator) => void registered.delete(accelerator),
  unregisterAll: () => registered.clear(),
  isRegistered: (accelerator) => registered.has(accelerator),
})
