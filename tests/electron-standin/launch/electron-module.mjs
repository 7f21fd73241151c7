// Makes `electron` resolve to the stand-in for import, for require and for the inspector's require.
import { registerHooks } from 'node:module'

const names = new Set(['electron', 'electron/main', 'electron/common', 'electron/utility'])

/** @param {string} url the module that answers for `electron` in this process */
export function resolveElectronTo(url) {
  registerHooks({
    resolve: (specifier, context, next) =>
      names.has(specifier) ? { url, format: 'module', shortCircuit: true } : next(specifier, context),
  })
}
