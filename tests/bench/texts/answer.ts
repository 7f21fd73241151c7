import { codeOf, LANGUAGES } from './code'
import { randomOf, type Random } from './random'
import { wordOf, wordsOf } from './words'

/** A text as a model would write it, and what a reader sees of it. */
export interface Text {
  readonly source: string
  /** Every character that is shown, without white space; of a formula its TeX. */
  readonly shown: string
}

const CODE_BLOCKS = 12
const CODE_SHARE = 26_800 / 60_000

/**
 * An answer of so many characters: headings, paragraphs with marks, lists, tables, formulas, and twelve blocks of code in
 * six languages, which are 45 % of it.
 */
export function answerOf(length: number, seed = 1): Text {
  const random = randomOf(seed)
  const blocks: Text[] = []
  for (let section = 0; section < CODE_BLOCKS; section += 1) {
    const end = Math.round((length * (section + 1)) / CODE_BLOCKS)
    const language = LANGUAGES[section % LANGUAGES.length] ?? ''
    const block = code(random, language, Math.round((length * CODE_SHARE) / CODE_BLOCKS))
    blocks.push(heading(random, section))
    for (let turn = section; ; turn += 1) {
      const next = PROSE[turn % PROSE.length]?.(random) ?? rule
      if (sizeOf([...blocks, next, block]) > end - 40) break
      blocks.push(next)
    }
    blocks.push(block)
  }
  blocks.push(filling(random, length - sizeOf(blocks) - 1))
  return joined(blocks)
}

/** A short message of `paragraphs` paragraphs, lists, tables or formulas. */
export function shortAnswerOf(seed: number, paragraphs: number): Text {
  const random = randomOf(seed)
  return joined(Array.from({ length: paragraphs }, (_, turn) => PROSE[(seed + turn) % PROSE.length]?.(random) ?? rule))
}

/** The characters of a text that can be seen. */
export const withoutSpace = (text: string): string => text.replaceAll(/\s+/g, '')

const rule: Text = { source: '---', shown: '' }
const PROSE = [paragraph, list, paragraph, table, paragraph, numbered, paragraph, quote, list, paragraph, formula]

function joined(blocks: readonly Text[]): Text {
  return {
    source: `${blocks.map(({ source }) => source).join('\n\n')}\n`,
    shown: withoutSpace(blocks.map(({ shown }) => shown).join('')),
  }
}

function sizeOf(blocks: readonly Text[]): number {
  return blocks.reduce((sum, { source }) => sum + source.length + 2, 0)
}

function heading(random: Random, section: number): Text {
  const words = wordsOf(random, 4)
  return { source: `${section % 3 === 0 ? '##' : '###'} ${words}`, shown: words }
}

/** Words with marks among them. */
function run(random: Random, count: number): Text {
  const pieces = Array.from({ length: count }, (): Text => {
    const word = wordOf(random)
    const plain = { source: word, shown: word }
    switch (random.below(64)) {
      case 0:
        return { source: `**${word}**`, shown: word }
      case 1:
        return { source: `*${word}*`, shown: word }
      case 2:
        return { source: `\`${word}()\``, shown: `${word}()` }
      case 3:
        return { source: `[${word}](https://example.com/${word})`, shown: word }
      case 4:
        return random.below(3) > 0 ? plain : formulaIn(`${word.slice(0, 1)}_{${random.below(9)}} + 1`)
      default:
        return plain
    }
  })
  return {
    source: pieces.map(({ source }) => source).join(' '),
    shown: pieces.map(({ shown }) => shown).join(' '),
  }
}

function formulaIn(tex: string): Text {
  return { source: `$${tex}$`, shown: tex }
}

function paragraph(random: Random): Text {
  const { source, shown } = run(random, 15 + random.below(30))
  return { source: `${source}.`, shown: `${shown}.` }
}

function list(random: Random, mark: (at: number) => string = () => '-'): Text {
  const items = Array.from({ length: 3 + random.below(4) }, () => run(random, 6 + random.below(12)))
  return {
    source: items.map(({ source }, at) => `${mark(at)} ${source}`).join('\n'),
    shown: items.map(({ shown }) => shown).join(' '),
  }
}

function numbered(random: Random): Text {
  return list(random, (at) => `${at + 1}.`)
}

function quote(random: Random): Text {
  const { source, shown } = run(random, 30)
  return { source: `> ${source}`, shown }
}

function formula(random: Random): Text {
  const [a, b] = [random.below(9) + 1, random.below(9) + 1]
  const source = `\\sum_{i=${a}}^{n} \\frac{x_i^{${b}}}{\\sqrt{${a} + y_i}} = \\int_0^{${b}} f(t)\\,dt`
  return { source: `$$\n${source}\n$$`, shown: source }
}

function table(random: Random): Text {
  const rows = Array.from({ length: 5 + random.below(4) }, () => [
    { source: wordsOf(random, 2), shown: '' },
    { source: String(random.below(10_000)), shown: '' },
    run(random, 4),
  ])
  const cells = rows.map((row) => row.map(({ source, shown }) => ({ source, shown: shown === '' ? source : shown })))
  return {
    source: [
      '| Name | Count | Note |',
      '| --- | ---: | --- |',
      ...cells.map((row) => `| ${row.map(({ source }) => source).join(' | ')} |`),
    ].join('\n'),
    shown: `NameCountNote${cells.map((row) => row.map(({ shown }) => shown).join('')).join('')}`,
  }
}

function code(random: Random, language: string, length: number): Text {
  const text = codeOf(random, language, length - language.length - 8)
  return { source: `\`\`\`${language}\n${text}\n\`\`\``, shown: text }
}

/** A paragraph of exactly so many characters. */
function filling(random: Random, length: number): Text {
  const words = wordsOf(random, Math.max(length, 1))
  const text = words
    .slice(0, Math.max(0, length - 1))
    .trimEnd()
    .padEnd(Math.max(0, length), '.')
  return { source: text, shown: text }
}
