// Structured-clone values as JSON text and back. Its source also runs in the page (as text), so makeCodec may use
// nothing from outside itself.

export function makeCodec() {
  const TAG = '\u0000t'
  const tagged = (kind, value) => ({ [TAG]: kind, v: value })
  const errorClasses = { TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError }
  const viewNames = new Set(
    'Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float16Array Float32Array Float64Array BigInt64Array BigUint64Array DataView'.split(
      ' ',
    ),
  )

  function toBase64(bytes) {
    if (bytes.toBase64) return bytes.toBase64()
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
  }

  function fromBase64(text) {
    return Uint8Array.fromBase64 ? Uint8Array.fromBase64(text) : new Uint8Array(Buffer.from(text, 'base64'))
  }

  // Assignment would turn an own key named __proto__ into a prototype, and the hostile message would arrive tamed.
  function put(object, key, value) {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true })
  }

  const isBoxed = (value) => /^\[object (Boolean|Number|String)\]$/.test(Object.prototype.toString.call(value))

  function encode(value, seen) {
    if (typeof value === 'object' && value !== null) return encodeObject(value, seen)
    if (value === undefined) return tagged('undefined')
    if (typeof value === 'bigint') return tagged('bigint', String(value))
    if (typeof value !== 'number') return value
    if (Object.is(value, -0)) return tagged('number', '-0')
    return Number.isFinite(value) ? value : tagged('number', String(value))
  }

  function encodeObject(value, seen) {
    if (seen.has(value)) return tagged('seen', seen.get(value))
    seen.set(value, seen.size)
    if (Array.isArray(value)) return value.map((item) => encode(item, seen))
    if (value instanceof Date) return tagged('date', encode(value.getTime(), seen))
    if (value instanceof RegExp) return tagged('regexp', [value.source, value.flags])
    if (value instanceof Map)
      return tagged(
        'map',
        [...value].map(([k, v]) => [encode(k, seen), encode(v, seen)]),
      )
    if (value instanceof Set)
      return tagged(
        'set',
        [...value].map((item) => encode(item, seen)),
      )
    if (value instanceof Error)
      return tagged('error', [value.name, value.message, value.stack, encode(value.cause, seen)])
    if (value instanceof ArrayBuffer) return tagged('buffer', toBase64(new Uint8Array(value)))
    if (ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
      return tagged('view', [value.constructor.name, toBase64(bytes)])
    }
    if (isBoxed(value)) return tagged('boxed', value.valueOf())
    const plain = {}
    for (const key of Object.keys(value)) put(plain, key, encode(value[key], seen))
    return TAG in plain ? tagged('escaped', plain) : plain
  }

  function decode(value, refs) {
    if (typeof value !== 'object' || value === null) return value
    const keep = (object) => (refs.push(object), object)
    if (Array.isArray(value)) {
      const array = keep([])
      for (const item of value) array.push(decode(item, refs))
      return array
    }
    if (!Object.hasOwn(value, TAG)) return decodePlain(value, keep({}), refs)
    return decodeTagged(value[TAG], value.v, keep, refs)
  }

  function decodePlain(source, target, refs) {
    for (const key of Object.keys(source)) put(target, key, decode(source[key], refs))
    return target
  }

  function decodeTagged(kind, v, keep, refs) {
    switch (kind) {
      case 'undefined':
        return undefined
      case 'bigint':
        return BigInt(v)
      case 'number':
        return Number(v)
      case 'seen':
        return refs[v]
      case 'escaped':
        return decodePlain(v, keep({}), refs)
      case 'date':
        return keep(new Date(decode(v, refs)))
      case 'regexp':
        return keep(new RegExp(v[0], v[1]))
      case 'boxed':
        return keep(Object(v))
      case 'buffer':
        return keep(fromBase64(v).buffer)
      case 'view':
        return keep(decodeView(v[0], fromBase64(v[1])))
      case 'map': {
        const map = keep(new Map())
        for (const [key, item] of v) map.set(decode(key, refs), decode(item, refs))
        return map
      }
      case 'set': {
        const set = keep(new Set())
        for (const item of v) set.add(decode(item, refs))
        return set
      }
      case 'error':
        return decodeError(v, keep, refs)
    }
    throw new Error('codec: unknown tag')
  }

  function decodeView(name, bytes) {
    return name === 'Uint8Array' || !viewNames.has(name) ? bytes : new globalThis[name](bytes.buffer)
  }

  function decodeError([name, message, stack, cause], keep, refs) {
    const error = keep(new (errorClasses[name] ?? Error)(message))
    if (stack) error.stack = stack
    const decodedCause = decode(cause, refs)
    if (decodedCause !== undefined) error.cause = decodedCause
    return error
  }

  return {
    // structuredClone first: it refuses what Electron's IPC refuses, with the same DataCloneError.
    pack: (value) => JSON.stringify(encode(structuredClone(value), new Map())),
    unpack: (text) => decode(JSON.parse(text), []),
  }
}
