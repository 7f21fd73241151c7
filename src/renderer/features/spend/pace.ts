import { divideHalfEven } from '../../../core/decimal'
import { formatSum, picoFromString } from '../../../core/money'
import { permille } from '../../lib/permille'

/** A limit of the month beside how much of the month is gone. */
export interface Pace {
  /** How much of the month is gone with today, in permille. */
  readonly gone: number
  readonly words: string
  readonly ahead: boolean
  /** The limit is passed. */
  readonly over: boolean
}

/** How spend stands to one that were the same every day of the month. Today counts as gone, as it is already spent in. */
export function paceOf(settled: string, limit: string, day: number, days: number): Pace {
  const [spent, whole] = [picoFromString(settled), picoFromString(limit)]
  const even = divideHalfEven(whole * BigInt(day), BigInt(days))
  const gone = permille(BigInt(day), BigInt(days))
  if (spent > whole) return { gone, ahead: true, over: true, words: `${formatSum(spent - whole)} over the budget` }
  if (spent > even) return { gone, ahead: true, over: false, words: `${formatSum(spent - even)} ahead of pace` }
  return {
    gone,
    ahead: false,
    over: false,
    words: spent === even ? 'On pace' : `${formatSum(even - spent)} below pace`,
  }
}

/** `7 days left`, of a month with today on this day. */
export function daysLeftWords(day: number, days: number): string {
  const left = days - day
  return left === 0 ? 'the last day' : left === 1 ? '1 day left' : `${left} days left`
}
