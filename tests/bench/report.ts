import type { Benchmark, Outcome } from './harness'

const HEAD = ['benchmark', 'unit', 'figure', 'baseline', 'ratio', 'target', 'met', 'peer']

/** One line of JSON, for programs. */
export function asJson(outcomes: readonly Outcome[]): string {
  return JSON.stringify(outcomes)
}

/** The figures as a table, and below it what each of them is. */
export function asTable(outcomes: readonly Outcome[], benchmarks: readonly Benchmark[]): string {
  const table = [HEAD, ...outcomes.map(cells)]
  const widths = HEAD.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
  const lines = table.map((row) =>
    row
      .map((cell, column) => (isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
  const measured = benchmarks.filter(({ name }) => outcomes.some((outcome) => outcome.name === name))
  const legend = measured.map(({ name, measures }) => `${name}: ${measures}`)
  return [...lines, '', ...legend].join('\n')
}

function cells({ name, unit, figure, baseline, ratio, target, met, peer }: Outcome): string[] {
  const aim = target === null ? '-' : `<= ${target}`
  return [
    name,
    unit,
    figure.toFixed(3),
    baseline.toFixed(3),
    ratio.toFixed(2),
    aim,
    wordFor(met),
    peer?.ratio.toFixed(2) ?? '-',
  ]
}

function wordFor(met: boolean | null): string {
  if (met === null) return '-'
  return met ? 'yes' : 'NO'
}

function isNumber(column: number): boolean {
  return column >= 2 && column <= 5
}
