import { PROVIDERS, type ProviderId } from '../../core/provider'
import type { StreamPart } from '../../core/stream-part'
import { isLoopback } from '../egress/egress'

/** A data-residency host of OpenAI or xAI is dearer by a factor the price rows name (their price pages). */
const REGIONAL = 'geo_us'
/** No price row knows it, so the call is unpriced: what somebody else's server charges is not the provider's price. */
const FOREIGN = 'other_host'

/** What the host of a connection does to the provider's list price; null for nothing. */
export function hostModifier(provider: ProviderId, baseUrl: string): string | null {
  const own = PROVIDERS[provider].baseUrl
  const { hostname } = new URL(baseUrl)
  if (own === null || hostname === new URL(own).hostname || isLoopback(hostname)) return null
  return hostname.endsWith(`.${new URL(own).hostname}`) ? REGIONAL : FOREIGN
}

/** A usage report with what its host does to the price; every other part as it is. */
export function pricedByHost(part: StreamPart, modifier: string | null): StreamPart {
  if (part.type !== 'usage' || modifier === null) return part
  const lines = part.usage.lines.map((line) => ({
    ...line,
    modifiers: [...new Set([...line.modifiers, modifier])],
  }))
  return { ...part, usage: { ...part.usage, lines } }
}
