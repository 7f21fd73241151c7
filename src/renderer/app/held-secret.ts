import { findSecrets, joined, type SecretRange } from '../../core/secret-guard'
import type { KeyConsent, Refusal } from '../features/chat/chat-store'

/** A message that is held because something in it looks like a key, or is one. */
export interface HeldSecret {
  readonly text: string
  readonly ranges: readonly SecretRange[]
}

/** What of a refusal was a key in a message; null when it was something else. */
export function heldSecretOf({ error, attempt }: Refusal): HeldSecret | null {
  if (error.code !== 'key_misplaced' || attempt?.kind !== 'send') return null
  const { text } = attempt.message
  // The main process knows the keys that are stored, the page what keys look like: what is taken out, both have seen.
  return { text, ranges: joined([...(error.ranges ?? []), ...findSecrets(text)]) }
}

/** What sending it all the same says of keys: yes to what was asked, and what was said before. */
export function consentTo(refusal: Refusal): KeyConsent {
  const { attempt, error } = refusal
  const earlierKeys = error.code === 'key_in_history' ? 'send' : attempt?.earlierKeys
  return {
    ...(earlierKeys === undefined ? {} : { earlierKeys }),
    ...(error.code === 'loop_limit' || attempt?.allowLoop === true ? { allowLoop: true as const } : {}),
    ...(heldSecretOf(refusal) !== null || attempt?.seen === true ? { seen: true as const } : {}),
  }
}
