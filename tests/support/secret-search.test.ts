import { deflateRawSync, deflateSync, gzipSync, brotliCompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { makeCanary } from './canary'
import { formsIn, needlesFor } from './secret-search'

const canary = makeCanary()
const needles = needlesFor(canary)
const reversed = canary.split('').toReversed().join('')
const found = (bytes: Buffer | string) => formsIn(Buffer.from(bytes as string), needles)

function around(text: string | Buffer): Buffer {
  return Buffer.concat([Buffer.from('{"a":"'), Buffer.from(text as string), Buffer.from('"} and more of it')])
}

describe('a planted key is found', () => {
  it.each([
    ['in plain text', canary],
    ['with characters of two bytes', Buffer.from(`x${canary}x`, 'utf16le')],
    ['in hex', Buffer.from(canary).toString('hex')],
    ['in capital hex', Buffer.from(canary).toString('hex').toUpperCase()],
    ['in base64', Buffer.from(canary).toString('base64')],
    ['in base64 behind one character', Buffer.from(`a${canary}bc`).toString('base64')],
    ['in base64 behind two characters', Buffer.from(`ab${canary}`).toString('base64')],
    ['in base64 behind many', Buffer.from(`Authorization: Bearer ${canary}\r\n`).toString('base64')],
    ['in base64url', Buffer.from(`??>${canary}`).toString('base64url')],
    ['percent-encoded', [...Buffer.from(canary)].map((byte) => `%${byte.toString(16)}`).join('')],
    ['in escapes of JSON', [...Buffer.from(canary)].map((byte) => `\\u${byte.toString(16).padStart(4, '0')}`).join('')],
    ['backwards', reversed],
    ['by its beginning alone', `${canary.slice(0, 12)}…`],
    ['by its end alone', `…${canary.slice(-12)}`],
    ['by its end in base64', Buffer.from(`…${canary.slice(-12)}`).toString('base64')],
    ['in gzip', gzipSync(`${'a'.repeat(500)}${canary}`)],
    ['in zlib', deflateSync(`${'a'.repeat(500)}${canary}`)],
    ['in gzip in gzip', gzipSync(gzipSync(canary))],
    ['in base64 in gzip', gzipSync(Buffer.from(canary).toString('base64'))],
  ])('%s', (_, planted) => {
    expect(found(planted)).not.toEqual([])
    expect(found(around(planted))).not.toEqual([])
  })

  it('in gzip that was cut short', () => {
    expect(found(gzipSync(`${canary}${'some words '.repeat(50)}`).subarray(0, -12))).not.toEqual([])
  })

  it('in a file of brotli, and in an entry of a zip', () => {
    expect(found(brotliCompressSync(`words before ${canary}`))).not.toEqual([])
    const head = Buffer.alloc(30)
    head.write('PK\u0003\u0004', 'latin1')
    head.writeUInt16LE(8, 8)
    head.writeUInt16LE(5, 26)
    expect(found(Buffer.concat([head, Buffer.from('a.txt'), deflateRawSync(`x ${canary}`)]))).not.toEqual([])
  })
})

describe('nothing is found', () => {
  it.each([
    ['in another canary', makeCanary().slice(11)],
    ['in its last four characters, which are shown', `ends in ${canary.slice(-4)}`],
    ['in nothing', ''],
  ])('%s', (_, text) => {
    expect(found(text)).toEqual([])
  })
})
