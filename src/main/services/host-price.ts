import { formatDecimal, multiply, parseDecimal } from '../../core/decimal'
import type { PriceRow, Rates } from '../../core/price-book'
import { factorFor } from '../../core/pricing'
import { PROVIDERS, type ProviderId } from '../../core/provider'
import { isLoopback } from '../egress/egress'
import type { Connection } from '../storage/connections'

/** A data-residency host of OpenAI or xAI is dearer by a factor the price rows name (their price pages). */
export const REGIONAL = 'geo_us'
/** No price row knows it, so the call is unpriced: what somebody else's server charges is not the provider's price. */
export const FOREIGN = 'other_host'

/** What the host of a connection does to the provider's list price; null for nothing. */
export function hostModifier(provider: ProviderId, baseUrl: string): string | null {
  const own = PROVIDERS[provider].baseUrl
  const { hostname } = new URL(baseUrl)
  if (own === null || hostname === new URL(own).hostname || isLoopback(hostname)) return null
  return hostname.endsWith(`.${new URL(own).hostname}`) ? REGIONAL : FOREIGN
}

/** What a row of the book comes to at the host of a connection; null where it says nothing about that host. */
export function priceAtHost(
  row: PriceRow,
  { provider, baseUrl }: Pick<Connection, 'provider' | 'baseUrl'>,
): PriceRow | null {
  const modifier = hostModifier(provider, baseUrl)
  if (modifier === null) return row
  const factor = factorFor(row, [modifier])
  if (factor === undefined) return null
  const dearer = (rates: Rates): Rates =>
    Object.fromEntries(
      Object.entries(rates).map(([kind, rate]) => [kind, formatDecimal(multiply(parseDecimal(rate), factor))]),
    )
  // It is in the rates now, and would be taken twice by who reads both.
  const { [modifier]: _, ...multipliers } = row.multipliers
  return {
    ...row,
    multipliers,
    rates: dearer(row.rates),
    tiers: row.tiers.map((tier) => ({ ...tier, rates: dearer(tier.rates) })),
    peaks: row.peaks.map((peak) => ({ ...peak, rates: dearer(peak.rates) })),
  }
}
