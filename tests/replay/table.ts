import { formatExact } from '../../src/core/money'
import type { Replayed, ReplayedLine } from './replay'

const HEADINGS = ['role', 'model', 'bucket', 'units', 'unit price', '×', 'cost', 'class']
/** Columns of figures, set to the right. */
const FIGURES = new Set([3, 4, 5, 6])

/** A replayed file for people: what it is, what it cost, and every line of it. */
export function table(replayed: Replayed): string {
  const { file, dialect, modelAnswered, terminal, costPico, flags } = replayed
  if (dialect === null) return `${file}\n  unreadable`
  const cost = costPico === null ? `unpriced, at least ${exact(atLeast(replayed.lines))}` : exact(costPico)
  const rows = [HEADINGS, ...replayed.lines.map(cells)]
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        FIGURES.has(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
  return [
    file,
    `  ${dialect} · ${modelAnswered ?? 'no model named'} · ${terminal ?? ''} · ${cost} (${replayed.class ?? ''})`,
    ...(flags.length === 0 ? [] : [`  flags: ${flags.join(', ')}`]),
    ...(replayed.lines.length === 0 ? ['  nothing was billed'] : lines.map((line) => `  ${line}`)),
  ].join('\n')
}

function cells(line: ReplayedLine): string[] {
  const { role, model, bucket, units, unitPrice, multiplier, pico } = line
  const price = unitPrice === null ? '' : `$${unitPrice}`
  return [role, model, bucket, String(units), price, multiplier, pico === null ? '' : exact(pico), line.class]
}

function atLeast(lines: readonly ReplayedLine[]): string {
  return lines.reduce((sum, { pico }) => sum + BigInt(pico ?? 0), 0n).toString()
}

function exact(pico: string): string {
  return formatExact(BigInt(pico))
}
