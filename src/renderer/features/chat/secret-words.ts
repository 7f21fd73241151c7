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

/** What was seen in the messages that go along with one. */
export function earlierKeyTitle(connection: string): string {
  return `An earlier message holds an API key that was not sent to ${connection} before.`
}

/** What would become of that, and what redacting does. */
export const EARLIER_KEY_ADVICE =
  'Earlier messages go along with each new one. Redacted, the key stays in this conversation but does not leave.'
