import fc from 'fast-check'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { createBlockReader } from '../../src/renderer/markdown/blocks'
import { Markdown } from '../../src/renderer/markdown/Markdown'
import { NO_LINKS } from './no-links'
import { expectedAnswer } from '../support/fixtures'

const render = (text: string, streaming = false) =>
  renderToStaticMarkup(<Markdown text={text} streaming={streaming} links={NO_LINKS} />)

const PIECES = [
  'word ',
  'a',
  '\n',
  '\n\n',
  '\r\n',
  '# ',
  '- ',
  '  ',
  '    ',
  '1. ',
  '2',
  '. ',
  '> ',
  '```',
  '~~~',
  'js\n',
  '|',
  '| a | b |\n',
  '| - | - |\n',
  '**',
  '*',
  '_',
  '`',
  '[a](https://b.example)',
  '[a]',
  '[a]: https://b.example\n',
  '![',
  '](',
  ')',
  '<b>',
  '<!--',
  '-->',
  '<div>\n',
  '---',
  '===',
  '&amp;',
  '- [x] ',
  '[^a]',
  '[^a]: b',
  '\n[^c]: ',
  '$',
  '$$\n',
  '\\',
]
/** A token without the spaces at the edges of its lines and at its end, which nobody sees but in code. */
function asSeen(token: object): string {
  return JSON.stringify(token, function squeeze(this: { readonly type?: unknown }, name, value: unknown) {
    if (name === 'tokens' && Array.isArray(value) && isEmptyText(value.at(-1))) return value.slice(0, -1)
    return typeof value === 'string' && this.type !== 'code' ? value.replaceAll(/\s*\n\s*/g, '\n').trim() : value
  })
}

function isEmptyText(token: unknown): boolean {
  const { type, raw } = (token ?? {}) as { readonly type?: unknown; readonly raw?: unknown }
  return type === 'text' && typeof raw === 'string' && raw.trim() === ''
}

const markdown = fc.array(fc.constantFrom(...PIECES), { maxLength: 40, size: 'max' }).map((pieces) => pieces.join(''))

