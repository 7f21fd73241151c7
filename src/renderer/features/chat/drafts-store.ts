import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { ConversationId } from '../../../core/ids'
import type { DraftView } from '../../../shared/ipc/views'

/** A conversation's place for a draft; one that has not begun has one too, and a private one another. */
export type DraftKey = ConversationId | 'new' | 'private'

/** Where the draft of a conversation is; one that has not begun has no id yet. */
export function draftKeyOf(conversationId: ConversationId | null, isPrivate: boolean): DraftKey {
  return conversationId ?? (isPrivate ? 'private' : 'new')
}

interface DraftsState {
  readonly drafts: Readonly<Partial<Record<DraftKey, string>>>
  keep(key: DraftKey, text: string): void
  /** What was kept before this window; what stands in it already is newer. */
  restore(kept: readonly DraftView[]): void
  /** Takes what was sent out of the draft. A first message makes its conversation: what was typed since goes along. */
  sent(key: DraftKey, to: DraftKey, text: string): void
}

/** What is typed and not yet sent, so that it is still there after a look elsewhere. */
export const draftsStore = createStore<DraftsState>()((set) => ({
  drafts: {},
  keep: (key, text) => set(({ drafts }) => ({ drafts: { ...drafts, [key]: text } })),
  restore: (kept) =>
    set(({ drafts }) => ({
      drafts: {
        ...Object.fromEntries(kept.map(({ conversationId, text }) => [draftKeyOf(conversationId, false), text])),
        ...drafts,
      },
    })),
  sent: (key, to, text) =>
    set(({ drafts }) => ({ drafts: { ...drafts, [key]: '', [to]: afterSending(drafts[key] ?? '', text) } })),
}))

/** The text that waits to be sent. */
export function draftOf(key: DraftKey): string {
  return draftsStore.getState().drafts[key] ?? ''
}

/** Whether there is something to send; a keystroke that changes nothing about that redraws nothing. */
export function useHasDraft(key: DraftKey): boolean {
  return useStore(draftsStore, ({ drafts }) => /\S/.test(drafts[key] ?? ''))
}

/** Whether the draft is still exactly this; of null it is always true. */
export function useDraftIs(key: DraftKey, text: string | null): boolean {
  return useStore(draftsStore, ({ drafts }) => text === null || (drafts[key] ?? '') === text)
}

/** What is left of a draft once `sent` is on its way: whatever was typed in the meantime. */
export function afterSending(draft: string, sent: string): string {
  return draft.startsWith(sent) ? draft.slice(sent.length).trimStart() : draft
}
