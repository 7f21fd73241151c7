import { decimalDollars, type Pico } from '../../core/money'
import { csvOf, type Cell, type ExactCell } from './csv'

/** How a file is written. */
export type FileFormat = 'csv' | 'json'

/** A row by its columns; a column it lacks is empty. */
export type FileRow = Readonly<Record<string, Cell>>

/** A part of a file. The parts one after the other are the file. */
export interface FilePiece {
  readonly text: string
  readonly rowCount: number
}

/** Without it table programs read names in the letters of the system, and every other letter wrong. */
const BYTE_ORDER_MARK = '\uFEFF'

/** Rows as a piece: the first one begins the file, the last one ends it. */
export function pieceOf(
  format: FileFormat,
  columns: readonly string[],
  rows: readonly FileRow[],
  isFirst: boolean,
  isLast: boolean,
): string {
  const cells = rows.map((row) => columns.map((column) => row[column] ?? null))
  if (format === 'csv') return `${isFirst ? BYTE_ORDER_MARK : ''}${csvOf(isFirst ? [columns, ...cells] : cells)}`
  // Amounts stay text: a JSON number would be rounded by whoever reads it.
  const objects = rows.map((row) => JSON.stringify(row, (_, value: unknown) => plainOf(value)))
  return `${isFirst ? '[' : objects.length > 0 ? ',' : ''}${objects.join(',\n')}${isLast ? ']\n' : ''}`
}

function plainOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'exact' in value ? value.exact : value
}

/** An amount as decimal dollars with every digit. */
export function dollars(pico: Pico): ExactCell {
  return { exact: decimalDollars(pico) }
}
