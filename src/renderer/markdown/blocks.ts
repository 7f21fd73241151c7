import type { Links, Token, Tokens } from 'marked'
import { headHeld, isFenceClosed, withoutHalfMark, withoutOpenRow } from './held'
import { lex, plain } from './lexer'
import { LIMITS } from './limits'
import { formulaHeld } from './math/formula-text'
import { marksIn, NO_NOTES, numberNotes, type NoteNumbers, type NotesToken, type NoteToken } from './footnotes'
import { withMarksClosed } from './repair'

/** One block of an answer. */
export interface Block {
  readonly token: Token
  /** The level a heading has on the page; without meaning for other blocks. */
  readonly level: number
  /** The addresses its reference links were read by: the same source reads differently with others. */
  readonly references: string
  /** The numbers of the footnotes it points to. */
  readonly notes: NoteNumbers
}

/** Reads the text of one answer, again and again while it grows. */
export type BlockReader = (text: string, streaming: boolean) => readonly Block[]

/** Blocks of running text, whose marks may be open. */
const REPAIRED = new Set(['paragraph', 'heading', 'list', 'blockquote', 'note'])

/** A token as it was read. */
interface Read extends Pick<Block, 'token' | 'references'> {
  /** Labels of the footnotes it may point to. */
  readonly marks: readonly string[]
}

/** Blocks that the next characters could still join: the one being written and the one before it. */
const OPEN_BLOCKS = 2

/**
 * Makes a reader that, while an answer streams, parses only its unfinished end. A finished answer is parsed as a whole,
 * so what is shown in the end does not depend on how it arrived.
 */
