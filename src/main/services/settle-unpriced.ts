import type { PriceBook } from '../../core/price-book'
import { priceUsage, type PricedLine } from '../../core/pricing'
import { BUCKETS, CONTRADICTIONS, type Bucket, type UsageLine, type UsageReport } from '../../core/usage'
import type { CallRow } from '../storage/calls'
import type { Correction, OpenLine } from '../storage/ledger'

/**
 * What unpriced lines of one call come to now that `book` knows a price. A line that still has none stays open. What was
 * an estimate or in doubt when it was booked stays a range: settling it adds a price and no certainty.
 */
export function settlingLines(
  call: CallRow,
  usage: UsageReport | null,
  open: readonly OpenLine[],
  book: PriceBook,
): Correction[] {
  const doubtful = call.flags.some((flag) => CONTRADICTIONS.includes(flag))
  return open.flatMap((line) => {
    const hop = hopOf(line, usage)
    const used = tokensWith(line, hop, open)
    const known = priced(call, line, hop, used, book)
    // No units are not nothing: they stand for what nobody has counted.
    if (line.units === 0 || known === undefined || known.pico === null) return []
    const most = mostTokens(call, hop, used)
    const bound = most === used && !doubtful ? known.picoUpper : upperOf(priced(call, line, hop, most, book))
    return [{ corrects: line.seq, reason: 'price_override', line: { ...known, picoUpper: bound } }]
  })
}

function upperOf(line: PricedLine | undefined): bigint | null {
  return line?.picoUpper ?? line?.pico ?? null
}

type Tokens = UsageLine['tokens']

/** Everything this piece of work used, since the whole of it decides the tier: reported, or estimated and still open. */
function tokensWith(
  { role, model, bucket, units }: OpenLine,
  hop: UsageLine | undefined,
  open: readonly OpenLine[],
): Tokens {
  const estimated = open.flatMap((other) =>
    other.role === role && other.model === model && isBucket(other.bucket)
      ? [[other.bucket, other.units] as const]
      : [],
  )
  return { ...Object.fromEntries(estimated), ...hop?.tokens, ...(isBucket(bucket) ? { [bucket]: units } : {}) }
}

/** The most it may have been; the very same tokens where nothing was estimated. */
function mostTokens(call: CallRow, hop: UsageLine | undefined, used: Tokens): Tokens {
  const prompt = hop?.tokens.in_uncached === undefined
  const cut = call.state !== 'done' || hop?.tokens.out === undefined
  if (!prompt && !cut) return used
  return {
    ...used,
    ...(prompt ? { in_uncached: Math.max(used.in_uncached ?? 0, call.promptTokensMost) } : {}),
    ...(cut ? { out: Math.max(used.out ?? 0, call.maxOutputTokens) } : {}),
  }
}

/** The reported piece of work a line came from; of several of one kind the one with exactly these units. */
function hopOf({ role, model, bucket, units }: OpenLine, usage: UsageReport | null): UsageLine | undefined {
  const alike = usage?.lines.filter((hop) => hop.role === role && hop.model === model) ?? []
  return alike.find((hop) => isBucket(bucket) && hop.tokens[bucket] === units) ?? alike[0]
}

function priced(call: CallRow, line: OpenLine, hop: UsageLine | undefined, tokens: Tokens, book: PriceBook) {
  const { role, model, bucket, units } = line
  // What a provider behind a router bills has no price of ours.
  if (role === 'upstream') return undefined
  const host = call.hostModifier === null ? [] : [call.hostModifier]
  const usage: UsageLine = {
    role,
    model,
    tokens,
    reasoningTokens: null,
    fees: bucket.startsWith('fee:') ? [{ kind: bucket.slice('fee:'.length), units }] : [],
    modifiers: [...new Set([...(hop?.modifiers ?? []), ...host])],
    maybeFree: hop?.maybeFree ?? true,
  }
  return priceUsage([usage], book, call.provider, call.startedMs).find((each) => each.bucket === bucket)
}

function isBucket(bucket: OpenLine['bucket']): bucket is Bucket {
  return BUCKETS.some((known) => known === bucket)
}