// The properties are long, on a machine that does other things too.
describe('an answer that streams', { timeout: 60_000 }, () => {
  it('is in the end what it would be had it come at once, and never throws on the way', () => {
    fc.assert(
      fc.property(markdown, fc.array(fc.nat(200), { maxLength: 12, size: 'max' }), (text, cuts) => {
        const read = createBlockReader()
        for (const cut of cuts.toSorted((a, b) => a - b)) read(text.slice(0, cut), true)
        expect(read(text, false)).toEqual(createBlockReader()(text, false))
      }),
      { numRuns: 300 },
    )
  })

  it('shows at every moment what its beginning alone would show', () => {
    fc.assert(
      // A definition also serves what stands above it, which is seen when the answer is complete.
      fc.property(
        markdown.map((text) => text.replaceAll(']:', '] ')),
        (text) => {
          const read = createBlockReader()
          const source = (blocks: ReturnType<typeof read>) => blocks.map(({ token, level }) => ({ token, level }))
          for (let end = 1; end <= text.length; end += 1) {
            const part = text.slice(0, end)
            expect(source(read(part, true))).toEqual(source(createBlockReader()(part, true)))
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  it('takes what looks like a heading into the formula that began above it', () => {
    // Bug: the heading closed what was above it, and the formula never came together while the answer streamed.
    const text = '$$\n# a\n# \n[^c]  $$\n'
    const read = createBlockReader()
    for (let end = 1; end < text.length; end += 1) read(text.slice(0, end), true)
    expect(read(text, true).map(({ token }) => token.type)).toEqual(['formula'])
  })

  it('reads a block the same whenever its source and the addresses it is read by are the same', () => {
    // Bug: a reference link that stays text, because the definition came while its block was not drawn again.
    fc.assert(
      fc.property(markdown, fc.array(fc.nat(200), { maxLength: 12, size: 'max' }), (text, cuts) => {
        const read = createBlockReader()
        const known = new Map<string, string>()
        const parts = cuts.toSorted((a, b) => a - b).map((cut) => text.slice(0, cut))
        for (const blocks of [...parts.map((part) => read(part, true)), read(text, true), read(text, false)]) {
          for (const { token, level, references } of blocks) {
            const key = JSON.stringify([token.type, token.raw, level, references])
            const seen = asSeen(token)
            expect(seen).toBe(known.get(key) ?? seen)
            known.set(key, seen)
          }
        }
      }),
      { numRuns: 300 },
    )
    const read = createBlockReader()
    const text = '[a][b]\n\n[b]: https://b.example "'
    for (let end = 1; end < text.length; end += 1) read(text.slice(0, end), true)
    const [streamed] = read(`${text}x\n\ny\n\nz`, true)
    const [whole] = read(`${text}x"`, false)
    expect(streamed?.token.raw).toBe(whole?.token.raw)
    expect(streamed?.references).not.toBe(whole?.references)
  })

  it('renders at every cut of a real answer', () => {
    const { text } = expectedAnswer('anthropic/long-text')
    for (let end = 0; end < text.length; end += 7) expect(() => render(text.slice(0, end), true)).not.toThrow()
    expect(render(text)).not.toMatch(/\*\*|\| ---|```/)
  })

  it('parses again only the end: earlier blocks stay the same objects', () => {
    const read = createBlockReader()
    const before = read('# a\n\nb\n\nc\n\nd', true)
    const after = read('# a\n\nb\n\nc\n\nd e', true)
    expect(after[0]?.token).toBe(before[0]?.token)
    expect(after[1]?.token).toBe(before[1]?.token)
    expect(after[3]?.token).not.toBe(before[3]?.token)
  })

  it('starts over when the text is another', () => {
    const read = createBlockReader()
    read('# a\n\nb\n\nc\n\nd', true)
    expect(read('other', true).map(({ token }) => token.raw)).toEqual(['other'])
  })

  it('waits with a line that is nothing but a mark', () => {
    for (const mark of ['-', '- ', '---', '=', '``', '*', '#', '|', '1']) {
      expect(render(`Three things:\n${mark}`, true)).toContain('<p')
      expect(render(`Three things:\n${mark}`, true)).not.toMatch(/<h\d|<ul/)
    }
    expect(render('Three things:\n- a', true)).toContain('<li')
  })
})

describe('hostile text', { timeout: 30_000 }, () => {
  const deep = (mark: string, lines: number) =>
    Array.from({ length: lines }, (_, index) => mark.repeat(index) + '- a').join('\n')
  const cases: Readonly<Record<string, string>> = {
    'one line of a megabyte': 'a'.repeat(1_000_000),
    'a megabyte of words': 'word '.repeat(200_000),
    'a megabyte of emphasis': '**a** '.repeat(170_000),
    'ten thousand brackets': '['.repeat(10_000),
    'ten thousand image starts': '![a]('.repeat(10_000),
    'ten thousand quotes': '>'.repeat(10_000),
    'ten thousand quotes apart': '> '.repeat(10_000),
    'ten thousand numbers': '1. '.repeat(10_000),
    'ten thousand bullets': '* - '.repeat(5_000),
    'lists in quotes': '> - '.repeat(5_000),
    'a staircase of lists': deep('  ', 1_000),
    'a staircase of quotes': deep('> ', 500),
    'emphasis in emphasis': '***a** '.repeat(10_000),
    'strong in strong': '**a *b '.repeat(5_000),
    'links in links': '['.repeat(5_000) + 'a' + '](b)'.repeat(5_000),
    'tags that never end': '<a '.repeat(20_000),
    'one cell after another': `${'|a'.repeat(5_000)}\n${'|-'.repeat(5_000)}\n`,
    'one row after another': `|a|b|\n|-|-|\n${'|c|d|\n'.repeat(20_000)}`,
    'one item after another': '- item\n'.repeat(30_000),
    'ten thousand definitions': '[a]: b\n'.repeat(10_000),
    'ten thousand dollars': '$a_'.repeat(10_000),
    'ten thousand begun formulas': '\\( a '.repeat(10_000),
    'lines of begun formulas': '\\[ a\n'.repeat(10_000),
    'ten thousand marks of footnotes': '[^1] '.repeat(10_000),
    'three thousand footnotes': Array.from({ length: 3_000 }, (_, at) => `[^${at}]: a[^${at + 1}]\n`).join(''),
    'three megabytes': 'a b\n\n'.repeat(600_000),
  }

  it.each(Object.entries(cases))('is survived: %s', (_, text) => {
    for (const streaming of [false, true]) expect(render(text, streaming).length).toBeGreaterThan(0)
  })

  it('loses no text where nesting ends', () => {
    const depth = (markup: string, tag: string) => markup.split(`<${tag}`).length - 1
    const quotes = render(`${'> '.repeat(30)}end`)
    expect(depth(quotes, 'blockquote')).toBe(12)
    expect(quotes).toContain(`${'&gt; '.repeat(18)}end`)
    const lists = render(`${'- '.repeat(30)}end`)
    expect(depth(lists, 'ul')).toBe(12)
    expect(lists).toContain('end')
  })
})
