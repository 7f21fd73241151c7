import type { ProviderId } from '../../../core/provider'
import { KEY_PREFIXES } from '../../../core/secret-guard'

/** Whose key this looks like, by how it begins; null when that tells nothing. Good for a hint, never for a refusal. */
export function guessProvider(key: string): ProviderId | null {
  const text = key.trim()
  return KEY_PREFIXES.find(([prefix]) => text.startsWith(prefix))?.[1] ?? null
}
