import { cacheControlOf, type CacheChoice } from '../../../core/caching'
import type { ProviderId } from '../../../core/provider'
import { providerName } from '../../lib/providers'

/** The choices as they are called. */
export const CACHING_LABELS: Readonly<Record<CacheChoice, string>> = { off: 'Off', '5m': '5 minutes', '1h': '1 hour' }

/** What the choice does with a provider, and what it costs. Null while it is not known where messages go. */
export function cachingNote(provider: ProviderId | null): string {
  if (provider === null) return 'What is cached costs a fraction to read again.'
  // OpenAI's newer models charge for writing and take "off"; prices that tell them apart are not known here.
  if (provider === 'openai') {
    return 'OpenAI decides for how long. Off holds for models that charge for writing; others cache all the same, for free.'
  }
  switch (cacheControlOf(provider, null)) {
    case 'lifetime':
      return 'Writing costs 1.25 times the input price for 5 minutes and twice for 1 hour; reading a tenth. An hour pays from the second reuse.'
    case 'switch':
    case 'provider':
      return `${providerName(provider)} caches by its own rules: it cannot be switched off here.`
    case 'none':
      return 'This model runs on this computer: there is nothing to save.'
  }
}
