import type { PriceChange, PriceCondition } from '../../../core/price-changes'
import { divideHalfEven } from '../../../core/decimal'
import { lookup } from '../../../core/lookup'
import { formatCount } from '../../lib/format'
import { dollars } from './price-words'

// What prices are told in: kinds of token, fees and factors, when each counts, and by how much it changes.

const TOKENS: Readonly<Record<string, string>> = {
  in_uncached: 'Input',
  in_cache_read: 'Read from cache',
  in_cache_write_5m: 'Written to cache, 5 minutes',
  in_cache_write_30m: 'Written to cache, 30 minutes',
  in_cache_write_1h: 'Written to cache, 1 hour',
  in_cache_write_12h: 'Written to cache, 12 hours',
  in_tool_use: 'Input from tools',
  in_audio: 'Audio input',
  in_image: 'Image input',
  out: 'Output',
  out_audio: 'Audio output',
  out_image: 'Image output',
  provider_cost: 'Amount the provider states',
}

const FEES: Readonly<Record<string, string>> = {
  web_search: 'Web search',
  file_search: 'File search',
  grounding_query: 'Grounding query',
  x_search: 'X search',
}

const FACTORS: Readonly<Record<string, string>> = {
  batch: 'Batch',
  flex: 'Flex',
  priority: 'Priority',
  fast: 'Fast',
  geo_us: 'Region',
}

const DAYS = ['', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** The name of a kind of token, `fee:…` or `times:…`. One nobody here knows goes by its own. */
export function kindName(kind: string): string {
  const [what = '', name = ''] = kind.split(':')
  if (what === 'fee') return lookup(FEES, name) ?? 'Other charges'
  if (what === 'times') return lookup(FACTORS, name) ?? name
  return lookup(TOKENS, kind) ?? kind
}

/** What an amount of a kind is: `$2.00` a million tokens, `$0.01 each`, `× 0.5`. */
export function amountWords(kind: string, amount: string | null): string {
  if (amount === null) return 'no price'
  if (kind.startsWith('times:')) return `× ${amount}`
  return kind.startsWith('fee:') ? `${dollars(amount)} each` : dollars(amount)
}

/** When a figure counts: `prompts over 200,000 tokens`, `Mon to Fri, 01:00 to 04:00 UTC`. */
export function conditionWords(condition: PriceCondition | null): string {
  if (condition === null) return ''
  if ('above' in condition) return `prompts over ${formatCount(condition.above)} tokens`
  const { weekdays, startUtc, endUtc } = condition.peak
  return `${daysWords(weekdays)}, ${startUtc} to ${endUtc} UTC`
}

/** By how much it changes: `+25 %`, `−8.3 %`, `same`; where that is no number, what happens instead. */
export function changeWords({ before, after, permille, isChanged }: PriceChange): string {
  if (!isChanged) return 'same'
  if (after === null) return 'price ends'
  if (before === null) return 'new'
  if (permille === null) return 'no longer free'
  if (permille === 0) return 'under 0.1 %'
  const size = Math.abs(permille)
  const text = size >= 1000 ? formatCount(Number(divideHalfEven(BigInt(size), 10n))) : `${size / 10}`
  return `${permille < 0 ? '\u2212' : '+'}${text} %`
}

function daysWords(weekdays: readonly number[]): string {
  const [first = 1] = weekdays
  const last = weekdays.at(-1) ?? first
  if (weekdays.length === 7) return 'every day'
  const isRun = weekdays.every((day, at) => day === first + at)
  if (weekdays.length > 2 && isRun) return `${DAYS[first] ?? ''} to ${DAYS[last] ?? ''}`
  return weekdays.map((day) => DAYS[day] ?? '').join(', ')
}
