import { parseDecimal } from './decimal'
import type { ProviderId } from './provider'
import type { Bucket } from './usage'

/** USD per million tokens as decimal strings. An absent bucket has no known price. */
export type Rates = Partial<Readonly<Record<Bucket, string>>>

/** One price of one model over a half-open interval `[from, to)`, chosen by the start of the request in UTC. */
export interface PriceRow {
  readonly id: string
  readonly provider: ProviderId
  readonly model: string
  /** Other ids with the same price, each listed by name: there is no prefix match. */
  readonly aliases: readonly string[]
  readonly from: string
  readonly to: string | null
  readonly currency: 'USD'
  readonly rates: Rates
  /** Whole-request prices once the prompt is strictly longer than `above` tokens, ascending. */
  readonly tiers: readonly { readonly above: number; readonly rates: Rates }[]
  /** Prices at set times of the UTC day, by ISO weekday (1 is Monday); the row's own are those of the rest. */
  readonly peaks: readonly {
    readonly weekdays: readonly number[]
    readonly startUtc: string
    readonly endUtc: string
    readonly rates: Rates
  }[]
  /** Factors on token prices (never on fees), by modifier name. */
  readonly multipliers: Readonly<Record<string, string>>
  /** USD per unit. */
  readonly fees: Readonly<Record<string, string>>
  /** Where the figures were read, and the day each text was read. */
  readonly sources: readonly { readonly source: string; readonly checked: string }[]
  readonly confidence: 'high' | 'medium' | 'low'
  readonly note: string
}

/** Every model a price is of. */
export function modelsOf({ model, aliases }: PriceRow): string[] {
  return [model, ...aliases]
}

/** Every name a price goes by: its models', and what is multiplied or charged by use. */
export function namesIn({ model, aliases, multipliers, fees }: PriceRow): string[] {
  return [model, ...aliases, ...Object.keys(multipliers), ...Object.keys(fees)]
}

/** Finds the price in force. */
export interface PriceBook {
  /** The row in force at `atMs` (epoch milliseconds) for exactly this model id, or undefined: then it is unpriced. */
  find(provider: ProviderId, model: string, atMs: number): PriceRow | undefined
}

/** Builds a price book and refuses bad data, naming the row: a wrong price is worse than a missing one. */
export function createPriceBook(rows: readonly PriceRow[]): PriceBook {
  const byModel = new Map<string, { row: PriceRow; from: number; to: number }[]>()
  for (const row of rows) {
    checkRow(row)
    const entry = { row, from: instant(row, row.from), to: row.to === null ? Infinity : instant(row, row.to) }
    if (entry.from >= entry.to) throw new RangeError(`price row ${row.id}: its interval is empty`)
    for (const id of [row.model, ...row.aliases]) {
      const key = `${row.provider}/${id}`
      const others = byModel.get(key) ?? []
      const clash = others.find((other) => entry.from < other.to && other.from < entry.to)
      if (clash !== undefined) throw new RangeError(`price row ${row.id}: overlaps ${clash.row.id} for ${id}`)
      byModel.set(key, [...others, entry])
    }
  }
  return {
    find: (provider, model, atMs) =>
      byModel.get(`${provider}/${model}`)?.find(({ from, to }) => from <= atMs && atMs < to)?.row,
  }
}

/** A book whose first rows go before those of the second, where both know a price. */
export function layered(over: PriceBook, under: PriceBook): PriceBook {
  return {
    find: (provider, model, atMs) => over.find(provider, model, atMs) ?? under.find(provider, model, atMs),
  }
}

/**
 * Where a shipped price stops although its model goes on: an end without a successor, or a hole between two rows. Each as
 * a sentence that names the row. `goesOn` says whether a model still answers at an instant.
 */
export function findGaps(
  rows: readonly PriceRow[],
  goesOn: (provider: ProviderId, model: string, atMs: number) => boolean,
): string[] {
  const book = createPriceBook(rows)
  return rows.flatMap((row) => {
    if (row.to === null) return []
    const end = instant(row, row.to)
    return [row.model, ...row.aliases]
      .filter((id) => book.find(row.provider, id, end) === undefined && goesOn(row.provider, row.model, end))
      .map((id) => `price row ${row.id}: nothing follows its end for ${id}`)
  })
}

function checkRow(row: PriceRow): void {
  const amounts = [
    ...Object.values(row.rates),
    ...row.tiers.flatMap((tier) => Object.values(tier.rates)),
    ...row.peaks.flatMap((peak) => Object.values(peak.rates)),
    ...Object.values(row.multipliers),
    ...Object.values(row.fees),
  ]
  for (const amount of amounts) {
    try {
      if (parseDecimal(amount).digits >= 0n) continue
    } catch {
      // Named below, with the row.
    }
    throw new RangeError(`price row ${row.id}: "${amount}" is not a price`)
  }
  checkPeaks(row)
  const limits = row.tiers.map((tier) => tier.above)
  if (limits.some((above, index) => !Number.isSafeInteger(above) || above <= (limits[index - 1] ?? 0))) {
    throw new RangeError(`price row ${row.id}: tiers must ascend`)
  }
}

/** Hours of the UTC day, within it: a stretch over midnight is two. */
function checkPeaks({ id, peaks, tiers }: PriceRow): void {
  if (peaks.length > 0 && tiers.length > 0) throw new RangeError(`price row ${id}: peaks and tiers do not go together`)
  for (const { weekdays, startUtc, endUtc } of peaks) {
    const hours = [startUtc, endUtc].every((text) => /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(text))
    const days = weekdays.every((day) => Number.isInteger(day) && day >= 1 && day <= 7)
    if (!hours || !days || startUtc >= endUtc) throw new RangeError(`price row ${id}: its peaks are no hours of a day`)
  }
}

function instant(row: PriceRow, text: string): number {
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? Date.parse(text) : Number.NaN
  // A date that does not exist, such as 31 February, is read as a later one.
  const exists = !Number.isNaN(at) && new Date(at).toISOString() === text.replace('Z', '.000Z')
  if (!exists) throw new RangeError(`price row ${row.id}: "${text}" is not a UTC instant`)
  return at
}
