import { formatDecimal, parseDecimal } from '../../core/decimal'
import type { StatedCost, UsageFlag } from '../../core/usage'
import { isCount, isJson, type Json } from './reading'

// What some providers say a call has cost. Their word is the bill, so it goes before anything computed here.

/** xAI bills in ticks of 10^-10 USD (docs.x.ai, cost tracking). */
const TICK_PLACES = 10
/** $10,000: more is no price of one call, and the ledger takes no such line. */
const MOST_USD = 10_000

/** The amounts stated in a usage report of xAI, OpenRouter or Perplexity; none where it states none. */
export function statedCosts(usage: Json, flags: Set<UsageFlag>): StatedCost[] {
  const ticks = usage['cost_in_usd_ticks'] ?? undefined
  if (ticks !== undefined) {
    if (isCount(ticks, MOST_USD * 10 ** TICK_PLACES)) {
      return [{ kind: 'total', usd: formatDecimal({ digits: BigInt(ticks), scale: TICK_PLACES }) }]
    }
    flags.add('malformed_usage')
    return []
  }
  // Perplexity takes its total apart; nobody else sends an object.
  const cost = isJson(usage['cost']) ? usage['cost']['total_cost'] : usage['cost']
  if (cost === undefined || cost === null) return []
  const usd = usdOf(cost)
  if (usd === null) {
    flags.add('malformed_usage')
    return []
  }
  return usage['is_byok'] === true ? [{ kind: 'total', usd }, upstreamOf(usage, flags)] : [{ kind: 'total', usd }]
}

/** With a key of the user's own at the provider behind the router, `cost` is the router's fee and nothing more. */
function upstreamOf(usage: Json, flags: Set<UsageFlag>): StatedCost {
  const details = isJson(usage['cost_details']) ? usage['cost_details'] : {}
  const upstream = details['upstream_inference_cost'] ?? undefined
  if (upstream === undefined) return { kind: 'upstream', usd: null }
  const usd = usdOf(upstream)
  if (usd === null) flags.add('malformed_usage')
  return { kind: 'upstream', usd }
}

/** A JSON number as the shortest decimal that reads back as it: `1.13e-05` arrives here as 0.0000113. */
function usdOf(value: unknown): string | null {
  if (typeof value !== 'number' && typeof value !== 'string') return null
  try {
    const text = formatDecimal(parseDecimal(String(value)))
    return Number(text) >= 0 && Number(text) <= MOST_USD && !text.startsWith('-') ? text : null
  } catch {
    return null
  }
}
