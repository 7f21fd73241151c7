import { PROVIDERS, type ProviderId } from '../../core/provider'
import { isLoopback } from '../egress/egress'

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
