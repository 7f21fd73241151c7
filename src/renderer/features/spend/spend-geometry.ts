import { permille } from '../../lib/permille'
import type { SpendDay } from './spend-days'

// Money stays BigInt until a ratio is taken; only the ratio, in permille, becomes a number.

const CENT = 10n ** 10n
const PERCENT = 100n

// Upwards in pixels, sideways in percent of what is there: text and bars keep their size at every width.
export const HEIGHT = 212
export const AXIS = 188
export const PLOT = 160
const BAR = 12

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

/** The most lines there are over the axis. */
const MOST_TICKS = 5n

/** Where the amounts of an axis stand. */
export interface AmountAxis {
  /** The round amount it ends with, not below the highest bar. */
  readonly top: bigint
  /** Round amounts from nothing up to the top. */
  readonly ticks: readonly bigint[]
}

/**
 * The axis for a highest bar: a dollar without any. An amount all bars are compared with is on it as well, unless they
 * would be lost below it. Between two ticks are 1, 2 or 5 and zeros, so each of them is an exact amount.
 */
export function axisOf(highest: bigint, beside: bigint | null = null): AmountAxis {
  const most = beside !== null && beside > highest && beside <= 2n * highest ? beside : highest
  const step = stepOf(most > 0n ? most : CENT * 100n)
  const count = most > 0n ? (most + step - 1n) / step : MOST_TICKS
  return { top: step * count, ticks: Array.from({ length: Number(count) + 1 }, (_, place) => step * BigInt(place)) }
}

function stepOf(most: bigint): bigint {
  for (let power = 1n; ; power *= 10n) {
    const round = [1n, 2n, 5n].map((step) => step * power).find((step) => step * MOST_TICKS >= most)
    if (round !== undefined) return round
  }
}

/** The round amount at the top of the axis. */
export function topOf(highest: bigint): bigint {
  return axisOf(highest).top
}

/** How high an amount stands over the axis, in whole pixels of a plot that ends at `top`. */
export function levelOf(amount: bigint, top: bigint, height = PLOT): number {
  return Math.round((permille(amount, top) * height) / 1000)
}

/** Where the bars stand. */
export interface Bands {
  /** The middle of one, in percent of the width. */
  readonly middle: (key: string) => string
  /** In pixels, whatever the width is. */
  readonly width: number
}

/** A band for each key, all alike; the bars in them keep their width, so that text and bars do not grow with the window. */
export function bandsOf(keys: readonly string[]): Bands {
  const places = new Map(keys.map((key, place) => [key, place]))
  const width = keys.length <= 31 ? BAR : keys.length <= 62 ? 7 : 3
  return { middle: (key) => `${(((places.get(key) ?? 0) + 0.5) * 100) / keys.length}%`, width }
}

/** The pieces of a step's bar. */
export function piecesOf(day: Pick<SpendDay, 'parts'>, top: bigint): Piece[] {
  return stack(
    day.parts.map(({ pico }) => pico),
    top,
    PLOT,
  )
}

/** How high a step's bar is, in pixels. */
export function barHeight(day: Pick<SpendDay, 'parts'>, top: bigint): number {
  return Math.max(0, ...piecesOf(day, top).map(({ from, size }) => (size === 0 ? 0 : from + size)))
}

/**
 * The pieces of a bar from the axis up, gaps included, in a plot `height` pixels high that ends at `top`. Every piece
 * can be seen, one of nothing is left out with size 0; what that takes is taken from the largest.
 */
export function stack(amounts: readonly bigint[], top: bigint, height: number): Piece[] {
  const edge = (amount: bigint) => levelOf(amount, top, height)
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