export function createBlockReader(lexer: typeof lex = lex): BlockReader {
  let closedText = ''
  let closed: readonly Read[] = []
  let closedLinks: Links = {}
  // What is not yet closed has become too big to be parsed at every step.
  let stuck = false
  // The end as it was parsed last, while nothing of it has closed.
  let parsed: { readonly tail: string; readonly tokens: readonly Token[]; readonly links: Links } | null = null
  let last: { readonly text: string; readonly streaming: boolean; readonly blocks: readonly Block[] } | null = null

  function readGrowing(text: string): readonly Block[] {
    if (!text.startsWith(closedText)) {
      closedText = ''
      closed = []
      closedLinks = {}
      stuck = false
      parsed = null
    }
    const tail = text.slice(closedText.length)
    if (stuck) return toBlocks([...closed, ...readWith([plain(tail)], closedLinks)])
    if (parsed !== null && tail.startsWith(parsed.tail)) {
      const added = tail.slice(parsed.tail.length)
      const enough = tail.length <= LIMITS.eager || added.length * BACK_OFF >= parsed.tail.length
      if (!enough) return toBlocks([...closed, ...readWith(continued(parsed.tokens, added), parsed.links)])
    }
    const { tokens, links } = lexer(tail, closedLinks)
    const read = readWith(tokens, links)
    const seen = shown(tail, tokens, links)
    const result = toBlocks([...closed, ...readWith(...seen)])
    const before = closedText
    close(tail, read)
    // What has just been closed is no part of the next tail.
    parsed = before === closedText ? { tail, tokens: seen[0], links: seen[1] } : null
    return result
  }

  /** What is shown of the open end: without the row or the head of a table being written, and with its marks closed. */
  function shown(tail: string, tokens: readonly Token[], links: Links): [readonly Token[], Links] {
    const end = tokens.at(-1)
    if (end === undefined) return [tokens, links]
    const before = tokens.slice(0, -1)
    if (end.type === 'table') {
      const table = withoutOpenRow(end as Tokens.Table)
      return [table === null ? before : [...before, table], links]
    }
    const held = Math.max(headHeld(end), REPAIRED.has(end.type) ? formulaHeld(end.raw) : 0)
    if (held > 0) {
      const rest = lexer(tail.slice(0, -held), closedLinks)
      return [rest.tokens, rest.links]
    }
    if (!REPAIRED.has(end.type)) return [tokens, links]
    const whole = withMarksClosed(end.raw)
    return whole === end.raw ? [tokens, links] : [[...before, ...lexer(whole, links).tokens], links]
  }

  function close(tail: string, read: readonly Read[]): void {
    const starts = read.flatMap(({ token }, index) => (token.type === 'space' ? [] : [index]))
    let cut = starts.at(-OPEN_BLOCKS) ?? 0
    while (cut > 0 && !endsForGood(read, cut)) cut -= 1
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

/** A long end is parsed again once it has grown by this part of itself, so that no answer costs more than its length. */
const BACK_OFF = 16

/** Tokens with what has come since they were parsed: code grows, a table waits for its rows, other text is shown as it is. */
function continued(tokens: readonly Token[], added: string): readonly Token[] {
  const last = tokens.at(-1)
  if (added === '' || last === undefined || last.type === 'table') return tokens
  const fence = last.type === 'code' ? openFence(last.raw) : null
  if (fence === null) return [...tokens, plain(added)]
  if (new RegExp(`(?:^|\\n) {0,3}${fence}`).test(last.raw.slice(last.raw.lastIndexOf('\n')) + added)) return tokens
  const code = last as Tokens.Code
  return [
    ...tokens.slice(0, -1),
    { ...code, raw: code.raw + added, text: `${code.raw.slice(code.raw.indexOf('\n') + 1)}${added}` },
  ]
}

/** The fence of a code block that begins at the margin and has not ended. */
function openFence(raw: string): string | null {
  const fence = /^(`{3,}|~{3,})[^\n]*\n/.exec(raw)?.[1]
  return fence === undefined || isFenceClosed(raw) ? null : fence
}

/**
 * Whether what follows `end` blocks reads the same without them: “21.” begins a list, but not right below a paragraph. A
 * formula that has begun takes headings and rules along to its end; an empty line ends it.
 */
function endsForGood(read: readonly Read[], end: number): boolean {
  const token = read[end - 1]?.token
  if (EMPTY_LINE_AT_END.test(token?.raw ?? '')) return true
  if (token?.type !== 'heading' && token?.type !== 'hr') return false
  let above = ''
  for (let at = end - 1; at >= 0 && !EMPTY_LINE_AT_END.test(read[at]?.token.raw ?? ''); at -= 1) {
    above = `${read[at]?.token.raw ?? ''}${above}`
  }
  return !/\$\$|\\\[/.test(above)
}

const EMPTY_LINE_AT_END = /\n[ \t]*\n[ \t]*$/

function readWhole(text: string): readonly Block[] {
  const { tokens, links } = lex(text)
  return toBlocks(readWith(tokens, links))
}

function readWith(tokens: readonly Token[], links: Links): readonly Read[] {
  const references = JSON.stringify(links)
  return tokens.map((token) => ({ token, references, marks: marksIn(token) }))
}

/**
 * The answer stands below a heading of level 2. Whatever level a model begins with, its first heading is of level 3, and
 * none skips a level.
 */
function toBlocks(read: readonly Read[]): readonly Block[] {
  const above: number[] = []
  const { first, notes, numbers } = notesOf(read)
  const blocks = read
    .filter(({ token }) => token.type !== 'space' && token.type !== 'def' && !first.has(token))
    .map(({ token, references, marks }) => {
      if (token.type === 'heading') {
        const depth = (token as { depth: number }).depth
        while ((above.at(-1) ?? 0) >= depth) above.pop()
        above.push(depth)
      }
      return { token, references, level: Math.min(2 + above.length, 6), notes: numbersFor(marks, numbers) }
    })
  return notes === null ? blocks : [...blocks, notes]
}

/** The footnotes of an answer as its last block. `first` are those that are shown there. */
function notesOf(read: readonly Read[]): { first: ReadonlySet<Token>; notes: Block | null; numbers: NoteNumbers } {
  const byLabel = new Map<string, NoteToken>()
  const references = new Map<Token, string>()
  for (const { token, references: known } of read) {
    if (token.type !== 'note' || byLabel.has((token as NoteToken).label)) continue
    byLabel.set((token as NoteToken).label, token as NoteToken)
    references.set(token, known)
  }
  if (byLabel.size === 0) return { first: new Set(), notes: null, numbers: NO_NOTES }
  const marks = read.filter(({ token }) => token.type !== 'note').flatMap((block) => block.marks)
  const { numbers, marked } = numberNotes(byLabel, marks)
  const notes = [...numbers.keys()].flatMap((label) => {
    const token = byLabel.get(label)
    return token === undefined ? [] : [{ token, marked: marked.has(label) }]
  })
  const token: NotesToken = {
    type: 'notes',
    raw: notes.map((note) => `${note.marked ? '' : '-'}${note.token.raw}`).join('\n'),
    notes,
  }
  return {
    first: new Set(references.keys()),
    notes: { token: token as Token, references: [...references.values()].join('\n'), level: 2, notes: numbers },
    numbers,
  }
}

function numbersFor(marks: readonly string[], numbers: NoteNumbers): NoteNumbers {
  const known = marks.flatMap((label) => {
    const number = numbers.get(label)
    return number === undefined ? [] : [[label, number] as const]
  })
  return known.length === 0 ? NO_NOTES : new Map(known)
}

function addDefinitions(token: Token, links: Links): void {
  if (token.type === 'def') {
    const { tag, href, title } = token as { tag: string; href: string; title: string }
    if (!Object.hasOwn(links, tag)) links[tag] = { href, title }
  } else if (token.type === 'list') {
    for (const item of (token as { items: Token[] }).items) addDefinitions(item, links)
  } else if (token.type === 'blockquote' || token.type === 'list_item' || token.type === 'note') {
    for (const inner of token.tokens ?? []) addDefinitions(inner, links)
  }
}
