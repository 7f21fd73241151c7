import type { Links, Token } from 'marked'
import { lex, plain } from './lexer'
import { LIMITS } from './limits'

/** One block of an answer. */
export interface Block {
  readonly token: Token
  /** The level a heading has on the page; without meaning for other blocks. */
  readonly level: number
  /** The addresses its reference links were read by: the same source reads differently with others. */
  readonly references: string
}

/** Reads the text of one answer, again and again while it grows. */
export type BlockReader = (text: string, streaming: boolean) => readonly Block[]

/** A token as it was read. */
type Read = Pick<Block, 'token' | 'references'>

/** Blocks that the next characters could still join: the one being written and the one before it. */
const OPEN_BLOCKS = 2

/**
 * Makes a reader that, while an answer streams, parses only its unfinished end. A finished answer is parsed as a whole,
 * so what is shown in the end does not depend on how it arrived.
 */
export function createBlockReader(): BlockReader {
  let closedText = ''
  let closed: readonly Read[] = []
  let closedLinks: Links = {}
  // What is not yet closed has become too big to be parsed at every step.
  let stuck = false
  let last: { readonly text: string; readonly streaming: boolean; readonly blocks: readonly Block[] } | null = null

  function readGrowing(text: string): readonly Block[] {
    if (!text.startsWith(closedText)) {
      closedText = ''
      closed = []
      closedLinks = {}
      stuck = false
    }
    const tail = text.slice(closedText.length)
    if (stuck) return toBlocks([...closed, ...readWith([plain(tail)], closedLinks)])
    const { tokens, links } = lex(tail, closedLinks)
    const read = readWith(tokens, links)
    const result = toBlocks([...closed, ...read])
    close(tail, read)
    return result
  }

  function close(tail: string, read: readonly Read[]): void {
    const starts = read.flatMap(({ token }, index) => (token.type === 'space' ? [] : [index]))
    let cut = starts.at(-OPEN_BLOCKS) ?? 0
    while (cut > 0 && !endsForGood(read[cut - 1]?.token)) cut -= 1
    const done = read.slice(0, cut)
    const text = done.map(({ token }) => token.raw).join('')
    if (starts.length > OPEN_BLOCKS && tail.startsWith(text)) {
      closedText += text
      closed = [...closed, ...done]
      for (const { token } of done) addDefinitions(token, closedLinks)
    }
    const open = tail.length - text.length
    stuck = (read[starts.at(-1) ?? 0]?.token.raw.length ?? 0) > LIMITS.block || open > OPEN_BLOCKS * LIMITS.block
  }

  return (text, streaming) => {
    if (last?.text === text && last.streaming === streaming) return last.blocks
    const clean = text.replaceAll(/\r\n?/g, '\n')
    const blocks = streaming ? readGrowing(withoutHalfMark(clean)) : readWhole(clean)
    last = { text, streaming, blocks }
    return blocks
  }
}

/** Whether what follows reads the same without what is before it: “21.” begins a list, but not right below a paragraph. */
function endsForGood(token: Token | undefined): boolean {
  return token?.type === 'heading' || token?.type === 'hr' || /\n[ \t]*\n[ \t]*$/.test(token?.raw ?? '')
}

function readWhole(text: string): readonly Block[] {
  const { tokens, links } = lex(text)
  return toBlocks(readWith(tokens, links))
}

function readWith(tokens: readonly Token[], links: Links): readonly Read[] {
  const references = JSON.stringify(links)
  return tokens.map((token) => ({ token, references }))
}

/**
 * Without a last line that so far holds nothing but marks: a hyphen below a paragraph would make it a heading until the
 * rest of the list item arrives, and two backticks are soon three.
 */
function withoutHalfMark(text: string): string {
  const start = text.lastIndexOf('\n') + 1
  return /^[ \t>]*[-=+*_~`#>|]{1,3}[ \t]*$/.test(text.slice(start)) ? text.slice(0, start) : text
}

/**
 * The answer stands below a heading of level 2. Whatever level a model begins with, its first heading is of level 3, and
 * none skips a level.
 */
function toBlocks(read: readonly Read[]): readonly Block[] {
  const above: number[] = []
  return read
    .filter(({ token }) => token.type !== 'space' && token.type !== 'def')
    .map(({ token, references }) => {
      if (token.type === 'heading') {
        const depth = (token as { depth: number }).depth
        while ((above.at(-1) ?? 0) >= depth) above.pop()
        above.push(depth)
      }
      return { token, references, level: Math.min(2 + above.length, 6) }
    })
}

function addDefinitions(token: Token, links: Links): void {
  if (token.type === 'def') {
    const { tag, href, title } = token as { tag: string; href: string; title: string }
    if (!Object.hasOwn(links, tag)) links[tag] = { href, title }
  } else if (token.type === 'list') {
    for (const item of (token as { items: Token[] }).items) addDefinitions(item, links)
  } else if (token.type === 'blockquote' || token.type === 'list_item') {
    for (const inner of token.tokens ?? []) addDefinitions(inner, links)
  }
}
