import type { ConnectionId, ConversationId, KeyId } from './ids'
import { monthOf, utcDay } from './period'
import type { CostClass } from './pricing'
import type { ProviderId } from './provider'

/** Local days, `2026-11-01`, both included. */
export interface SpendRange {
  readonly from: string
  readonly to: string
}

/** A little over ten years: the most days one question is about. */
export const MOST_DAYS = 3_700

/** How a call stands, or has ended. */
export const CALL_STATES = ['in_flight', 'done', 'stopped', 'failed', 'cut_off', 'interrupted'] as const

export type CallState = (typeof CALL_STATES)[number]

/**
 * What calls are told apart by: each is for exactly one. `retry` is an attempt that was made again by itself, be it at an
 * answer or at a title; `answer` is one that was asked for by hand.
 */
export const SPEND_PURPOSES = ['answer', 'retry', 'title', 'summary', 'key_check', 'estimate'] as const

export type SpendPurpose = (typeof SPEND_PURPOSES)[number]

/**
 * From the most doubtful to the least. A call is of the class of its most doubtful line, so each call is of one class and
 * the calls of a class add up to it.
 */
export const COST_CLASSES = [
  'unpriced',
  'uncertain',
  'partial',
  'computed',
  'provider_reported',
  'adjustment',
] as const satisfies readonly CostClass[]

/** Which calls are meant; all given conditions hold. */
export interface SpendFilter {
  readonly provider?: ProviderId | undefined
  /** As it was asked for. */
  readonly model?: string | undefined
  readonly connectionId?: ConnectionId | undefined
  /** `none`: of servers that need no key. */
  readonly keyId?: KeyId | 'none' | undefined
  /** `private`: of any private conversation. `none`: of no conversation at all, such as the check of a key. */
  readonly conversationId?: ConversationId | 'private' | 'none' | undefined
  readonly purpose?: SpendPurpose | undefined
  readonly outcome?: CallState | undefined
  readonly costClass?: CostClass | undefined
}

/** What spend can be taken apart by. */
export const SPEND_GROUPINGS = ['day', 'week', 'month', 'provider', 'model', 'key', 'conversation', 'purpose'] as const

export type SpendGrouping = (typeof SPEND_GROUPINGS)[number]

/** A question about spend. */
export interface SpendQuery {
  readonly range: SpendRange
  readonly filter: SpendFilter
  readonly by: SpendGrouping
}

/** The steps of a time axis. */
export type TimeStep = 'day' | 'week' | 'month'

const DAY_MS = 86_400_000

/** How many days a range has; null when a day of it does not exist, or it ends before it begins. */
export function daysIn({ from, to }: SpendRange): number | null {
  const first = startOf(from)
  const last = startOf(to)
  if (first === null || last === null || last < first) return null
  return (last - first) / DAY_MS + 1
}

/** Whether a range can be asked about. */
export function isRange(range: SpendRange): boolean {
  const days = daysIn(range)
  return days !== null && days <= MOST_DAYS
}

/** By which steps so many days are drawn: days up to a quarter, weeks up to two years, months beyond. */
export function stepFor(days: number): TimeStep {
  return days <= 92 ? 'day' : days <= 731 ? 'week' : 'month'
}

/** The step a day lies in: itself, the Monday its week begins with, or its month, `2026-11`. */
export function stepOf(step: TimeStep, day: string): string {
  if (step === 'day') return day
  if (step === 'month') return monthOf(day)
  const start = startOf(day) ?? 0
  const sinceMonday = (new Date(start).getUTCDay() + 6) % 7
  return utcDay(start - sinceMonday * DAY_MS)
}

/** The day so many days later; earlier for fewer than none. */
export function dayAfter(day: string, days: number): string {
  return utcDay((startOf(day) ?? 0) + days * DAY_MS)
}

/** The last day of the month a day lies in. */
export function lastDayOf(day: string): string {
  const [year, month] = day.split('-').map(Number)
  return utcDay(Date.UTC(year ?? 0, month ?? 1, 0))
}

/** 0:00 UTC of a calendar day; null where there is none such. */
function startOf(day: string): number | null {
  const start = Date.parse(`${day}T00:00:00Z`)
  // 31 February would be read as a day of March.
  return Number.isNaN(start) || utcDay(start) !== day ? null : start
}
