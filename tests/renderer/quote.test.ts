import { marked } from 'marked'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quoted, withQuote } from '../../src/renderer/features/chat/quote'

describe('a quote', () => {
  it('marks every line, so that nothing of it falls out', () => {
    expect(quoted('a\n\nb\r\n  c\n')).toBe('> a\n>\n> b\n>   c')
  })

  it('stands behind the draft, with room to go on', () => {
    expect(withQuote('', 'a')).toBe('> a\n\n')
    expect(withQuote('Why?\n\n', 'a\nb')).toBe('Why?\n\n> a\n> b\n\n')
  })

  // Bug: text after a quote taken for a part of it, or a part of the quote for the user's own.
  it('is one quote, and what is written after it is not in it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'ab \n>-`#'.split('')), minLength: 1, maxLength: 40 }),
        (text) => {
          fc.pre(/\S/.test(text))
          const tokens = marked.lexer(`${withQuote('', text)}Mine`).filter(({ type }) => type !== 'space')
          expect(tokens.map(({ type }) => type)).toEqual(['blockquote', 'paragraph'])
        },
      ),
    )
  })
})
