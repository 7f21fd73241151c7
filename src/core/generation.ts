import { formatDecimal, parseDecimal, scaleToInteger } from './decimal'
import { PICO_PLACES, type Pico } from './money'
import { statedLines, type PricedLine } from './pricing'

/** What OpenRouter says afterwards that a call has cost (GET /generation). Decimal strings in USD. */
export interface Generation {
  readonly totalUsd: string
  /** What the provider behind it bills to a key of the user's own there; null where there is no such key. */
  readonly upstreamUsd: string | null
}

/** $100. No answer costs that, so whoever says so is not believed. */
const MOST: Pico = 100n * 10n ** BigInt(PICO_PLACES)

/** An amount of a single answer, every digit of it; null for one below nothing or beyond belief. */
export function believable(usd: string): string | null {
  try {
    const decimal = parseDecimal(usd)
    const sound = decimal.digits >= 0n && scaleToInteger(decimal, PICO_PLACES) <= MOST
    return sound ? formatDecimal(decimal) : null
  } catch {
    return null
  }
}

/** The lines that carry the money of a call from now on. */
export function generationLines({ totalUsd, upstreamUsd }: Generation, model: string): PricedLine[] {
  const upstream = upstreamUsd === null ? [] : [{ kind: 'upstream', usd: upstreamUsd } as const]
  return statedLines([{ kind: 'total', usd: totalUsd }, ...upstream], [], model)
}
