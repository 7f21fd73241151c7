import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { MessageId } from '../../../core/ids'
import { PREFIX } from '../../../core/ids'
import { wishFocus } from '../../lib/focus-wish'
import { draftOf, draftsStore, type DraftKey } from './drafts-store'

/** From where an edit was begun, and where the focus goes when it is given up. */
export type EditOpener = 'message' | 'composer'

interface EditsState {
  /** The messages that are being edited; the text of each is its draft. */
  readonly edits: Readonly<Partial<Record<MessageId, EditOpener>>>
}

/** Edits in place of their messages. They stay open, with their text, while their user looks elsewhere. */
export const editsStore = createStore<EditsState>()(() => ({ edits: {} }))

/** What names the field of an edit, and the button that begins it, for the focus. */
export const fieldOf = (id: MessageId): string => `${id} field`
export const buttonOf = (id: MessageId): string => `${id} edit`

/** Begins with the message as it is, or goes on where an edit was left. */
export function openEdit(id: MessageId, text: string, from: EditOpener): void {
  if (editsStore.getState().edits[id] === undefined) draftsStore.getState().keep(id, text)
  wishFocus(fieldOf(id))
  editsStore.setState(({ edits }) => ({ edits: { ...edits, [id]: from } }))
}

/** Its text goes, sent or given up. From where it was begun, or null where nothing is being edited. */
export function closeEdit(id: MessageId): EditOpener | null {
  const from = editsStore.getState().edits[id] ?? null
  editsStore.setState(({ edits: { [id]: _gone, ...edits } }) => ({ edits }))
  draftsStore.getState().drop(id)
  return from
}

/** Whether a message is being edited. */
export function useIsEdited(id: MessageId): boolean {
  return useStore(editsStore, ({ edits }) => edits[id] !== undefined)
}

/** Whether an edit says anything else than its message. */
export function isChanged(id: MessageId, text: string): boolean {
  return draftOf(id) !== text
}

/** Whether a draft is one of an edit. */
export function isEdit(key: DraftKey): key is MessageId {
  return key.startsWith(`${PREFIX.message}_`)
}
