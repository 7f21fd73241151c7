/** A text that two values share only when they are the same all the way down. */
export function signatureOf(value: unknown): string {
  const seen = new Map<object, number>()
  const sign = (item: unknown): string => {
    if (typeof item === 'string')
      return item.length > 200 ? `text ${item.length} ${item.slice(0, 99)}` : JSON.stringify(item)
    if (typeof item === 'number') return Object.is(item, -0) ? '-0' : String(item)
    if (typeof item === 'function') return `function ${item.name}`
    if (typeof item !== 'object' || item === null) return `${typeof item} ${String(item)}`
    const before = seen.get(item)
    if (before !== undefined) return `again ${before}`
    seen.set(item, seen.size)
    try {
      return signObject(item)
    } catch {
      return 'throws'
    }
  }
  const signObject = (item: object): string => {
    const kind = `${Object.prototype.toString.call(item)} ${String(Object.getPrototypeOf(item)?.constructor?.name)}`
    const inside =
      item instanceof Map || item instanceof Set
        ? [...item].map(sign)
        : Reflect.ownKeys(item)
            .slice(0, 60)
            .map((key) => {
              const property = Object.getOwnPropertyDescriptor(item, key)
              const how = property?.enumerable === true ? '' : 'hidden '
              return `${how}${typeof key === 'symbol' ? key.toString() : JSON.stringify(key)}:${property?.get === undefined ? sign(property?.value) : `accessor ${property.get.toString()}`}`
            })
    const own = item instanceof Date || item instanceof RegExp || item instanceof Error ? String(item) : ''
    return `${kind}${own}{${inside.join()}}`
  }
  return sign(value)
}
