import { formatDecimal, parseDecimal, scaleToInteger } from './decimal'
import type { ProviderId } from './provider'

/** What a provider says a key may spend. Decimal strings in US dollars, every digit of them. */
export interface KeyLimit {
  /** Null for no limit. */
  readonly limitUsd: string | null
  /** Of the limit; below zero where it was passed. Null for no limit. */
  readonly remainingUsd: string | null
  readonly usedUsd: string
}

/** $10,000,000. No key of one person may spend that. */
const MOST = 10_000_000n

/** An amount as a provider has written it; null for what is none, or beyond belief. */
export function keyAmount(written: string): string | null {
  try {
    const decimal = parseDecimal(written)
    const dollars = scaleToInteger(decimal, 0)
    return dollars <= MOST && dollars >= -MOST ? formatDecimal(decimal) : null
  } catch {
    return null
  }
}

/** Whether a provider tells a key what it may spend (OpenRouter: GET /key). */
export function tellsKeyLimit(provider: ProviderId): boolean {
  return provider === 'openrouter'
}

/** After how many months a reminder to replace a key can be set. */
export const REMIND_MONTHS = [3, 6, 12] as const
export type RemindMonths = (typeof REMIND_MONTHS)[number]
