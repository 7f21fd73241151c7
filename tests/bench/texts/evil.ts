import { withoutSpace, type Text } from './answer'

const SIZE = 100_000
const END = 'The end.'

const fill = (piece: string, size = SIZE) => piece.repeat(Math.ceil(size / piece.length)).slice(0, size)

const TEXTS = {
  'one list': fill('- an item of a list that does not end\n'),
  brackets: fill('['),
  'the beginnings of images': fill('![a]('),
  'a staircase of lists': Array.from({ length: 200 }, (_, at) => `${'  '.repeat(at)}- a`).join('\n'),
  'a row without an end': `| a | b |\n| --- | --- |\n${fill('|------')}`,
  'code without an end': `\`\`\`js\n${fill('const a = 1\n')}`,
}

/** Texts as a model writes them that has lost its way, by name. Each ends in words that can be looked for. */
export const EVIL_TEXTS: ReadonlyMap<string, Text> = new Map(
  Object.entries(TEXTS).map(([name, source]) => [name, { source: `${source}\n\n${END}\n`, shown: withoutSpace(END) }]),
)
