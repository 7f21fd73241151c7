// What is not implemented throws as soon as it is used, so that a test never passes on a silent nothing.
import { EventEmitter } from 'node:events'

export const notImplemented = (path) => new Error(`electron stand-in: ${path} is not implemented`)

// Looked up by await, JSON, inspection, EventEmitter and module loading on any object they meet.
const askedOfAnything = new Set(['then', 'toJSON', 'constructor', 'inspect', 'domain', 'captureRejections'])

function mayBeMissing(key) {
  return typeof key === 'symbol' || key.startsWith('_') || askedOfAnything.has(key)
}

/** @template {object} T @param {string} name @param {T} object @returns {T} it, throwing for members it lacks */
export function strict(name, object) {
  return new Proxy(object, {
    get(target, key, receiver) {
      if (key in target || mayBeMissing(key)) return Reflect.get(target, key, receiver)
      throw notImplemented(`${name}.${String(key)}`)
    },
  })
}

/**
 * A base class whose unknown members throw. The end of its prototype chain is strict rather than the instance: a
 * proxied instance could not reach its own private fields.
 * @param {string} name
 */
export function strictEmitter(name) {
  class Strict extends EventEmitter {}
  Object.setPrototypeOf(Strict.prototype, strict(name, Object.create(EventEmitter.prototype)))
  return Strict
}

/** @param {string} name @returns {any} stands for a whole export that is not there: importable, not usable */
export function absent(name) {
  const fail = (path) => {
    throw notImplemented(path)
  }
  return new Proxy(function () {}, {
    get: (target, key) => (mayBeMissing(key) ? undefined : fail(`${name}.${String(key)}`)),
    set: (target, key) => fail(`${name}.${String(key)}`),
    apply: () => fail(name),
    construct: () => fail(name),
  })
}
