import { brotliDecompressSync, constants, inflateRawSync, inflateSync } from 'node:zlib'

/** A secret as it may be written down, and the bytes to look for. */
export interface Needle {
  readonly form: string
  readonly bytes: Buffer
}

/** Shown to tell keys apart; more of a key than that has no business anywhere. */
const END = 12

/** Bytes a compressed text may swell to: a bomb must not stop the search. */
const INFLATED_MOST = 64 * 1024 * 1024

/** Every form a secret is searched in: whole, its first and last twelve characters, and backwards; in every encoding. */
export function needlesFor(secret: string): readonly Needle[] {
  const parts = [
    ['whole', secret],
    ['its beginning', secret.slice(0, END)],
    ['its end', secret.slice(-END)],
    ['backwards', secret.split('').toReversed().join('')],
  ] as const
  return parts.flatMap(([part, text]) => encodings(text).map(([how, bytes]) => ({ form: `${part}, ${how}`, bytes })))
}

function encodings(text: string): readonly (readonly [string, Buffer])[] {
  const utf8 = Buffer.from(text)
  const hex = utf8.toString('hex')
  const each = (write: (byte: number) => string) => Buffer.from([...utf8].map(write).join(''))
  const percent = (byte: number) => `%${byte.toString(16).padStart(2, '0')}`
  const json = (byte: number) => `\\u00${byte.toString(16).padStart(2, '0')}`
  return [
    ['UTF-8', utf8],
    ['UTF-16LE', Buffer.from(text, 'utf16le')],
    ['hex', Buffer.from(hex)],
    ['HEX', Buffer.from(hex.toUpperCase())],
    ['percent', each(percent)],
    ['PERCENT', each((byte) => percent(byte).toUpperCase())],
    ['JSON escapes', each(json)],
    ['JSON ESCAPES', each((byte) => `\\u${json(byte).slice(2).toUpperCase()}`)],
    ...[0, 1, 2].flatMap((before) => {
      const inner = Buffer.from(base64Inner(utf8, before))
      const url = Buffer.from(inner.toString().replaceAll('+', '-').replaceAll('/', '_'))
      const name = `at ${before} of 3`
      return [[`base64 ${name}`, inner] as const, ...(url.equals(inner) ? [] : [[`base64url ${name}`, url] as const])]
    }),
  ]
}

/** What of the base64 of a longer text is decided by these bytes alone, when so many others stand before them. */
function base64Inner(bytes: Buffer, before: number): string {
  const encoded = Buffer.concat([Buffer.alloc(before), bytes])
    .toString('base64')
    .replace(/=+$/, '')
  const first = Math.ceil((before * 8) / 6)
  const last = Math.floor(((before + bytes.length) * 8) / 6)
  return encoded.slice(first, last)
}

/** The forms in which something of `needles` stands in these bytes, packed or not. */
export function formsIn(bytes: Buffer, needles: readonly Needle[]): readonly string[] {
  const found = new Set<string>()
  for (const [how, layer] of layersOf(bytes)) {
    for (const { form, bytes: needle } of needles) if (layer.includes(needle)) found.add(`${form}${how}`)
  }
  return [...found]
}

/** The bytes themselves and, two deep, everything in them that unpacks. */
function layersOf(bytes: Buffer, depth = 2): readonly (readonly [string, Buffer])[] {
  const layers: (readonly [string, Buffer])[] = [['', bytes]]
  if (depth === 0) return layers
  for (const [how, inner] of unpacked(bytes)) {
    for (const [more, layer] of layersOf(inner, depth - 1)) layers.push([`, ${how}${more}`, layer])
  }
  return layers
}

/** Streams cut short are read as far as they go: the half that is there may hold the key. */
const INFLATE = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: INFLATED_MOST }
const BROTLI = { finishFlush: constants.BROTLI_OPERATION_FLUSH, maxOutputLength: INFLATED_MOST }

function unpacked(bytes: Buffer): readonly (readonly [string, Buffer])[] {
  const found: (readonly [string, Buffer])[] = []
  const attempt = (how: string, unpack: () => Buffer) => {
    try {
      const inner = unpack()
      if (inner.length > 0) found.push([how, inner])
    } catch {
      // It was something else.
    }
  }
  for (const at of placesOf(bytes, Buffer.from([0x1f, 0x8b, 0x08]))) {
    // Not gunzip, which gives up on what stands behind the end.
    attempt('gzip', () => inflateRawSync(bytes.subarray(gzipData(bytes, at)), INFLATE))
  }
  for (const level of [0x01, 0x5e, 0x9c, 0xda]) {
    for (const at of placesOf(bytes, Buffer.from([0x78, level]))) {
      attempt('zlib', () => inflateSync(bytes.subarray(at), INFLATE))
    }
  }
  // Entries of a zip file: their data begins behind a name and an extra field whose lengths stand before it.
  for (const at of placesOf(bytes, Buffer.from('PK\u0003\u0004', 'latin1'))) {
    if (at + 30 > bytes.length) continue
    const data = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28)
    attempt('zip', () => inflateRawSync(bytes.subarray(data), INFLATE))
  }
  // Brotli has no mark to be known by, so only a whole file is tried.
  attempt('brotli', () => brotliDecompressSync(bytes, BROTLI))
  return found
}

/** Where the data of a gzip member begins: behind ten bytes, and whatever its flags announce. */
function gzipData(bytes: Buffer, at: number): number {
  const flags = bytes[at + 3] ?? 0
  let data = at + 10
  if ((flags & 4) !== 0) data += 2 + bytes.readUInt16LE(data)
  for (const name of [8, 16]) if ((flags & name) !== 0) data = bytes.indexOf(0, data) + 1
  return (flags & 2) === 0 ? data : data + 2
}

/** Where a mark stands; in a file full of marks only the first ones, or the search would never end. */
function placesOf(bytes: Buffer, mark: Buffer): readonly number[] {
  const places: number[] = []
  for (let at = bytes.indexOf(mark); at >= 0 && places.length < 200; at = bytes.indexOf(mark, at + 1)) places.push(at)
  return places
}
