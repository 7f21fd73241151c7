import { lastWords, type ChainedLine } from './corrections'
import type { Pico } from './money'
import type { PricedLine } from './pricing'

/** A line of a call as it counts now, with every later word on it. */
export interface SettledLine<Line extends ChainedLine> {
  /** As it was booked. */
  readonly booked: Line
  /** The last word on it: itself where nobody has corrected it. */
  readonly last: Line
  /** What it and its corrections come to; null when no price is known, or an amount beside it carries the money. */
  readonly pico: Pico | null
  /** `adjustment` once it was corrected. */
  readonly costClass: PricedLine['costClass']
}

/** The lines of one call, each once and in the order they were booked; their sum is what the call cost. */
export function settledLines<Line extends ChainedLine>(lines: readonly Line[]): SettledLine<Line>[] {
  const bySeq = new Map(lines.map((line) => [line.seq, line]))
  const rootOf = (line: Line): Line => {
    const before = line.corrects === null ? undefined : bySeq.get(line.corrects)
    return before === undefined ? line : rootOf(before)
  }
  return lastWords(lines)
    .map(({ line, net }): SettledLine<Line> => {
      const booked = rootOf(line)
      const corrected = booked !== line
      return { booked, last: line, pico: corrected ? net : line.pico, costClass: line.costClass }
    })
    .toSorted((a, b) => a.booked.seq - b.booked.seq)
}
