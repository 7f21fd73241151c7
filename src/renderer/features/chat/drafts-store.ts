import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { ConversationId, MessageId } from '../../../core/ids'
import type { DraftView } from '../../../shared/ipc/views'

/**
 * A conversation's place for a draft; one that has not begun has one too, and a private one another. A message that is being
 * edited is a place of its own.
 */
export type DraftKey = ConversationId | 'new' | 'private' | MessageId

/** Where the draft of a conversation is; one that has not begun has no id yet. */
export function draftKeyOf(conversationId: ConversationId | null, isPrivate: boolean): DraftKey {
  return conversationId ?? (isPrivate ? 'private' : 'new')
}

export interface DraftsState {
  readonly drafts: Readonly<Partial<Record<DraftKey, string>>>
  /** What is sent once the answer that runs has ended well: one message for each conversation. */
  readonly queued: Readonly<Partial<Record<DraftKey, string>>>
  keep(key: DraftKey, text: string): void
  /** Nothing is written in this place any more. */
  drop(key: DraftKey): void
  /** What was kept before this window; what stands in it already is newer. */
  restore(kept: readonly DraftView[]): void
  /** The draft waits for the answer that runs; nothing happens while another one does. */
  queue(key: DraftKey): void
  /** What waits stands before the draft again. */
  takeBack(key: DraftKey): void
  unqueue(key: DraftKey): void
  /** Takes what was sent out of the draft. A first message makes its conversation: what was typed since goes along. */
  sent(key: DraftKey, to: DraftKey, text: string): void
}

/** What is typed and not yet sent, so that it is still there after a look elsewhere. */
export const draftsStore = createStore<DraftsState>()((set) => ({
  drafts: {},
  queued: {},
  keep: (key, text) => set(({ drafts }) => ({ drafts: { ...drafts, [key]: text } })),
  drop: (key) => set(({ drafts: { [key]: _gone, ...drafts } }) => ({ drafts })),
  restore: (kept) =>
    set(({ drafts }) => ({
      drafts: {
        ...Object.fromEntries(kept.map(({ conversationId, text }) => [draftKeyOf(conversationId, false), text])),
        ...drafts,
      },
    })),
  queue: (key) =>
    set(({ drafts, queued }) => {
      const text = drafts[key] ?? ''
      if (queued[key] !== undefined || !/\S/.test(text)) return {}
      return { drafts: { ...drafts, [key]: '' }, queued: { ...queued, [key]: text } }
    }),
  takeBack: (key) =>
    set(({ drafts, queued: { [key]: text, ...queued } }) =>
      text === undefined ? {} : { drafts: { ...drafts, [key]: withDraft(text, drafts[key]) }, queued },
    ),
  unqueue: (key) => set(({ queued: { [key]: _gone, ...queued } }) => ({ queued })),
  sent: (key, to, text) =>
    set(({ drafts }) => ({ drafts: { ...drafts, [key]: '', [to]: afterSending(drafts[key] ?? '', text) } })),
}))

/** The text that waits to be sent. */
export function draftOf(key: DraftKey): string {
  return draftsStore.getState().drafts[key] ?? ''
}

/** All that is written in a conversation and not sent, as it would stand in the field. */
export function writtenIn({ drafts, queued }: Pick<DraftsState, 'drafts' | 'queued'>, key: DraftKey): string {
  const text = queued[key]
  return text === undefined ? (drafts[key] ?? '') : withDraft(text, drafts[key])
}

function withDraft(text: string, draft = ''): string {
  return /\S/.test(draft) ? `${text}\n\n${draft}` : text
}

/** What waits for the answer that runs; null while nothing does. */
export function useQueued(key: DraftKey): string | null {
  return useStore(draftsStore, ({ queued }) => queued[key] ?? null)
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
