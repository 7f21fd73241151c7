import { createPriceBook, type PriceRow, type Rates } from './price-book'
import { PROVIDERS, type ProviderId } from './provider'
import { BUCKETS } from './usage'

// Prices written by people: the book's own format, with a default for everything that can have one.

/** A price nobody can read. `where` is the row and the field. */
export class PriceError extends Error {
  override readonly name = 'PriceError'
}

const FIELDS = new Set([
  'id',
  'provider',
  'model',
  'aliases',
  'from',
  'to',
  'currency',
  'rates',
  'tiers',
  'peaks',
  'multipliers',
  'fees',
  'sources',
  'confidence',
  'note',
])
/** For ever back: a row without a beginning. */
const ALWAYS = '1970-01-01T00:00:00Z'
const MOST_ROWS = 10_000

/**
 * Reads price rows. Only `provider`, `model` and `rates` are required; a day stands for its first instant in UTC. A
 * provider Latchkey has no entry for is `compatible`. Throws PriceError with the row and the field.
 */
export function readPriceRows(json: unknown): PriceRow[] {
  if (!Array.isArray(json)) throw new PriceError('prices must be a list of rows')
  if (json.length > MOST_ROWS) throw new PriceError(`prices: more than ${MOST_ROWS} rows`)
  const rows = json.map((row: unknown, index) => readRow(row, `price row ${index + 1}`))
  try {
    createPriceBook(rows)
  } catch (error) {
    throw new PriceError(error instanceof Error ? error.message : 'prices: unreadable')
  }
  return rows
}

type Fields = Readonly<Record<string, unknown>>

function readRow(value: unknown, where: string): PriceRow {
  const fields = objectIn(value, where)
  const unknown = Object.keys(fields).find((name) => !FIELDS.has(name))
  if (unknown !== undefined) throw new PriceError(`${where}: there is no field "${unknown}"`)
  const model = textIn(fields['model'], `${where}: model`)
  const named = textIn(fields['provider'], `${where}: provider`)
  const provider: ProviderId = Object.hasOwn(PROVIDERS, named) ? (named as ProviderId) : 'compatible'
  const from = fields['from'] === undefined ? ALWAYS : instantIn(fields['from'], `${where}: from`)
  const to = fields['to'] === undefined || fields['to'] === null ? null : instantIn(fields['to'], `${where}: to`)
  if ((fields['currency'] ?? 'USD') !== 'USD') throw new PriceError(`${where}: currency: only USD can be added up`)
  const confidence = fields['confidence'] ?? 'high'
  if (confidence !== 'high' && confidence !== 'medium' && confidence !== 'low') {
    throw new PriceError(`${where}: confidence: high, medium or low`)
  }
  return {
    id: fields['id'] === undefined ? `${named}/${model}@${from.slice(0, 10)}` : textIn(fields['id'], `${where}: id`),
    provider,
    model,
    aliases: listIn(fields['aliases'], `${where}: aliases`).map((alias) => textIn(alias, `${where}: aliases`)),
    from,
    to,
    currency: 'USD',
    rates: ratesIn(fields['rates'], `${where}: rates`),
    tiers: listIn(fields['tiers'], `${where}: tiers`).map((tier) => tierIn(tier, `${where}: tiers`)),
    peaks: listIn(fields['peaks'], `${where}: peaks`).map((peak) => peakIn(peak, `${where}: peaks`)),
    multipliers: amountsIn(fields['multipliers'] ?? {}, `${where}: multipliers`),
    fees: amountsIn(fields['fees'] ?? {}, `${where}: fees`),
    sources: listIn(fields['sources'], `${where}: sources`).map((source) => {
      const read = objectIn(source, `${where}: sources`)
      const field = (name: string) => textIn(read[name], `${where}: sources: ${name}`)
      return { source: field('source'), checked: field('checked') }
    }),
    confidence,
    note: typeof fields['note'] === 'string' ? fields['note'] : '',
  }
}

function tierIn(value: unknown, where: string): PriceRow['tiers'][number] {
  const { above, rates } = objectIn(value, where)
  if (typeof above !== 'number') throw new PriceError(`${where}: above: a number of tokens`)
  return { above, rates: ratesIn(rates, `${where}: rates`) }
}

function peakIn(value: unknown, where: string): PriceRow['peaks'][number] {
  const { weekdays, startUtc, endUtc, rates } = objectIn(value, where)
  const days = listIn(weekdays, `${where}: weekdays`)
  if (!days.every((day) => typeof day === 'number' && day >= 1 && day <= 7)) {
    throw new PriceError(`${where}: weekdays: numbers from 1, Monday, to 7`)
  }
  const hour = (text: unknown, name: string): string => {
    if (typeof text === 'string' && /^\d\d:\d\d$/.test(text)) return text
    throw new PriceError(`${where}: ${name}: a time like 06:00`)
  }
  return {
    weekdays: days as number[],
    startUtc: hour(startUtc, 'startUtc'),
    endUtc: hour(endUtc, 'endUtc'),
    rates: ratesIn(rates, `${where}: rates`),
  }
}

function ratesIn(value: unknown, where: string): Rates {
  const rates = amountsIn(value, where)
  const unknown = Object.keys(rates).find((name) => !BUCKETS.some((bucket) => bucket === name))
  if (unknown !== undefined) throw new PriceError(`${where}: there is no kind of token "${unknown}"`)
  return rates
}

/** Whether the texts are numbers is checked where a book is made of the rows. */
function amountsIn(value: unknown, where: string): Readonly<Record<string, string>> {
  const amounts = objectIn(value, where)
  for (const [name, amount] of Object.entries(amounts)) {
    if (typeof amount !== 'string') throw new PriceError(`${where}: ${name}: write it as text, like "0.25"`)
  }
  return amounts as Readonly<Record<string, string>>
}

function instantIn(value: unknown, where: string): string {
  const text = textIn(value, where)
  return /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text
}

function textIn(value: unknown, where: string): string {
  if (typeof value === 'string' && value !== '' && value.length <= 300) return value
  throw new PriceError(`${where}: a text`)
}

function listIn(value: unknown, where: string): readonly unknown[] {
  if (value === undefined) return []
  if (Array.isArray(value)) return value
  throw new PriceError(`${where}: a list`)
}

function objectIn(value: unknown, where: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  throw new PriceError(`${where}: an object`)
}
