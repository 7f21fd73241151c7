import type { Capability } from '../../../core/model'
import type { ModelEstimateView } from '../../../shared/ipc/views'
import { aboutWords, shortRangeWords } from '../../lib/estimate-words'
import { formatCounted } from '../../lib/format'

/** What a model can do beside text, by the word people look for. */
export const CAPABILITY_WORDS: Readonly<Record<Capability, string>> = {
  image: 'Images',
  pdf: 'PDF',
  audio: 'Audio',
  video: 'Video',
  tools: 'Tools',
  reasoning: 'Thinking',
  web_search: 'Web search',
}

/** The name without the maker some lists put before it: `Anthropic: Claude Opus` is `Claude Opus`. */
export function shortName(name: string): string {
  return name.replace(/^[^:]{1,40}:\s+/, '')
}

/** How much a model can read, in round numbers: `200K`, `1M`. */
export function contextWords(tokens: number): string {
  if (tokens < 1000) return String(tokens)
  const thousands = Math.round(tokens / 1000)
  if (thousands < 1000) return `${thousands}K`
  return `${Math.round(tokens / 100_000) / 10}M`
}

/** What sending would cost on a model, beside its price: `about $0.004–0.02`; empty where nobody knows. */
export function estimateWords({ low, high, fits }: Pick<ModelEstimateView, 'low' | 'high' | 'fits'>): string {
  if (!fits) return 'does not fit'
  return low === null || high === null ? '' : shortRangeWords(low, high)
}

/** A conversation in a provider's cache. */
export interface CachedFor {
  /** The key of the option it is cached for. */
  readonly option: string
  /** What people call that model. */
  readonly name: string
  readonly tokens: number
}

/**
 * What of that is read anew because it lies in another model's cache: `Re-reads 48,000 tokens that are cached for
 * Sonnet 5.5: about $0.24 of this.` Null where nothing is to be said.
 */
export function cachedWords(
  option: string,
  estimate: Pick<ModelEstimateView, 'rereadTokens' | 'reread'> | undefined,
  cached: CachedFor,
): string | null {
  if (option === cached.option) return `${formatCounted(cached.tokens, 'token', 'tokens')} of this are in its cache.`
  if (estimate === undefined || estimate.rereadTokens === 0) return null
  const cost = estimate.reread === null ? '' : `: ${aboutWords(estimate.reread)} of this`
  return `Re-reads ${formatCounted(estimate.rereadTokens, 'token', 'tokens')} that are cached for ${cached.name}${cost}.`
}
