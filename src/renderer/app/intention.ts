import { chatStore, type Attempt, type Refusal } from '../features/chat/chat-store'
import { draftKeyOf, draftOf, type DraftKey } from '../features/chat/drafts-store'
import type { Place } from './navigation-store'

/** What the window shows and means at a moment. */
export interface Meant {
  readonly place: Place
  /** What was refused last, and not dismissed since. */
  readonly refusal: Refusal | null
  /** What stands in the field of that conversation. */
  readonly draft: string
}

/** What was refused because keys are locked or because of a key in its history; it ends when its page is left. */
export function isPassing({ error }: Refusal): boolean {
  return error.code === 'key_locked' || error.code === 'key_in_history'
}

/** The text that has to stand in the field for an attempt to be what its user means. */
export function draftMeant({ attempt }: { readonly attempt?: Attempt }): string | null {
  if (attempt === undefined) return null
  return attempt.kind === 'send' ? (attempt.draft ?? attempt.message.text) : attempt.draft
}

/**
 * Whether what was refused is still what its user sees and means: the same refusal, on the page that is shown, of a text
 * nobody has changed. Giving a passphrase takes a while, and whoever has gone elsewhere meanwhile sends nothing.
 */
export function isStillMeant(refused: Refusal, { place, refusal, draft }: Meant): boolean {
  if (refused !== refusal || place.name !== 'conversation') return false
  const shown = draftKeyOf(place.conversationId, place.isPrivate === true)
  const { attempt } = refused
  // An edit is on the page of its conversation.
  const edit = attempt?.kind === 'send' && attempt.message.editOf === refused.key ? attempt.message : null
  return (edit?.conversationId ?? refused.key) === shown && draftMeant(refused) === draft
}

/** How things are now. */
export function meantNow(key: DraftKey, place: Place): Meant {
  return { place, refusal: chatStore.getState().refusal, draft: draftOf(key) }
}

/** Lets go of what was refused on a page that is left. */
export function leaveIntention(key: DraftKey): void {
  const { refusal, dismissRefusal } = chatStore.getState()
  if (refusal !== null && refusal.key === key && isPassing(refusal)) dismissRefusal()
}

/** What was refused of a message on its way to one model says nothing of another. */
export function isOfDestination(refusal: Refusal | null): boolean {
  return refusal !== null && (refusal.error.budget !== undefined || isPassing(refusal))
}
