import { parseDecimal, scaleToInteger } from '../../core/decimal'
import { formatExact, PICO_PLACES } from '../../core/money'

// What a line of a call says of itself, wherever it is shown.

interface LineKind {
  readonly bucket: string
  readonly role: string
}

interface LinePrice {
  readonly bucket: string
  /** USD per million tokens, or per unit of a fee; null where none counts. */
  readonly unitPrice: string | null
  readonly multiplier: string
}

const BUCKETS: Readonly<Record<string, string>> = {
  in_uncached: 'Input',
  in_cache_read: 'Input, read from cache',
  in_cache_write_5m: 'Input, written to cache for 5 minutes',
  in_cache_write_30m: 'Input, written to cache for 30 minutes',
  in_cache_write_1h: 'Input, written to cache for 1 hour',
  in_cache_write_12h: 'Input, written to cache for 12 hours',
  in_tool_use: 'Input from tools',
  in_audio: 'Input, audio',
  in_image: 'Input, images',
  out: 'Output',
  out_audio: 'Output, audio',
  out_image: 'Output, images',
  'fee:web_search': 'Web searches',
  'fee:file_search': 'File searches',
  'fee:grounding_query': 'Grounding queries',
  provider_cost: 'Stated amount',
}

const ROLES: Readonly<Record<string, string>> = {
  main: '',
  compaction: 'compaction',
  advisor: 'advisor',
  fallback: 'fallback',
  image_gen: 'image model',
  upstream: 'billed by the provider behind it',
}

/** What a line counts: `Input, read from cache`; whose it is, where it is not the answer's own. */
export function kindWords({ bucket, role }: LineKind): string {
  const kind = BUCKETS[bucket] ?? 'Other charges'
  // A role of a newer version has no words yet.
  const whose = ROLES[role] ?? role
  return whose === '' ? kind : `${kind} (${whose})`
}

/** `$2.00 per M`, `$0.01 each`, `$2.00 per M × 1.1`; empty where no unit price counts. */
export function unitPriceWords({ bucket, unitPrice, multiplier }: LinePrice): string {
  if (unitPrice === null || bucket === 'provider_cost') return ''
  const price = formatExact(scaleToInteger(parseDecimal(unitPrice), PICO_PLACES))
  const each = bucket.startsWith('fee:') ? `${price} each` : `${price} per M`
  return multiplier === '1' ? each : `${each} × ${multiplier}`
}
