import type { Token } from 'marked'

/** A footnote where it is written. It is shown below the answer. */
export interface NoteToken {
  readonly type: 'note'
  readonly raw: string
  readonly label: string
  readonly tokens: Token[]
}

/** A mark in the text that points to a footnote, or looks like one that does. */
export interface NoteMarkToken {
  readonly type: 'noteMark'
  readonly raw: string
  readonly label: string
}

/** The footnotes of an answer, in the order of their numbers. */
export interface NotesToken {
  readonly type: 'notes'
  readonly raw: string
  readonly notes: readonly { readonly token: NoteToken; readonly marked: boolean }[]
}

/** Numbers by label. */
export type NoteNumbers = ReadonlyMap<string, number>

export const NO_NOTES: NoteNumbers = new Map()

const DEFINITION = /^ {0,3}\[\^([^\]\s[]{1,64})\]:[ \t]*/
const MARK = /^\[\^([^\]\s[]{1,64})\]/
/** Lines that begin something else, and so end a footnote they follow directly. */
const OTHER_BLOCK = /^ {0,3}(?:\[\^|#{1,6}(?:\s|$)|>|[-*+]\s|\d{1,9}[.)]\s|```|~~~|\$\$|\|)/

/** A footnote at the beginning of `src`: what it takes up there, and its text without the indentation. */
export function readNote(src: string): { readonly raw: string; readonly label: string; readonly text: string } | null {
  const begin = DEFINITION.exec(src)
  if (begin === null) return null
  const text: string[] = []
  let at = begin[0].length
  let end = at
  let blank = false
  while (at < src.length || text.length === 0) {
    const newline = src.indexOf('\n', at)
    const next = newline < 0 ? src.length : newline + 1
    const line = src.slice(at, newline < 0 ? src.length : newline)
    const indented = /^(?: {4}|\t)/.test(line)
    const empty = line.trim() === ''
    if (text.length > 0 && !empty && !indented && (blank || OTHER_BLOCK.test(line))) break
    text.push(line.replace(/^(?: {1,4}|\t)/, (indent) => (text.length === 0 || indented ? '' : indent)))
    at = next
    if (!empty || text.length === 1) end = next
    blank = empty
  }
  return { raw: src.slice(0, end), label: labelOf(begin), text: text.join('\n').trimEnd() }
}

/** A mark of a footnote at the beginning of `src`. */
export function readMark(src: string): NoteMarkToken | null {
  const found = MARK.exec(src)
  return found === null ? null : { type: 'noteMark', raw: found[0], label: labelOf(found) }
}

/** Where a paragraph ends because a footnote begins in it; its whole length if none does. */
export function paragraphBeforeNote(src: string): number {
  const blank = src.search(/\n[ \t]*\n/)
  const end = blank < 0 ? src.length : blank
  const note = /\n {0,3}\[\^[^\]\s[]{1,64}\]:/.exec(src.slice(0, end))
  return note === null ? src.length : note.index + 1
}

function labelOf([, label = '']: RegExpExecArray): string {
  return label.toLowerCase()
}

/** Labels of the marks in a token, in the order of the text. */
export function marksIn(token: Token): readonly string[] {
  return token.raw.includes('[^') ? collect(token) : []
}

function collect(token: Token): string[] {
  if (token.type === 'noteMark') return [(token as NoteMarkToken).label]
  const { tokens = [], items = [], header = [], rows = [] } = token as unknown as Holder
  return [...tokens, ...items, ...[header, ...rows].flat().flatMap((cell) => cell.tokens)].flatMap(collect)
}

/** What may hold further tokens. */
interface Holder {
  readonly tokens?: Token[]
  readonly items?: Token[]
  readonly header?: Cell[]
  readonly rows?: Cell[][]
}

interface Cell {
  readonly tokens: Token[]
}

/**
 * Numbers footnotes in the order in which they are first pointed to; those that nothing points to come last, since no
 * text is left out. Of two with one label the first counts.
 */
export function numberNotes(
  notes: ReadonlyMap<string, NoteToken>,
  marks: readonly string[],
): { readonly numbers: NoteNumbers; readonly marked: ReadonlySet<string> } {
  const marked = new Set<string>()
  const wait = [...marks]
  for (let at = 0; at < wait.length; at += 1) {
    const label = wait[at] ?? ''
    const note = notes.get(label)
    if (note === undefined || marked.has(label)) continue
    marked.add(label)
    wait.push(...marksIn(note))
  }
  const labels = [...marked, ...[...notes.keys()].filter((label) => !marked.has(label))]
  return { numbers: new Map(labels.map((label, at) => [label, at + 1])), marked }
}
