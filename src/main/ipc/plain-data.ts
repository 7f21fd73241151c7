/** Deeper or larger than anything the contract describes. */
const MAX_DEPTH = 8
const MAX_NODES = 2_000

/**
 * Whether a value is nothing but plain data: objects, arrays, strings, numbers, booleans, null. Refuses own
 * `__proto__`, `constructor` and `prototype` keys (an own `__proto__` would otherwise pass a validator unseen and pollute
 * a later merge), exotic objects, accessors, and what is too deep or too large to be a request.
 */
export function isPlainData(value: unknown): boolean {
  let nodes = 0
  const plain = (item: unknown, depth: number): boolean => {
    nodes += 1
    if (nodes > MAX_NODES || depth > MAX_DEPTH) return false
    if (typeof item !== 'object' || item === null) {
      return typeof item !== 'function' && typeof item !== 'symbol' && typeof item !== 'bigint'
    }
    const prototype: unknown = Object.getPrototypeOf(item)
    // The length first: a list of holes is as long as it says, and walking it would take minutes.
    if (Array.isArray(item)) {
      return prototype === Array.prototype && item.length <= MAX_NODES && item.every((child) => plain(child, depth + 1))
    }
    if (prototype !== Object.prototype && prototype !== null) return false
    return Reflect.ownKeys(item).every((key) => {
      if (typeof key === 'symbol' || key === '__proto__' || key === 'constructor' || key === 'prototype') return false
      const property = Object.getOwnPropertyDescriptor(item, key)
      return property !== undefined && 'value' in property && plain(property.value, depth + 1)
    })
  }
  return plain(value, 0)
}
