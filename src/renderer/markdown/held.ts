import type { Token, Tokens } from 'marked'

/**
 * How many characters at the end of `text` are not shown yet: a line that so far holds nothing but marks. A hyphen below
 * a paragraph would make it a heading until the rest of the list item arrives, two backticks are soon three, and a box is
 * no text.
 */
export function withoutHalfMark(text: string): string {
  const start = text.lastIndexOf('\n') + 1
  return HALF_MARK.test(text.slice(start)) ? text.slice(0, start) : text
}

const HALF_MARK = /^[ \t>]*(?:[-=+*_~`#>|]{1,3}[ \t]*|(?:[-*+]|\d{1,9}[.)])[ \t]+\[[ xX]?\]?)$/

/** What could become the head of a table with the next characters: its first line, and what there is of the second. */
const HEAD = /(?:^|\n) {0,3}\|[^\n]*(?:\n[ \t]*[|:\- ]*)?$/

/** Characters at the end of the last block that wait for the rest of a table's head. */
export function headHeld(last: Token | undefined): number {
  if (last?.type !== 'paragraph') return 0
  const found = HEAD.exec(last.raw)
  return found === null ? 0 : last.raw.length - found.index
}

/** A table without the row that is being written; null while that is its head. */
export function withoutOpenRow(table: Tokens.Table): Tokens.Table | null {
  if (table.raw.endsWith('\n')) return table
  if (table.rows.length === 0) return null
  return { ...table, raw: table.raw.slice(0, table.raw.lastIndexOf('\n') + 1), rows: table.rows.slice(0, -1) }
}

/** Whether a block of code has the second half of its fence: what follows can no longer belong to it. */
export function isFenceClosed(raw: string): boolean {
  const fence = /^ {0,3}(`{3,}|~{3,})/.exec(raw)?.[1]
  return fence !== undefined && new RegExp(`\\n {0,3}${fence}+[ \\t]*\\n?$`).test(raw)
}
