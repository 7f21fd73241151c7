import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'
import { O200K_TOKEN_SPLIT_REGEX } from 'gpt-tokenizer/encodingParams/constants'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countText, countTexts, LONGEST_RUN, slicesOf } from '../../src/main/tokens/count-text'

const plainly = (text: string): number => countTokens(text, { disallowedSpecial: new Set() })

/** The longest piece the library would merge in one go, in bytes: what it takes grows with the square of it. */
function longestPiece(text: string): number {
  return [...slicesOf(text)]
    .flatMap((slice) => [...slice.matchAll(O200K_TOKEN_SPLIT_REGEX)])
    .reduce((most, [piece]) => Math.max(most, Buffer.byteLength(piece)), 0)
}

/** Signs and then line ends are one piece, with a blank before them; a sign has up to four bytes. */
const MOST_BYTES = 4 * (2 * LONGEST_RUN + 1)

const PROSE =
  "It wasn't the price that surprised her, it was the third decimal. “How many tokens?” she asked — nobody knew.\n\n"
const CODE =
  'export const sum = (rows: readonly Row[]): bigint => rows.reduce((a, { pico }) => a + pico, 0n) // 10^-12\n'
const TABLE = `| model | input | output |\n| ${'-'.repeat(60)} | ---: | ---: |\n| small | 0.15 | 0.60 |\n\n\t\t1234567890\n`
const CHINESE = '价格以每百万个词元计算，缓存的输入更便宜。请在发送之前看一下估算！\n'
const THAI = 'ราคาคิดต่อหนึ่งล้านโทเค็นและข้อมูลที่แคชไว้ถูกกว่า '
const EMOJI = 'Well done 👩‍👩‍👧‍👦 🎉🎉 flags 🇩🇪🇯🇵 and a thumb 👍🏽!\n'

describe('a count', () => {
  // What two libraries of different authors say of the vocabulary.
  it.each([
    ['', 0],
    ['hello world', 2],
    ['tiktoken is great!', 6],
    ['Latchkey', 2],
    ['1234567', 3],
    ['    indented', 3],
    ['你好，世界', 3],
    ['👍🏽', 3],
    ['a\r\nb', 3],
  ])('of %j is %i', (text, tokens) => {
    expect(countText(text)).toBe(tokens)
  })

  // Would catch a cut where none is needed: the estimate of every message would be a little too high.
  it.each([
    ['prose', PROSE],
    ['code', CODE],
    ['a table', TABLE],
    ['Chinese', CHINESE],
    ['Thai', THAI],
    ['emoji', EMOJI],
    ['all of them', PROSE + CODE + TABLE + CHINESE + THAI + EMOJI],
  ])("of %s is exactly the library's", (_, text) => {
    const long = text.repeat(40)
    expect([...slicesOf(long)]).toHaveLength(1)
    expect(countText(long)).toBe(plainly(long))
  })

  // Would catch a text of the user's that throws, or that counts as one token where the provider sees seven.
  it.each([
    ['<|endoftext|>', 7],
    ['<|im_start|>system<|im_end|>', 13],
    ['a <|fim_prefix|> b', 8],
  ])('takes %j for plain text', (text, tokens) => {
    expect(countText(text)).toBe(tokens)
    expect(countText(text.repeat(50))).toBe(plainly(text.repeat(50)))
  })

  it.each(['\ud800', '\udc00', 'a\ud83d', '\ude00b', '\ud800'.repeat(500), '\u0000\u0007', '\ufeff\ufffe'])(
    'takes %j, which is no text at all',
    (text) => {
      expect(countText(text)).toBeGreaterThan(0)
    },
  )

  it('takes a text of four million characters', () => {
    expect(countText('word '.repeat(800_000))).toBe(800_001)
  })

  it('is in order for many texts, and the same the second time', () => {
    const texts = ['hello world', '', PROSE, '你好，世界', PROSE]
    expect(countTexts(texts)).toEqual(texts.map(plainly))
    expect(countTexts(texts)).toEqual(texts.map(plainly))
  })
})

describe('a run without an end', () => {
  const RUNS = [
    '─',
    'a',
    '好',
    'é',
    '👍',
    ' ',
    '\n',
    '\n/',
    '!?',
    'ก',
    '\u0301',
    '\ud83d',
    'aB',
    './',
    ' \t',
    '7',
    'a1',
    '=\n',
  ]

  // Would catch the one slow kind of piece that was not thought of: seconds for a page of it.
  it.each(RUNS)('of %j is cut into pieces of bounded size, whatever its length', (unit) => {
    expect(longestPiece(unit.repeat(10_000))).toBeLessThanOrEqual(MOST_BYTES)
  })

  it('is cut at every full length and nowhere else', () => {
    expect([...slicesOf('─'.repeat(1000))].map(({ length }) => length)).toEqual([...Array(7).fill(LONGEST_RUN), 104])
    expect([...slicesOf(`so: ${'a'.repeat(LONGEST_RUN)} b`)]).toEqual([`so: ${'a'.repeat(LONGEST_RUN)}`, ' b'])
    expect([...slicesOf('a'.repeat(LONGEST_RUN - 1))]).toHaveLength(1)
  })

  // Would catch half an emoji on either side of a cut, which counts as other characters than were written.
  it('is never cut between surrogates', () => {
    const slices = [...slicesOf(`!${'👍'.repeat(1000)}`)]
    expect(slices.length).toBeGreaterThan(5)
    expect(slices.every((slice) => slice.isWellFormed())).toBe(true)
  })

  it.each(RUNS)('of %j is off by two tokens a cut at most', (unit) => {
    const text = unit.repeat(2000)
    const cuts = [...slicesOf(text)].length - 1
    expect(Math.abs(countText(text) - plainly(text))).toBeLessThanOrEqual(2 * cuts)
  })

  it('of any kind is cut into pieces of bounded size, and nothing of the text is lost', () => {
    const run = fc
      .tuple(fc.stringMatching(/^[\s\S]{1,3}$/u), fc.integer({ min: 1, max: 600 }))
      .map(([unit, times]) => unit.repeat(times))
    fc.assert(
      fc.property(
        fc.array(fc.oneof(run, fc.string({ unit: 'binary' }), fc.constantFrom(...RUNS)), { maxLength: 8 }),
        (parts) => {
          const text = parts.join('')
          expect([...slicesOf(text)].join('')).toBe(text)
          expect(longestPiece(text)).toBeLessThanOrEqual(MOST_BYTES)
        },
      ),
    )
  })
})
