import { expect, it } from 'vitest'
import { createBlockReader, type Block } from '../../src/renderer/markdown/blocks'
import { isSameBlock } from '../../src/renderer/markdown/Markdown'
import { NO_LINKS } from './no-links'

const SECTION = [
  '## Part',
  'A paragraph with **weight**, `code` and a formula $a^2$ in it, long enough for a line.',
  '- one\n- two\n  - and one inside\n- three',
  '```ts\nconst answer = 41 + 1\nconst other = "text"\n```',
  '| a | b |\n| - | - |\n| 1 | 2 |\n| 3 | 4 |',
  '> A quote\n> of two lines.',
]
const TEXT = Array.from({ length: 8 }, () => SECTION.join('\n\n')).join('\n\n')
/** As Markdown draws them: the one that is written, the one before it, and one that both may still join. */
const END = 3

/** How often each block is drawn while the text arrives in steps, and once more when it has ended. */
function draw(step: number) {
  const read = createBlockReader()
  const propsOf = (blocks: readonly Block[], streaming: boolean) =>
    blocks.map((block, index) => ({ block, links: NO_LINKS, open: streaming && index >= blocks.length - 1 }))
  let before: ReturnType<typeof propsOf> = []
  const late: string[] = []
  let drawn = 0
  const take = (text: string, streaming: boolean) => {
    const now = propsOf(read(text, streaming), streaming)
    const anew = now.filter((props, index) => before[index] === undefined || !isSameBlock(before[index], props))
    drawn += anew.length
    late.push(...anew.filter((props) => now.indexOf(props) < now.length - END).map(({ block }) => block.token.raw))
    before = now
    return anew.length
  }
  let steps = 0
  for (let end = step; end < TEXT.length; end += step) {
    take(TEXT.slice(0, end), true)
    steps += 1
  }
  return { late, atEnd: take(TEXT, false), drawn, steps, blocks: before.length }
}

// Bug: an answer of a hundred blocks, all of which React draws again for every word.
it.each([1, 7, 64])(
  'a block that is finished is not drawn again while the rest arrives, %i signs at a time',
  (step) => {
    const { late, atEnd, drawn, steps, blocks } = draw(step)
    expect(late).toEqual([])
    expect(atEnd).toBeLessThanOrEqual(2)
    expect(blocks).toBe(8 * SECTION.length)
    expect(drawn).toBeLessThanOrEqual(2 * (steps + blocks))
  },
)
