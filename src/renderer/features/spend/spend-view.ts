import { monthOf } from '../../../core/period'
import {
  dayAfter,
  lastDayOf,
  type SpendFilter,
  type SpendGrouping,
  type SpendQuery,
  type SpendRange,
} from '../../../core/spend-query'
import { formatDate, formatMonth } from '../../lib/format'

/** The ranges that can be had by name. */
export type SpendPreset = 'month' | 'last-month' | 'days' | 'year' | 'custom'

/** One view of spend: what it asks, and what it was taken out of. */
export interface SpendPlace {
  readonly preset: SpendPreset
  readonly query: SpendQuery
  /** What it shows of its parent; empty at the top. */
  readonly label: string
  readonly parent: SpendPlace | null
}

/** The days of a named range, seen from a day. */
export function rangeOf(preset: Exclude<SpendPreset, 'custom'>, today: string): SpendRange {
  const first = `${monthOf(today)}-01`
  switch (preset) {
    case 'month':
      return { from: first, to: lastDayOf(today) }
    case 'last-month': {
      const to = dayAfter(first, -1)
      return { from: `${monthOf(to)}-01`, to }
    }
    case 'days':
      return { from: dayAfter(today, -29), to: today }
    case 'year':
      return { from: monthsBefore(monthOf(today), 11), to: lastDayOf(today) }
  }
}

/** The whole of a range: nothing filtered, nothing taken apart yet. */
export function placeOf(preset: SpendPreset, range: SpendRange, by: SpendGrouping = 'model'): SpendPlace {
  return { preset, query: { range, filter: {}, by }, label: '', parent: null }
}

/** The same calls taken apart by something else. */
export function groupedBy(place: SpendPlace, by: SpendGrouping): SpendPlace {
  return { ...place, query: { ...place.query, by } }
}

/** Only the calls of one part. Its figures are those that stood beside it. */
export function drilled(place: SpendPlace, by: SpendGrouping, key: string, label: string): SpendPlace {
  const { range, filter } = place.query
  const next = { range: rangeWithin(range, by, key), filter: { ...filter, ...filterOf(by, key) } }
  return { preset: place.preset, query: { ...next, by: NEXT[by] }, label, parent: place }
}

/** Only the calls that a filter lets through. */
export function filtered(place: SpendPlace, filter: SpendFilter, label: string): SpendPlace {
  return { ...place, query: { ...place.query, filter: { ...place.query.filter, ...filter } }, label, parent: place }
}

/** Whether it is all of the month that runs. */
export function isWholeMonth({ preset, parent }: SpendPlace): boolean {
  return preset === 'month' && parent === null
}

/** From the top to here. */
export function trailOf(place: SpendPlace): readonly SpendPlace[] {
  return place.parent === null ? [place] : [...trailOf(place.parent), place]
}

/** A range in words: `November 2026`, `9 Nov 2026`, `9 Nov 2026 to 15 Nov 2026`. */
export function rangeWords({ from, to }: SpendRange): string {
  if (from === to) return formatDate(from)
  const month = monthOf(from)
  if (from === `${month}-01` && to === lastDayOf(from)) return formatMonth(month)
  return `${formatDate(from)} to ${formatDate(to)}`
}

/** What a part is taken apart by when it is opened. */
const NEXT: Readonly<Record<SpendGrouping, SpendGrouping>> = {
  day: 'model',
  week: 'day',
  month: 'day',
  provider: 'model',
  model: 'conversation',
  key: 'model',
  conversation: 'model',
  purpose: 'model',
}

/** The days of a step that lie in the range: a week may begin before it, and a month end after it. */
function rangeWithin(range: SpendRange, by: SpendGrouping, key: string): SpendRange {
  if (by === 'day') return { from: key, to: key }
  if (by !== 'week' && by !== 'month') return range
  const from = by === 'week' ? key : `${key}-01`
  const to = by === 'week' ? dayAfter(key, 6) : lastDayOf(from)
  return { from: from < range.from ? range.from : from, to: to > range.to ? range.to : to }
}

function filterOf(by: SpendGrouping, key: string): SpendFilter {
  switch (by) {
    case 'provider':
      return { provider: key as NonNullable<SpendFilter['provider']> }
    case 'model':
      return { model: key }
    case 'key':
      return { keyId: key as NonNullable<SpendFilter['keyId']> }
    case 'conversation':
      return { conversationId: key as NonNullable<SpendFilter['conversationId']> }
    case 'purpose':
      return { purpose: key as NonNullable<SpendFilter['purpose']> }
    default:
      return {}
  }
}

function monthsBefore(month: string, count: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const months = year * 12 + number - 1 - count
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`
}
