import type { ProviderId } from '../../../core/provider'

/** How keys begin, the longer beginning before the shorter. */
const PREFIXES: readonly (readonly [string, ProviderId])[] = [
  ['sk-ant-', 'anthropic'],
  ['sk-or-', 'openrouter'],
  ['sk-proj-', 'openai'],
  ['sk-svcacct-', 'openai'],
  ['AIza', 'google'],
  ['AQ.', 'google'],
  ['gsk_', 'groq'],
  ['xai-', 'xai'],
]

/** Whose key this looks like, by how it begins; null when that tells nothing. Good for a hint, never for a refusal. */
export function guessProvider(key: string): ProviderId | null {
  const text = key.trim()
  return PREFIXES.find(([prefix]) => text.startsWith(prefix))?.[1] ?? null
}
