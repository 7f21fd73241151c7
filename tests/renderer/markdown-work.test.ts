import { describe, expect, it } from 'vitest'
import { createBlockReader } from '../../src/renderer/markdown/blocks'
import { lex } from '../../src/renderer/markdown/lexer'

const SIZE = 40_000
const STEP = 64

/** Characters that are parsed while a text arrives in small pieces, per character of it. */
function workOf(text: string): number {
  let work = 0
  const read = createBlockReader((part, links) => {
    work += part.length
    return lex(part, links)
  })
  for (let end = STEP; end < text.length; end += STEP) read(text.slice(0, end), true)
  return work / text.length
}

const fill = (piece: string) => piece.repeat(Math.ceil(SIZE / piece.length)).slice(0, SIZE)

describe('the work of an answer that streams', () => {
  it.each([
    ['one list', fill('- an item of a list\n')],
    ['one loose list', fill('- an item of a list\n\n')],
    ['brackets', fill('[')],
    ['the beginnings of images', fill('![a](')],
    ['one paragraph', fill('some words ')],
    ['lines of one paragraph', fill('some words\n')],
    ['an endless row', `| a |\n${fill('|------')}`],
    ['one table', `| a | b |\n| - | - |\n${fill('| c | d |\n')}`],
    ['open code', `\`\`\`js\n${fill('const a = 1\n')}`],
    ['code whose lines look like ends', `\`\`\`\`\n${fill('``` a\n')}`],
    ['one quote', fill('> words\n')],
    [
      'a staircase',
      Array.from({ length: 400 }, (_, at) => `${'  '.repeat(at)}- a`)
        .join('\n')
        .slice(0, SIZE),
    ],
    ['dollars', fill('$a_')],
    ['open formulas', fill('\\\\[ a ')],
    ['one footnote', `a[^1]\n\n[^1]: ${fill('words\n    ')}`],
  ])('does not grow with the square of its length: %s', (_, text) => {
    // Bug: a degenerate answer that is parsed from its beginning with every piece; that would be 300 times its length.
    expect(workOf(text)).toBeLessThanOrEqual(100)
  })

  it('is about the length of an ordinary answer', () => {
    expect(
      workOf(fill('# A heading\n\nA paragraph of some length, as answers have them.\n\n- a\n- list\n\n')),
    ).toBeLessThan(10)
  })

  it('loses no text between two parses, and shows code as code', () => {
    const long = `Below:\n\n\`\`\`js\n${fill('const a = 1\n')}`
    const read = createBlockReader()
    for (let end = 1_000; end <= long.length; end += 777) {
      const blocks = read(long.slice(0, end), true)
      expect(blocks.map(({ token }) => token.type)).toEqual(['paragraph', 'code'])
      expect(blocks[1]?.token).toHaveProperty('text', long.slice('Below:\n\n```js\n'.length, end).replace(/\n$/, ''))
    }
    const list = fill('- an item of a list\n')
    const other = createBlockReader()
    for (let end = 1_000; end <= list.length; end += 777) {
      const shown = other(list.slice(0, end), true)
        .map(({ token }) => token.raw)
        .join('')
      expect(Math.abs(shown.trimEnd().length - list.slice(0, end).trimEnd().length)).toBeLessThan(20)
    }
  })
})
