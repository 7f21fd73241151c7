import { findSecrets, type SecretRange } from '../../../core/secret-guard'

/** What was seen in a message that is not to leave unnoticed. */
export function secretTitle(text: string, ranges: readonly SecretRange[]): string {
  if (ranges.length > 1) return 'These look like API keys.'
  // What has no shape was recognised by the vault, word for word.
  if (findSecrets(text).length === 0) return 'This is a key you have stored in Latchkey.'
  const [{ start, end } = { start: 0, end: 0 }] = ranges
  return text.slice(start, end).startsWith('-----BEGIN')
    ? 'This looks like a private key.'
    : 'This looks like an API key.'
}

/** What would become of it. */
export const SECRET_ADVICE = 'A message goes to the provider, and it is kept unencrypted in its conversation.'
