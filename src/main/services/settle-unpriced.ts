import type { PriceBook } from '../../core/price-book'
import { priceUsage, type PricedLine } from '../../core/pricing'
import { BUCKETS, type Bucket, type UsageLine, type UsageReport } from '../../core/usage'
import type { CallRow } from '../storage/calls'
import type { Correction, OpenLine } from '../storage/ledger'

/**
 * What unpriced lines of one call come to now that `book` knows a price. A line that still has none stays open. What was
 * an estimate when it was booked keeps an upper bound.
 */
export function settlingLines(
  call: CallRow,
  usage: UsageReport | null,
  open: readonly OpenLine[],
  book: PriceBook,
): Correction[] {
  return open.flatMap((line) => {
    const hop = hopOf(line, usage)
    const at = (units: number): PricedLine | undefined => priced(call, line, hop, units, book)
    const known = at(line.units)
    // No units are not nothing: they stand for what nobody has counted.
    if (line.units === 0 || known === undefined || known.pico === null) return []
    const most = at(mostUnits(call, line, hop))
    const bound = most?.picoUpper ?? most?.pico ?? null
    const picoUpper = bound !== null && bound > known.pico ? bound : null
    return [{ corrects: line.seq, reason: 'price_override', line: { ...known, picoUpper } }]
  })
}

/** The reported piece of work a line came from; of several of one kind the one with exactly these units. */
function hopOf({ role, model, bucket, units }: OpenLine, usage: UsageReport | null): UsageLine | undefined {
  const alike = usage?.lines.filter((hop) => hop.role === role && hop.model === model) ?? []
  return alike.find((hop) => isBucket(bucket) && hop.tokens[bucket] === units) ?? alike[0]
}

function priced(call: CallRow, line: OpenLine, hop: UsageLine | undefined, units: number, book: PriceBook) {
  const { role, model, bucket } = line
  // What a provider behind a router bills has no price of ours.
  if (role === 'upstream') return undefined
  const host = call.hostModifier === null ? [] : [call.hostModifier]
  const kind = bucket.startsWith('fee:') ? bucket.slice('fee:'.length) : null
  const usage: UsageLine = {
    role,
    model,
    // The other buckets decide the tier.
    tokens: { ...hop?.tokens, ...(isBucket(bucket) ? { [bucket]: units } : {}) },
    reasoningTokens: null,
    fees: kind === null ? [] : [{ kind, units }],
    modifiers: [...new Set([...(hop?.modifiers ?? []), ...host])],
    maybeFree: hop?.maybeFree ?? true,
  }
  return priceUsage([usage], book, call.provider, call.startedMs).find((each) => each.bucket === bucket)
}

/** How many units it may have been: more than were booked where they were estimated. */
function mostUnits(call: CallRow, { bucket, units }: OpenLine, hop: UsageLine | undefined): number {
  if (bucket === 'in_uncached' && hop?.tokens.in_uncached === undefined) return Math.max(units, call.promptTokensMost)
  const cut = call.state !== 'done' || hop?.tokens.out === undefined
  return bucket === 'out' && cut ? Math.max(units, call.maxOutputTokens) : units
}

function isBucket(bucket: OpenLine['bucket']): bucket is Bucket {
  return BUCKETS.some((known) => known === bucket)
}
