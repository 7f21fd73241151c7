import { types } from 'node:util'

/** Deeper or larger than anything the contract describes. */
const MAX_DEPTH = 8
const MAX_NODES = 2_000
/** All texts and keys together, in UTF-16 units: a little more than the longest message. */
const MAX_UNITS = 4_100_000

/**
 * Whether a value is nothing but plain data: objects, lists without holes, strings, numbers, booleans, null. Refuses own
 * `__proto__`, `constructor` and `prototype` keys (an own `__proto__` would otherwise pass a validator unseen and pollute
 * a later merge), exotic objects, accessors, what hides, and what is too deep or too large to be a request.
 */
export function isPlainData(value: unknown): boolean {
  let nodes = 0
  let units = 0
  const fits = (text: string): boolean => (units += text.length) <= MAX_UNITS
  const plain = (item: unknown, depth: number): boolean => {
    nodes += 1
    if (nodes > MAX_NODES || depth > MAX_DEPTH) return false
    if (typeof item === 'string') return fits(item)
    if (typeof item !== 'object' || item === null) {
      return typeof item !== 'function' && typeof item !== 'symbol' && typeof item !== 'bigint'
    }
    // Before anything is asked of it: a proxy answers as it likes, and otherwise the next time.
    if (types.isProxy(item)) return false
    const prototype: unknown = Object.getPrototypeOf(item)
    if (Array.isArray(item)) return prototype === Array.prototype && plainList(item, depth)
    if (prototype !== Object.prototype && prototype !== null) return false
    return Reflect.ownKeys(item).every((key) => plainProperty(item, key, depth))
  }
  const plainList = (list: readonly unknown[], depth: number): boolean => {
    // The length first: a list of holes is as long as it says.
    if (list.length > MAX_NODES) return false
    const keys = Reflect.ownKeys(list)
    return keys.length === list.length + 1 && keys.every((key) => key === 'length' || plainProperty(list, key, depth))
  }
  const plainProperty = (owner: object, key: string | symbol, depth: number): boolean => {
    if (typeof key === 'symbol' || key === '__proto__' || key === 'constructor' || key === 'prototype') return false
    const property = Object.getOwnPropertyDescriptor(owner, key)
    if (property === undefined || !('value' in property) || property.enumerable !== true) return false
    return fits(key) && plain(property.value, depth + 1)
  }
  return plain(value, 0)
}
