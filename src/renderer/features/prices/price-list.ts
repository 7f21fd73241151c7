import { priceChanges, type PriceChange } from '../../../core/price-changes'
import { PROVIDERS, type ProviderId } from '../../../core/provider'
import type { PriceRowView } from '../../../shared/ipc/price-views'

// Which prices are shown, and in which order. Everything here is of the answer of one moment.

/** Whether a price counts at an instant, did once, or will. */
export type PriceTime = 'now' | 'past' | 'upcoming'

export function timeOf({ from, to, own }: Pick<PriceRowView, 'from' | 'to' | 'own'>, atMs: number): PriceTime {
  if (own !== null && own.removedMs !== null) return 'past'
  if (Date.parse(from) > atMs) return 'upcoming'
  return to !== null && Date.parse(to) <= atMs ? 'past' : 'now'
}

/** A price of a model that can be chosen now, or one that has priced something. */
export function isInUse({ usedBy, callCount }: Pick<PriceRowView, 'usedBy' | 'callCount'>): boolean {
  return usedBy.length > 0 || callCount > 0
}

/** Which prices are asked for. */
export interface PriceFilter {
  readonly scope: 'used' | 'all'
  readonly provider: ProviderId | null
  readonly search: string
}

/** Rows of the book that a filter lets through: by provider and model, what counts now before what will and what did. */
export function shownRows(rows: readonly PriceRowView[], filter: PriceFilter, atMs: number): PriceRowView[] {
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean)
  const found = rows.filter((row) => {
    if (row.own !== null || (filter.scope === 'used' && !isInUse(row))) return false
    if (filter.provider !== null && row.provider !== filter.provider) return false
    const text = [row.modelName, row.model, ...row.aliases, PROVIDERS[row.provider].name, row.id]
      .join(' ')
      .toLowerCase()
    return words.every((word) => text.includes(word))
  })
  const order = Object.keys(PROVIDERS)
  const times: readonly PriceTime[] = ['now', 'upcoming', 'past']
  return found.toSorted(
    (a, b) =>
      order.indexOf(a.provider) - order.indexOf(b.provider) ||
      a.modelName.localeCompare(b.modelName, 'en', { numeric: true }) ||
      a.model.localeCompare(b.model, 'en') ||
      times.indexOf(timeOf(a, atMs)) - times.indexOf(timeOf(b, atMs)) ||
      (a.from < b.from ? 1 : -1),
  )
}

/** The providers there are rows of, as they are listed everywhere. */
export function providersOf(rows: readonly PriceRowView[]): ProviderId[] {
  const found = new Set(rows.filter(({ own }) => own === null).map(({ provider }) => provider))
  return (Object.keys(PROVIDERS) as ProviderId[]).filter((provider) => found.has(provider))
}

/** A change that is announced. */
export interface UpcomingChange {
  /** What counts until then; null for a model that has no price before. */
  readonly before: PriceRowView | null
  /** What follows; null where nothing is known. */
  readonly after: PriceRowView | null
  /** The instant it happens, as prices have it. */
  readonly at: string
  /** What changes, and nothing that stays. */
  readonly changes: readonly PriceChange[]
}

/** What will change among these rows, soonest first. */
export function upcomingChanges(rows: readonly PriceRowView[], atMs: number): UpcomingChange[] {
  const known = rows.filter(({ own }) => own === null)
  const begins = known
    .filter((row) => timeOf(row, atMs) === 'upcoming')
    .map((after) =>
      changed(known.find((row) => row.to === after.from && isSame(row, after)) ?? null, after, after.from),
    )
  const ends = known
    .filter(({ to }) => to !== null && Date.parse(to) > atMs)
    .filter((row) => !known.some((other) => other.from === row.to && isSame(row, other)))
    .map((before) => changed(before, null, before.to ?? ''))
  return [...begins, ...ends].toSorted((a, b) => {
    if (a.at !== b.at) return a.at < b.at ? -1 : 1
    return nameOf(a).localeCompare(nameOf(b), 'en', { numeric: true })
  })
}

/** Whether it changes what is in use: either side of it, as a price that is announced has priced nothing yet. */
export function concernsUse({ before, after }: UpcomingChange): boolean {
  return [before, after].some((row) => row !== null && isInUse(row))
}

function isSame(a: PriceRowView, b: PriceRowView): boolean {
  return (
    a.provider === b.provider && [a.model, ...a.aliases].some((name) => name === b.model || b.aliases.includes(name))
  )
}

function changed(before: PriceRowView | null, after: PriceRowView | null, at: string): UpcomingChange {
  return { before, after, at, changes: priceChanges(before, after).filter(({ isChanged }) => isChanged) }
}

function nameOf({ before, after }: UpcomingChange): string {
  return (after ?? before)?.modelName ?? ''
}

/** The prices of the user's own that count in the place of a row of the book on some of its days, from now on. */
export function inPlaceOf(row: PriceRowView, rows: readonly PriceRowView[], atMs: number): PriceRowView[] {
  return rows.filter(
    (other) =>
      other.own !== null &&
      other.provider === row.provider &&
      [row.model, ...row.aliases].includes(other.model) &&
      other.own.insteadOf !== null &&
      timeOf(other, atMs) !== 'past' &&
      (row.to === null || other.from < row.to) &&
      (other.to === null || row.from < other.to),
  )
}
