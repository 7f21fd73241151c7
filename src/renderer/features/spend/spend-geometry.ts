import { permille } from '../../lib/permille'

// Money stays BigInt until a ratio is taken; only the ratio, in permille, becomes a number.

const CENT = 10n ** 10n
const PERCENT = 100n

/** Between two pieces of one bar, in pixels. */
export const PIECE_GAP = 2

/** A piece of a bar, in pixels from the axis. */
export interface Piece {
  readonly from: number
  readonly size: number
}

/** Whole percents that add up to 100: what rounding leaves over goes to the largest remainders. All 0 without a sum. */
export function shares(amounts: readonly bigint[]): number[] {
  const parts = amounts.map((amount) => (amount > 0n ? amount : 0n))
  const sum = parts.reduce((total, part) => total + part, 0n)
  if (sum === 0n) return parts.map(() => 0)
  const whole = parts.map((part) => Number((part * PERCENT) / sum))
  const remainder = (index: number) => ((parts[index] ?? 0n) * PERCENT) % sum
  const left = 100 - whole.reduce((total, part) => total + part, 0)
  const more = new Set(
    parts
      .map((_, index) => index)
      .toSorted((a, b) => (remainder(b) > remainder(a) ? 1 : remainder(b) < remainder(a) ? -1 : a - b))
      .slice(0, left),
  )
  return whole.map((part, index) => (more.has(index) ? part + 1 : part))
}

/** The round amount at the top of the axis: 1, 2 or 5 and zeros, not below the highest bar; a dollar without any. */
export function axisTop(highest: bigint): bigint {
  if (highest <= 0n) return CENT * 100n
  for (let power = 1n; ; power *= 10n) {
    const round = [1n, 2n, 5n].map((step) => step * power).find((amount) => amount >= highest)
    if (round !== undefined) return round
  }
}

/**
 * The pieces of a bar from the axis up, gaps included, in a plot `height` pixels high that ends at `top`. Every piece
 * can be seen, one of nothing is left out with size 0; what that takes is taken from the largest.
 */
export function stack(amounts: readonly bigint[], top: bigint, height: number): Piece[] {
  const edge = (amount: bigint) => Math.round((permille(amount, top) * height) / 1000)
  const drawn = amounts.filter((amount) => amount > 0n)
  const sizes: number[] = []
  let below = 0n
  for (const amount of drawn) {
    const gap = sizes.length === 0 ? 0 : PIECE_GAP
    sizes.push(Math.max(1, edge(below + amount) - edge(below) - gap))
    below += amount
  }
  const taken = sizes.reduce((sum, size) => sum + size, 0) + Math.max(0, sizes.length - 1) * PIECE_GAP
  const largest = sizes.indexOf(Math.max(...sizes))
  const excess = taken - edge(below)
  if (excess > 0) sizes[largest] = Math.max(1, (sizes[largest] ?? 1) - excess)
  let from = 0
  return amounts.map((amount) => {
    const size = amount > 0n ? (sizes.shift() ?? 0) : 0
    const piece = { from, size }
    if (size > 0) from += size + PIECE_GAP
    return piece
  })
}
