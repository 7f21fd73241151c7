/** A number of ours that JavaScript's would round; it may begin with a minus and is no formula. */
export interface ExactCell {
  readonly exact: string
}

export type Cell = string | number | ExactCell | null

/** Rows as RFC 4180 has them: lines that end with CRLF, quotes doubled. */
export function csvOf(rows: readonly (readonly Cell[])[]): string {
  return rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('')
}

function cellOf(cell: Cell): string {
  if (typeof cell === 'object' && cell !== null) {
    if (!/^-?\d+(?:\.\d+)?$/.test(cell.exact)) throw new RangeError('not a decimal number')
    return cell.exact
  }
  if (typeof cell !== 'string') return String(cell ?? '')
  // A table program runs what begins like a formula; the apostrophe tells it that this is text.
  const text = /^[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
