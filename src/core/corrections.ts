import type { Pico } from './money'
import type { PricedLine } from './pricing'

/** A line of the ledger with its place in it. */
export interface ChainedLine extends PricedLine {
  readonly seq: number
  /** The line it corrects; null for one that was booked first. */
  readonly corrects: number | null
}

/** What is to be added to a line of the ledger. */
export interface Counterpart {
  readonly corrects: number
  readonly line: Omit<PricedLine, 'costClass'>
}

/** Whether money of these lines is not settled: an estimate, a range, or no price at all. */
export function isUnsettled(lines: readonly ChainedLine[]): boolean {
  return lastWords(lines).some(({ line }) => isDoubtful(line))
}

/** Whether these lines carry the money of their call, be it none; not so once all was taken back. */
export function carriesMoney(lines: readonly ChainedLine[]): boolean {
  return lastWords(lines).some(counts)
}

/** What takes every amount and every doubt of a call back; with it the call comes to exactly nothing. */
export function takeBack(lines: readonly ChainedLine[]): Counterpart[] {
  return lastWords(lines)
    .filter(counts)
    .map(({ line: { seq, role, model, bucket, units }, net }) => {
      const price = { unitPrice: null, multiplier: '1', priceId: null } as const
      return { corrects: seq, line: { role, model, bucket, units, ...price, pico: -net, picoUpper: null } }
    })
}

/** A line nobody has corrected, and what it and all it corrects come to. */
interface LastWord<Line extends ChainedLine = ChainedLine> {
  readonly line: Line
  readonly net: Pico
}

/** The lines that count as they stand; a correction may itself have been corrected. */
export function lastWords<Line extends ChainedLine>(lines: readonly Line[]): LastWord<Line>[] {
  const bySeq = new Map(lines.map((line) => [line.seq, line]))
  const corrected = new Set(lines.map(({ corrects }) => corrects))
  const netOf = ({ pico, corrects }: ChainedLine): Pico => {
    const before = corrects === null ? undefined : bySeq.get(corrects)
    return (pico ?? 0n) + (before === undefined ? 0n : netOf(before))
  }
  return lines.filter(({ seq }) => !corrected.has(seq)).map((line) => ({ line, net: netOf(line) }))
}

/** What was used beside a stated amount has no money of its own, and what was taken back has none left. */
function counts({ line, net }: LastWord): boolean {
  return net !== 0n || isDoubtful(line) || (line.corrects === null && line.pico !== null)
}

/** Whether the money of a line is not the last word: an estimate, a range, or no price at all. */
export function isDoubtful({ costClass, picoUpper }: Pick<PricedLine, 'costClass' | 'picoUpper'>): boolean {
  return picoUpper !== null || costClass === 'partial' || costClass === 'uncertain' || costClass === 'unpriced'
}
