/**
 * `node --import` of this file runs our TypeScript as it stands, with Node's own type stripping: it finds modules that are
 * imported without their ending, as the bundler does. For tools beside the app; the app itself is bundled.
 */
import { existsSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'

const ENDINGS = ['.ts', '/index.ts']

registerHooks({
  resolve(specifier, context, next) {
    if (!specifier.startsWith('.') || context.parentURL === undefined) return next(specifier, context)
    const base = new URL(specifier, context.parentURL)
    if (existsSync(fileURLToPath(base)) && /\.[a-z]+$/.test(base.pathname)) return next(specifier, context)
    const ending = ENDINGS.find((end) => existsSync(fileURLToPath(base.href + end)))
    return next(ending === undefined ? specifier : specifier + ending, context)
  },
})
